import type { FormLayout } from '@kequn/rules';
import { describe, expect, it } from 'vitest';
import { toCatalogueField, type CatalogueField } from '../fields/catalogue.ts';
import { en } from '../i18n/en.ts';
import { fieldAnswer } from '../testing/mount-page.ts';
import { answerColumns, askedFields, fieldKeyOf } from './answer-columns.ts';
import { barsOf } from './chart-bars.ts';

const field = (key: string, type = 'TEXT', parts: object = {}) =>
  toCatalogueField(fieldAnswer(key, type, key, parts as never) as never);
const all = [field('name'), field('age', 'NUMBER'), field('gone', 'TEXT', { archived: true }), field('at')];
const byKey = new Map<string, CatalogueField>(all.map((each) => [each.key, each]));
const layout: FormLayout = {
  pages: [{ sections: [{ columns: [{ items: [{ field: 'name' }, { field: 'gone' }] }] }] }],
};

describe('the columns of a list of answers', () => {
  it('are the questions of the form in its order, and then what earlier versions asked', () => {
    const asked = askedFields(layout, [{ values: { age: 1, name: 'An' } }, { values: { secret: 1, at: 2 } }], byKey);
    expect(asked.map(({ key }) => key)).toEqual(['name', 'age', 'at']);
  });

  it('are told apart from what every answer has, whatever a field is called', () => {
    const columns = answerColumns(all, 'en', en);
    expect(new Set(columns.map(({ key }) => key)).size).toBe(columns.length);
    expect(columns.map((column) => fieldKeyOf(column))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      'name',
      'age',
      'gone',
      'at',
    ]);
  });
});

describe('the bars of a question', () => {
  it('are as long as they are frequent, and told as a part of who answered', () => {
    const counts = [
      { value: 'a', count: 6 },
      { value: 'b', count: 3 },
    ];
    expect(barsOf(counts, { field: { type: 'SELECT' }, filled: 12 })).toEqual([
      { value: 'a', count: 6, width: 100, share: 0.5 },
      { value: 'b', count: 3, width: 50, share: 0.25 },
    ]);
    expect(barsOf(counts, { field: { type: 'SELECT' }, filled: null })[0]!.share).toBe(null);
  });

  it('of ratings stand in their order', () => {
    const counts = [5, 1, 3].map((value) => ({ value, count: value }));
    expect(barsOf(counts, { field: { type: 'RATING' }, filled: 9 }).map(({ value }) => value)).toEqual([1, 3, 5]);
  });
});
