import { checkRule, type Json, type Rule } from '@kequn/rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anyLine,
  anyRule,
  catalogue,
  fields,
  literals,
  movedDates,
  ofForms,
  ofLists,
  onViewer,
  type Filling,
  filledIn,
  fillings,
} from './arbitrary-rules.ts';
import {
  addCondition,
  foldNames,
  newBehaviour,
  propertiesOf,
  putCondition,
  removeCondition,
  withEventType,
  withFold,
  withProperty,
} from './behaviour.ts';
import {
  depthOf,
  emptyDraft,
  itemsWithin,
  type Behaviour,
  type Draft,
  type Item,
  type Line,
  type OnField,
  type OperatorName,
  type Subject,
} from './draft.ts';
import {
  addGroup,
  addLine,
  dissolve,
  duplicate,
  removeItem,
  setMatch,
  setOperator,
  setSubject,
  setValues,
  wrap,
} from './edits.ts';
import { deepestNesting } from './draft-tree.ts';
import { newExcerpt } from './excerpt.ts';
import { fromRule } from './from-rule.ts';
import { record, redo, startHistory, undo } from './history.ts';
import { lineState } from './line-state.ts';
import { unmoved } from './moved-date.ts';
import { moveBy } from './moves.ts';
import { formsOf, withForm } from './on-field.ts';
import { operators } from './operators.ts';
import { subjectOf } from './subjects.ts';
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

/** One edit of each kind, on whichever item the number falls. */
type Edit = (draft: Draft, newId: () => string) => Draft;

function on(index: number, edit: (draft: Draft, item: Item, newId: () => string) => Draft): Edit {
  return (draft, newId) => {
    const items = [draft.root, ...itemsWithin(draft.root)];
    const item = items[index % items.length];
    return item ? edit(draft, item, newId) : draft;
  };
}

function choose(draft: Draft, item: Item, key: string): Draft {
  const subject = item.kind === 'line' ? subjectOf(key, catalogue, item.subject) : undefined;
  return subject ? setSubject(draft, item.id, subject, catalogue) : draft;
}

/** Asks the field of a line in another form. */
function reform(draft: Draft, item: Item, index: number, filling: Filling): Draft {
  const subject = item.kind === 'line' ? item.subject : null;
  const field = subject && 'key' in subject ? catalogue.fields.get(subject.key) : undefined;
  if (!field || !subject || !('key' in subject)) return draft;
  const forms = formsOf(field);
  return setSubject(
    draft,
    item.id,
    filledIn(withForm(subject, forms[index % forms.length]!, catalogue), filling),
    catalogue,
  );
}

/** One change of what is asked of events. */
const behaviourEdit: fc.Arbitrary<(behaviour: Behaviour) => Behaviour> = fc.oneof(
  fc.constantFrom(...foldNames).map((fold) => (behaviour: Behaviour) => withFold(behaviour, fold, catalogue)),
  fc
    .constantFrom<readonly Json[]>([], [30, 'day'], [null, 'day'], [0, 'week'], [2, 'month'])
    .map((period) => (behaviour: Behaviour): Behaviour => ({ ...behaviour, period })),
  fc.constantFrom(addCondition, (behaviour: Behaviour) => removeCondition(behaviour, 0)),
  fc.tuple(fc.nat({ max: 5 }), fc.boolean()).map(([index, value]) => (behaviour: Behaviour) => {
    const [condition] = behaviour.conditions;
    const known = propertiesOf(behaviour.eventType, catalogue);
    if (!condition) return behaviour;
    const asked = withProperty(condition, known[index % known.length]!, known);
    return putCondition(behaviour, 0, { ...asked, values: [value] });
  }),
);

const names = Object.keys(operators) as OperatorName[];
const edit: fc.Arbitrary<Edit> = fc.nat({ max: 50 }).chain((index) =>
  fc.oneof(
    fc.constant(on(index, (draft, item, newId) => addLine(draft, item.id, newId()))),
    fc.constant(on(index, (draft, item, newId) => addGroup(draft, item.id, { group: newId(), line: newId() }))),
    fc.constant(on(index, (draft, item) => removeItem(draft, item.id))),
    fc.constant(on(index, (draft, item, newId) => duplicate(draft, item.id, newId))),
    fc.constant(on(index, (draft, item, newId) => wrap(draft, item.id, newId()))),
    fc.constant(on(index, (draft, item) => dissolve(draft, item.id))),
    fc
      .constantFrom('up' as const, 'down' as const)
      .map((step) => on(index, (draft, item) => moveBy(draft, item.id, step))),
    fc
      .constantFrom('ALL' as const, 'ANY' as const, 'NONE' as const)
      .map((match) => on(index, (draft, item) => setMatch(draft, item.id, match))),
    fc.constantFrom(...names).map((name) => on(index, (draft, item) => setOperator(draft, item.id, name))),
    fc
      .constantFrom(...fields.map(({ key }) => key), 'events.order', 'events.visit', 'segments')
      .map((key) => on(index, (draft, item) => choose(draft, item, key))),
    fc
      .tuple(fc.nat({ max: 20 }), fillings)
      .map(([form, filling]) => on(index, (draft, item) => reform(draft, item, form, filling))),
    fc
      .array(fc.oneof(literals.DATE, movedDates), { minLength: 1, maxLength: 2 })
      .map((values) => on(index, (draft, item) => setValues(draft, item.id, values))),
    behaviourEdit.map((change) =>
      on(index, (draft, item) =>
        item.kind === 'line' && item.subject?.kind === 'behaviour'
          ? setSubject(draft, item.id, change(item.subject), catalogue)
          : draft,
      ),
    ),
    fc.constantFrom('vip', 'new').map((segment) => on(index, (draft, item) => setValues(draft, item.id, [segment]))),
    fc
      .constantFrom(...fields)
      .chain(({ type }) => fc.array(literals[type], { maxLength: 3 }))
      .map((values) => on(index, (draft, item) => setValues(draft, item.id, values))),
  ),
);

