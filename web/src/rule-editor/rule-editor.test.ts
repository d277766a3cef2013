import { checkRule, type Json, type Rule } from '@kequn/rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyLine, anyRule, catalogue, ofForms, ofLists, onViewer } from './arbitrary-rules.ts';
import { emptyDraft, itemsWithin, type Line } from './draft.ts';
import { addGroup, addLine, setOperator, setValues } from './edits.ts';
import { fromRule } from './from-rule.ts';
import { lineState } from './line-state.ts';
import { toRule, writeLine } from './to-rule.ts';

function counter(): () => string {
  let last = 0;
  return () => `i${(last += 1)}`;
}

function isReady(line: Line): boolean {
  return lineState(line, catalogue).kind === 'ready';
}

function redraw(rule: Rule): Rule | null {
  return toRule(fromRule(rule, catalogue, counter()), isReady).rule;
}

const isPaid: Rule = { '==': [{ var: 'paid' }, true] };
const isVip: Rule = { '==': [{ var: 'vip' }, true] };
const twice: Rule = { '>': [{ count: [{ filter: [{ filter: [{ var: 'events.order' }, isPaid] }, isPaid] }] }, 1] };
/** Paid orders of the last 90 days came to 5,000 or more. */
const spends: Rule = {
  '>=': [
    {
      sum: [
        { filter: [{ var: 'events.order' }, { and: [{ within_last: [{ var: 'at' }, 90, 'day'] }, isPaid] }] },
        'amount',
      ],
    },
    5000,
  ],
};

