import type { Rule } from '@kequn/rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRule, catalogue, fields, fillings, filledIn } from '../rule-editor/arbitrary-rules.ts';
import { formsOf, withForm, writeOnField } from '../rule-editor/on-field.ts';
import { formulaDraftOf, toCode, toParts, writeFormula } from './formula-draft.ts';

const v = (key: string): Rule => ({ var: key });

describe('a formula that is opened', () => {
  it.each<[string, Rule]>([
    ['a field', v('amount')],
    ['a quotient', { '/': [v('amount'), v('orders')] }],
    ['a sum of several', { '+': [v('amount'), v('orders'), 5] }],
    ['a joined text', { cat: [v('name'), ' ', v('nickname')] }],
    ['the length of a text', { length: [v('name')] }],
    ['a choice', { if: [{ '>=': [v('amount'), 100] }, v('name'), v('nickname')] }],
    ['a choice with a result in one case', { if: [{ '==': [v('city'), 'bj'] }, 1] }],
  ])('is put together by choosing where it is %s', (_, formula) => {
    const draft = formulaDraftOf(formula, catalogue);
    expect([draft.kind, writeFormula(draft)]).toEqual(['parts', { formula }]);
  });

  it.each<[string, Rule]>([
    ['nested', { round: [{ '/': [v('amount'), v('orders')] }] }],
    ['about events', { count: [v('events.order')] }],
    ['of another shape', { length: v('name') }],
    ['a value alone', 5],
    ['of a field that is none', v('gone')],
    ['a condition', { '>': [v('amount'), 5] }],
  ])('is kept as code where it is %s', (_, formula) => {
    const draft = formulaDraftOf(formula, catalogue);
    expect([draft.kind, writeFormula(draft), toParts(draft, catalogue)]).toEqual(['code', { formula }, undefined]);
  });
});

/** What can be put together by choosing, and whatever else a rule can say. */
const anyFormula = fc.oneof(
  anyRule,
  fc
    .constantFrom(...fields)
    .chain((field) => fc.constantFrom(...formsOf(field)).map((form) => ({ field, form })))
    .chain(({ field: { key }, form }) =>
      fillings.map((filling) => writeOnField(filledIn(withForm({ kind: 'field', key }, form, catalogue), filling))),
    ),
);

it('no formula is lost or becomes another one by being opened, or turned to code', () => {
  fc.assert(
    fc.property(anyFormula, (formula) => {
      const draft = formulaDraftOf(formula, catalogue);
      expect([writeFormula(draft), writeFormula(toCode(draft))]).toEqual([{ formula }, { formula }]);
    }),
  );
});

describe('a formula under edit', () => {
  const quotient = formulaDraftOf({ '/': [v('amount'), v('orders')] }, catalogue);

  it('is the same as code and back', () => {
    expect(toParts(toCode(quotient), catalogue)).toEqual(quotient);
  });

  it('is none while a part is missing', () => {
    const others = [{ kind: 'given', value: null }] as const;
    const half = { kind: 'parts', subject: { kind: 'combined', key: 'amount', sign: '+', others } } as const;
    expect([writeFormula(half), toCode(half)]).toEqual([{ missing: 'numbers' }, { kind: 'code', code: '' }]);
  });

  it('is none while its code cannot be read', () => {
    const half = { kind: 'code', code: '{"+": [' } as const;
    expect([writeFormula(half), toParts(half, catalogue)]).toEqual([{ missing: 'readable' }, undefined]);
  });

  it('is empty where nothing is written', () => {
    expect(writeFormula({ kind: 'code', code: ' \n' })).toEqual({ formula: null });
  });
});