function expectWellFormed({ root }: Draft): void {
  const items = itemsWithin(root);
  expect(new Set([root.id, ...items.map(({ id }) => id)]).size).toBe(items.length + 1);
  expect(depthOf(root)).toBeLessThanOrEqual(deepestNesting);
}

describe('any run of edits', () => {
  it('keeps the draft well formed and what is sent valid', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
        const newId = counter();
        let draft = emptyDraft('root');
        for (const one of edits) {
          draft = one(draft, newId);
          expectWellFormed(draft);
        }
        const { rule: sent } = toRule(draft, isReady);
        if (sent !== null) expect(checkRule(sent, catalogue)).toMatchObject({ ok: true });
        if (sent !== null) expect(redraw(sent)).toEqual(sent);
      }),
    );
  });

  it('can be undone to the start and redone to the end', () => {
    fc.assert(
      fc.property(anyRule, fc.array(edit, { maxLength: 40 }), (start, edits) => {
        const newId = counter();
        const first = fromRule(start, catalogue, newId);
        let history = startHistory(first);
        for (const one of edits) history = record(history, one(history.present, newId));
        const last = history.present;
        while (history.past.length > 0) history = undo(history);
        expect(history.present).toBe(first);
        while (history.future.length > 0) history = redo(history);
        expect(history.present).toBe(last);
      }),
    );
  });

  it('moves an item down and up again to where it was, or leaves it', () => {
    fc.assert(
      fc.property(anyRule, fc.nat({ max: 50 }), (start, index) => {
        const draft = fromRule(start, catalogue, counter());
        const ids = itemsWithin(draft.root).map(({ id }) => id);
        const id = ids[index % ids.length] ?? '';
        const moved = moveBy(draft, id, 'down');
        expect(
          itemsWithin(moved.root)
            .map((item) => item.id)
            .toSorted(),
        ).toEqual(ids.toSorted());
        if (moved !== draft) expect(shape(moveBy(moved, id, 'up'))).toEqual(shape(draft));
      }),
    );
  });
});

function shape(draft: Draft): unknown {
  return toRule(draft, () => true).rule;
}

describe('history', () => {
  it('takes a run of typing in one place as one step', () => {
    let history = startHistory('');
    for (const text of ['h', 'he', 'hey']) history = record(history, text, 'greeting');
    history = record(history, 'hey!', 'shout');
    expect(undo(history).present).toBe('hey');
    expect(undo(undo(history)).present).toBe('');
  });

  it('forgets what was undone once another step is taken', () => {
    const history = record(undo(record(startHistory(1), 2)), 3);
    expect(redo(history)).toBe(history);
  });

  it('does not count a step that changes nothing', () => {
    const history = startHistory({});
    expect(record(history, history.present)).toBe(history);
  });
});