describe('drawing a rule', () => {
  it('and writing it gives the same rule', () => {
    fc.assert(
      fc.property(anyRule, (one) => {
        expect(redraw(one)).toEqual(one);
      }),
    );
  });

  it('draws lines as lines', () => {
    fc.assert(
      fc.property(anyLine, (one) => {
        expect(fromRule(one, catalogue, counter()).root.items.map(({ kind }) => kind)).toEqual(['line']);
      }),
    );
  });

  it.each<[string, Rule]>([
    ['a field against a field', { '<': [{ var: 'amount' }, { var: 'amount' }] }],
    ['a field that is not known', { '==': [{ var: 'unknown' }, 1] }],
    ['a comparison that its type does not offer', { '<': [{ var: 'name' }, 'b'] }],
    ['a text in capitals, whatever its case', { '==': [{ lower: [{ var: 'name' }] }, 'VIP'] }],
    ['a part of what is no date', { '==': [{ part: [{ var: 'name' }, 'month'] }, 3] }],
    ['the hour of a day', { '==': [{ part: [{ var: 'due' }, 'hour'] }, 3] }],
    ['one number added', { '>': [{ '+': [{ var: 'amount' }] }, 5] }],
    ['a sum of a product', { '>': [{ '+': [{ var: 'amount' }, { '*': [{ var: 'orders' }, 2] }] }, 5] }],
    ['a text before a field', { '==': [{ cat: ['x', { var: 'name' }] }, 'xy'] }],
    ['nothing in a text', { '==': [{ cat: [{ var: 'name' }, null] }, 'xy'] }],
    ['a number in a text', { '==': [{ cat: [{ var: 'name' }, 5] }, 'xy'] }],
    ['a part of no length', { '==': [{ substr: [{ var: 'name' }, 0, 0] }, 'a'] }],
    ['a part from between two characters', { '==': [{ substr: [{ var: 'name' }, 0.5] }, 'a'] }],
    ['a part as long as a field says', { '==': [{ substr: [{ var: 'name' }, 0, { var: 'amount' }] }, 'a'] }],
    ['a choice by several conditions', { '>': [{ if: [isPaid, 1, isPaid, 2, 3] }, 1] }],
    ['a choice by a value', { '>': [{ if: [{ var: 'vip' }, 1, 2] }, 1] }],
    ['a choice by a joined condition', { '>': [{ if: [{ and: [isVip] }, 1, 2] }, 1] }],
    ['a choice by membership', { '>': [{ if: [{ in_segment: ['vip'] }, 1, 2] }, 1] }],
    ['a choice that is empty in so many words', { '>': [{ if: [isVip, 1, null] }, 1] }],
    ['a choice between lists', { has_any: [{ if: [isVip, { var: 'likes' }] }, ['bj']] }],
    ['a choice of a sum', { '>': [{ if: [isVip, { '+': [{ var: 'amount' }, 1] }, 2] }, 1] }],
    ['a number less a field', { '>': [{ '-': [5, { var: 'amount' }] }, 5] }],
    ['a date against an instant', { '<': [{ var: 'due' }, { var: 'seen' }] }],
    [
      'a date moved twice',
      { '<': [{ var: 'due' }, { date_add: [{ date_add: [{ today: [] }, 1, 'day'] }, 1, 'day'] }] },
    ],
    ['a date moved by a field', { '<': [{ var: 'due' }, { date_add: [{ today: [] }, { var: 'amount' }, 'day'] }] }],
    ['the operands the other way round', { '<': [5, { var: 'amount' }] }],
    ['an operand more', { '==': [{ var: 'amount' }, 1, 2] }],
    ['empty in a list', { in: [{ var: 'city' }, ['bj', null]] }],
    ['a segment that is not known', { in_segment: ['unknown'] }],
    ['an event type that is not known', { '>': [{ count: [{ var: 'events.unknown' }] }, 1] }],
    ['a sum of what cannot be added', { '>': [{ sum: [{ var: 'events.order' }, 'store'] }, 1] }],
    ['a list narrowed twice', twice],
    [
      'a single condition that is joined',
      { '>': [{ count: [{ filter: [{ var: 'events.order' }, { and: [isPaid] }] }] }, 1] },
    ],
  ])('keeps %s as it is', (_name, one) => {
    const [only] = fromRule(one, catalogue, counter()).root.items;
    expect(only).toMatchObject({ kind: 'verbatim', rule: one });
    expect(redraw(one)).toEqual(one);
  });

  it('draws what customers did by its parts', () => {
    expect(fromRule(spends, catalogue, counter()).root.items[0]).toMatchObject({
      subject: {
        kind: 'behaviour',
        eventType: 'order',
        fold: 'sum',
        property: 'amount',
        period: [90, 'day'],
        conditions: [{ property: 'paid', operator: 'is', values: [true] }],
      },
      operator: 'atLeast',
      values: [5000],
    });
  });

  it.each<[Rule, object]>([
    [
      { '==': [{ part: [{ var: 'birthday' }, 'month'] }, 3] },
      { subject: { kind: 'derived', key: 'birthday', derivation: 'month' }, operator: 'is', values: [3] },
    ],
    [
      { in: ['vip', { lower: [{ var: 'name' }] }] },
      { subject: { kind: 'derived', key: 'name', derivation: 'lower' }, operator: 'contains', values: ['vip'] },
    ],
    [
      { '>=': [{ '/': [{ var: 'amount' }, { var: 'orders' }] }, 100] },
      {
        subject: { kind: 'combined', key: 'amount', sign: '/', others: [{ kind: 'field', key: 'orders' }] },
        operator: 'atLeast',
        values: [100],
      },
    ],
    [
      { '>': [{ '+': [{ var: 'amount' }, { var: 'orders' }, 1] }, 5] },
      {
        subject: {
          key: 'amount',
          sign: '+',
          others: [
            { kind: 'field', key: 'orders' },
            { kind: 'given', value: 1 },
          ],
        },
      },
    ],
    [
      { starts_with: [{ cat: [{ var: 'name' }, ' ', { var: 'nickname' }] }, 'a'] },
      {
        subject: {
          key: 'name',
          sign: 'cat',
          others: [
            { kind: 'given', value: ' ' },
            { kind: 'field', key: 'nickname' },
          ],
        },
        operator: 'startsWith',
      },
    ],
    [
      { '==': [{ substr: [{ var: 'name' }, 0, 3] }, '138'] },
      { subject: { kind: 'excerpt', fromEnd: false, place: 1, reach: 'length', count: 3 }, values: ['138'] },
    ],
    [
      { '==': [{ substr: [{ var: 'name' }, -4] }, '8888'] },
      { subject: { kind: 'excerpt', fromEnd: true, place: 4, reach: 'rest' } },
    ],
    [
      { '==': [{ substr: [{ var: 'name' }, 2, -1] }, 'x'] },
      { subject: { kind: 'excerpt', fromEnd: false, place: 3, reach: 'without', count: 1 } },
    ],
    [
      { '>=': [{ if: [isVip, { var: 'amount' }, 0] }, 100] },
      {
        subject: {
          kind: 'choice',
          key: 'vip',
          condition: { operator: 'is', values: [true] },
          first: { kind: 'field', key: 'amount' },
          otherwise: { kind: 'given', value: 0 },
        },
        operator: 'atLeast',
        values: [100],
      },
    ],
    [
      { '==': [{ if: [isVip, { var: 'city' }] }, 'bj'] },
      { subject: { kind: 'choice', first: { kind: 'field', key: 'city' }, otherwise: null }, operator: 'is' },
    ],
    [
      { '<': [{ var: 'due' }, { date_add: [{ today: [] }, 30, 'day'] }] },
      { operator: 'less', values: [{ field: null, shift: 'after', count: 30, unit: 'day' }] },
    ],
    [
      { '<=': [{ var: 'due' }, { date_add: [{ var: 'birthday' }, -3, 'month'] }] },
      { operator: 'atMost', values: [{ field: 'birthday', shift: 'before', count: 3, unit: 'month' }] },
    ],
    [{ '>': [{ var: 'due' }, { today: [] }] }, { operator: 'greater', values: [{ field: null, shift: 'none' }] }],
  ])('draws what is made of fields by its parts: %j', (one, drawn) => {
    expect(fromRule(one, catalogue, counter()).root.items[0]).toMatchObject({ kind: 'line', ...drawn });
  });

  it('draws that something was never done, and membership', () => {
    const never: Rule = { '==': [{ count: [{ var: 'events.order' }] }, 0] };
    expect(fromRule(never, catalogue, counter()).root.items[0]).toMatchObject({ operator: 'never', values: [] });
    const outside: Rule = { '!': [{ in_segment: ['vip'] }] };
    const drawn = { subject: { kind: 'membership' }, operator: 'notMember', values: ['vip'] };
    expect(fromRule(outside, catalogue, counter()).root.items[0]).toMatchObject(drawn);
  });

  it.each([spends, { in_segment: ['vip'] }])('keeps as it is what a form does not know', (one) => {
    expect(fromRule(one, ofForms, counter()).root.items[0]).toMatchObject({ kind: 'verbatim', rule: one });
  });

  it('draws whoever looks on as a value, in the filter of a list alone', () => {
    fc.assert(
      fc.property(onViewer, (one) => {
        const [line] = fromRule(one, ofLists, counter()).root.items as [Line];
        expect(line).toMatchObject({ kind: 'line', subject: { key: 'owner' }, values: [{ me: ['id'] }] });
        expect(lineState(line, ofLists).kind).toBe('ready');
        expect(writeLine(line)).toEqual(one);
        expect(fromRule(one, catalogue, counter()).root.items[0]).toMatchObject({ kind: 'verbatim', rule: one });
      }),
    );
  });

  it.each<Rule>([
    { '==': [{ var: 'home' }, { me: ['region'] }] },
    { '==': [{ var: 'owner' }, { me: ['manager'] }] },
    { '==': [{ var: 'name' }, { me: ['id'] }] },
    { in: [{ var: 'owner' }, [{ me: ['id'] }]] },
    { '==': [{ me: ['id'] }, { var: 'owner' }] },
  ])('keeps as it is what else is asked of whoever looks on: %j', (one) => {
    const draft = fromRule(one, ofLists, counter());
    expect(draft.root.items[0]).toMatchObject({ kind: 'verbatim', rule: one });
    expect(toRule(draft, isReady).rule).toEqual(one);
  });

  it('forgets whoever looks on where several users are asked for', () => {
    const draft = fromRule({ '==': [{ var: 'owner' }, { me: ['id'] }] }, ofLists, counter());
    const { id } = draft.root.items[0]!;
    expect(setOperator(draft, id, 'isNot').root.items[0]).toMatchObject({ values: [{ me: ['id'] }] });
    expect(setOperator(draft, id, 'oneOf').root.items[0]).toMatchObject({ values: [] });
  });

  it('knows where every condition stands in what is sent', () => {
    const draft = fromRule(
      { or: [{ '==': [{ var: 'vip' }, true] }, { '!': [{ or: [{ in: [{ var: 'city' }, ['bj']] }] }] }] },
      catalogue,
      counter(),
    );
    const { rule: sent, paths } = toRule(draft, isReady);
    for (const item of itemsWithin(draft.root)) {
      const path = paths.get(item.id);
      const checked = checkRule(sent, catalogue);
      expect(checked.ok).toBe(true);
      expect(resolve(sent, path ?? 'nowhere')).toBeDefined();
    }
    expect([...paths.values()]).toEqual(['', '/or/0', '/or/1', '/or/1/!/0/or/0']);
  });

  it('leaves out what is not complete, and the places of the others follow', () => {
    let draft = fromRule(
      { and: [{ '==': [{ var: 'vip' }, true] }, { '==': [{ var: 'city' }, 'bj'] }] },
      catalogue,
      counter(),
    );
    const [first, second] = draft.root.items as [Line, Line];
    draft = setValues(draft, first.id, [null]);
    const { rule: sent, paths } = toRule(draft, isReady);
    expect(sent).toEqual({ and: [{ '==': [{ var: 'city' }, 'bj'] }] });
    expect(paths.get(second.id)).toBe('/and/0');
    expect(paths.has(first.id)).toBe(false);
  });

  it('sends nothing while nothing is complete', () => {
    const nested = addGroup(addLine(emptyDraft('root'), 'root', 'a'), 'root', { group: 'g', line: 'b' });
    expect(toRule(nested, isReady).rule).toBeNull();
  });
});

function resolve(document: Rule, pointer: string): Json | undefined {
  if (pointer === '') return document;
  return pointer
    .slice(1)
    .split('/')
    .reduce<Json | undefined>((at, step) => (at as Readonly<Record<string, Json>> | undefined)?.[step], document);
}
