import { describe, expect, it } from 'vitest';
import { toCatalogueField, type CatalogueField } from '../fields/catalogue.ts';
import { fieldAnswer } from '../testing/mount-page.ts';
import { reviewRows, toggled, usuallyTaken, type Review } from './review-draft.ts';

const field = (key: string, parts: object = {}) =>
  toCatalogueField(fieldAnswer(key, 'TEXT', key, parts as never) as never);
const byKey = new Map<string, CatalogueField>(
  [field('name'), field('phone'), field('level', { access: 'READ' }), field('note')].map((each) => [each.key, each]),
);
const review = {
  id: 'r1',
  formId: 'f1',
  formName: 'Form',
  formVersion: 1,
  at: '2026-01-01T00:00:00.000Z',
  values: { name: 'Ann', phone: '1', level: 'gold', note: null },
  matches: [
    { id: 'c1', version: 2, values: { name: 'An', phone: '1', level: null } },
    { id: 'c2', version: 1, values: { phone: '1', level: 'gold' } },
  ],
} as Review;

describe('an answer beside the customers whom it may be of', () => {
  const rows = reviewRows(review, byKey);

  it('tells each question that was answered, with what each of them has', () => {
    expect(rows.map((row) => [row.field.key, row.answer])).toEqual([
      ['name', 'Ann'],
      ['phone', '1'],
      ['level', 'gold'],
    ]);
    expect(rows[0]!.theirs).toEqual([
      { customerId: 'c1', value: 'An', isSame: false, isRestricted: false },
      { customerId: 'c2', value: null, isSame: false, isRestricted: true },
    ]);
    expect(rows[1]!.theirs.map(({ isSame }) => isSame)).toEqual([true, true]);
  });

  it('takes all that may be written, until something else is chosen', () => {
    const taken = usuallyTaken(rows);
    expect([...taken]).toEqual(['name', 'phone']);
    expect([...toggled(taken, 'name')]).toEqual(['phone']);
    expect([...toggled(toggled(taken, 'name'), 'name')]).toEqual(['phone', 'name']);
  });
});