describe('a line', () => {
  const empty: Line = { kind: 'line', id: 'a', subject: null, operator: null, values: [] };
  const [city, amount, due, name]: OnField[] = [
    { kind: 'field', key: 'city' },
    { kind: 'field', key: 'amount' },
    { kind: 'field', key: 'due' },
    { kind: 'field', key: 'name' },
  ];
  const order: Behaviour = newBehaviour('order');

  it.each<[string, Partial<Line>, object]>([
    ['without a field', {}, { kind: 'missing', part: 'field' }],
    ['without a comparison', { subject: city }, { kind: 'missing', part: 'operator' }],
    ['without a value', { subject: city, operator: 'is', values: [null] }, { kind: 'missing', part: 'value' }],
    ['with one end', { subject: amount, operator: 'between', values: [1, null] }, { kind: 'missing', part: 'value' }],
    ['with an empty list', { subject: city, operator: 'oneOf', values: [] }, { kind: 'missing', part: 'value' }],
    ['with a half-typed number', { subject: amount, operator: 'is', values: ['1e'] }, { kind: 'wrong' }],
    ['asking for emptiness', { subject: city, operator: 'isEmpty' }, { kind: 'ready' }],
    ['without a segment', { subject: { kind: 'membership' }, operator: 'member', values: [null] }, { part: 'segment' }],
    [
      'of no known number',
      { subject: withForm(amount!, '/', catalogue), operator: 'is', values: [1] },
      { kind: 'missing', part: 'numbers' },
    ],
    [
      'of no known text',
      { subject: withForm(name!, 'cat', catalogue), operator: 'is', values: ['a'] },
      { kind: 'missing', part: 'texts' },
    ],
    [
      'from the character before the first',
      { subject: { ...newExcerpt(name!), place: 0, reach: 'rest' }, operator: 'is', values: ['a'] },
      { kind: 'missing', part: 'characters' },
    ],
    [
      'reckoned by no known time',
      { subject: due, operator: 'less', values: [{ ...unmoved(null, true), shift: 'after' }] },
      { kind: 'missing', part: 'value' },
    ],
    ['of no known time', { subject: { ...order, period: [null, 'day'] }, operator: 'never' }, { part: 'period' }],
    ['with an empty condition', { subject: addCondition(order), operator: 'never' }, { part: 'conditions' }],
    ['of no time at all', { subject: { ...order, period: [0, 'day'] }, operator: 'never' }, { kind: 'wrong' }],
    ['asking for what was not done', { subject: order, operator: 'never' }, { kind: 'ready' }],
    ['with all it needs', { subject: amount, operator: 'between', values: [1, 2] }, { kind: 'ready' }],
  ])('%s', (_name, parts, state) => {
    expect(lineState({ ...empty, ...parts }, catalogue)).toMatchObject(state);
  });

  it('keeps what still fits when its comparison or field changes', () => {
    const at = (draft: Draft): Line => draft.root.items[0] as Line;
    const draft = fromRule({ '==': [{ var: 'amount' }, 5] }, catalogue, counter());
    expect(at(setOperator(draft, at(draft).id, 'between')).values).toEqual([5, null]);
    expect(at(setOperator(draft, at(draft).id, 'isEmpty')).values).toEqual([]);
    const vip: Subject = { kind: 'field', key: 'vip' };
    expect(at(setSubject(draft, at(draft).id, vip, catalogue))).toMatchObject({ operator: 'is', values: [null] });
  });

  it('on what is made of a field keeps its form and values as long as they mean the same', () => {
    const at = (draft: Draft): Line => draft.root.items[0] as Line;
    const start = fromRule({ '==': [{ part: [{ var: 'due' }, 'month'] }, 3] }, catalogue, counter());
    const ask = (subject: Subject | undefined): Line => at(setSubject(start, at(start).id, subject!, catalogue));
    const month = at(start).subject;
    expect(ask(subjectOf('birthday', catalogue, month))).toMatchObject({
      subject: { key: 'birthday', derivation: 'month' },
      values: [3],
    });
    expect(ask(subjectOf('amount', catalogue, month))).toMatchObject({
      subject: { kind: 'field', key: 'amount' },
      values: [null],
    });
    expect(ask(withForm(due!, 'weekday', catalogue))).toMatchObject({ operator: 'is', values: [null] });
  });

  it('whatever its case writes small letters', () => {
    const lower = { kind: 'derived', key: 'name', derivation: 'lower' } as const;
    const line: Line = { ...empty, subject: lower, operator: 'is', values: ['VIP'] };
    expect(writeLine(line)).toEqual({ '==': [{ lower: [{ var: 'name' }] }, 'vip'] });
  });

  it('about events asks at first whether there are any, and then keeps what still fits', () => {
    const at = (draft: Draft): Line => draft.root.items[0] as Line;
    const start = fromRule({ '<': [{ var: 'amount' }, 5] }, catalogue, counter());
    const ask = (draft: Draft, subject: Subject): Draft => setSubject(draft, at(draft).id, subject, catalogue);
    const chosen = ask(start, order);
    expect(at(chosen)).toMatchObject({ operator: 'atLeast', values: [1] });
    const never = setOperator(chosen, at(chosen).id, 'never');
    const total = withFold(order, 'sum', catalogue);
    expect(total).toMatchObject({ property: 'amount', period: [30, 'day'] });
    expect(at(ask(never, total))).toMatchObject({ operator: 'atLeast', values: [null] });
    expect(at(ask(ask(chosen, total), { ...total, fold: 'last', property: 'paid' }))).toMatchObject({
      operator: 'is',
      values: [null],
    });
    const store: Behaviour = { ...total, fold: 'first', property: 'store' };
    expect(withEventType(total, 'visit', catalogue)).toEqual({ ...total, eventType: 'visit' });
    expect(withEventType(store, 'visit', catalogue)).toEqual(newBehaviour('visit'));
  });
});
