import {
  catalogueOf,
  checkRule,
  compileRule,
  momentAt,
  withEvents,
  withSegments,
  type Catalogue,
  type FieldDefinition,
  type Row,
  type Rule,
} from '@kequn/rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { depthOf, itemsInForce, itemsWithin, type Draft, type Item } from './draft.ts';
import { copyItem, deepestNesting } from './draft-tree.ts';
import { addGroup, addLine, dissolve, duplicate, negate, removeItem, setDisabled, setMatch, wrap } from './edits.ts';
import { fromRule } from './from-rule.ts';
import { record, redo, startHistory, undo } from '../ui/history.ts';
import { landingAt } from './landing.ts';
import { lineState } from './line-state.ts';
import { behind, insertItem, moveBy, moveTo, type Direction, type Landing } from './moves.ts';
import { keyOf } from './subjects.ts';
import { toRule } from './to-rule.ts';

const keys = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
const fields = keys.map((key): FieldDefinition => ({
  key,
  type: 'NUMBER',
  label: key,
  labels: {},
  options: [],
  validation: {},
  required: false,
  unique: false,
  archived: false,
}));
const catalogue: Catalogue = {
  ...catalogueOf(fields),
  events: new Map([['order', { key: 'order', label: 'Order', labels: {}, properties: [] }]]),
  segments: new Map([['vip', 'VIP']]),
};

/** Conditions that hold for customers whose field is 1, and some on what they did and where they are members. */
const condition: fc.Arbitrary<Rule> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...keys).map((key): Rule => ({ '==': [{ var: key }, 1] })) },
  fc.constantFrom<Rule>(
    { '>=': [{ count: [{ filter: [{ var: 'events.order' }, { '>=': [{ var: 'amount' }, 1] }] }] }, 1] },
    { '==': [{ count: [{ var: 'events.order' }] }, 0] },
    { in_segment: ['vip'] },
    { '!': [{ in_segment: ['vip'] }] },
  ),
);
const { rule } = fc.letrec<{ rule: Rule; group: Rule }>((tie) => ({
  rule: fc.oneof({ depthSize: 'small' }, condition, tie('group')),
  group: fc
    .tuple(fc.constantFrom('and', 'or', 'none'), fc.array(tie('rule'), { minLength: 1, maxLength: 4 }))
    .map(([kind, operands]): Rule => (kind === 'none' ? { '!': [{ or: operands }] } : { [kind]: operands })),
}));
const customer: fc.Arbitrary<Row> = fc
  .record({
    values: fc.tuple(...keys.map(() => fc.constantFrom(0, 1))),
    orders: fc.array(fc.record({ amount: fc.constantFrom(0, 1) }), { maxLength: 2 }),
    segments: fc.subarray(['vip']),
  })
  .map(({ values, orders, segments }) => {
    const row = Object.fromEntries(keys.map((key, index) => [key, values[index] ?? null]));
    return withSegments(withEvents(row, { order: orders }), segments);
  });

function counter(): () => string {
  let last = 0;
  return () => `i${(last += 1)}`;
}

function draw(one: Rule, newId = counter()): Draft {
  return fromRule(one, catalogue, newId);
}

function written(draft: Draft): Rule | null {
  return toRule(draft, (line) => lineState(line, catalogue).kind === 'ready').rule;
}

function holds(one: Rule | null, who: Row): boolean | undefined {
  const checked = checkRule(one, catalogue);
  return checked.ok
    ? compileRule(checked.value)(who, momentAt('2026-01-01T00:00:00.000Z', 'Asia/Shanghai'))
    : undefined;
}

function all({ root }: Draft): readonly Item[] {
  return [root, ...itemsWithin(root)];
}

function pick({ root }: Draft, index: number): Item {
  const items = all({ root, bare: false });
  return items[index % items.length] ?? root;
}

/** How a draft is built, in letters: conditions by their field, groups in brackets, what is disabled in parentheses. */
function shape(item: Item): string {
  const inner = item.kind === 'group' ? `${item.match}[${item.items.map(shape).join(' ')}]` : fieldOf(item);
  return item.disabled ? `(${inner})` : inner;
}

function fieldOf(item: Item): string {
  return item.kind === 'line' && item.subject ? keyOf(item.subject) : '?';
}

function idOf(draft: Draft, key: string): string {
  return itemsWithin(draft.root).find((item) => fieldOf(item) === key)?.id ?? 'nowhere';
}

function groupsOf(draft: Draft): readonly string[] {
  return all(draft).flatMap((item) => (item.kind === 'group' ? [item.id] : []));
}

/** A landing anywhere in a draft, also where nothing can land. */
function landingOf(draft: Draft, { at, index, onto }: { at: number; index: number; onto: boolean }): Landing {
  const target = pick(draft, at).id;
  return onto ? { kind: 'onto', condition: target } : { kind: 'spot', group: target, index };
}

type Edit = (draft: Draft, newId: () => string) => Draft;

const place = fc.record({ at: fc.nat({ max: 40 }), index: fc.nat({ max: 5 }), onto: fc.boolean() });
const edit: fc.Arbitrary<Edit> = fc.nat({ max: 40 }).chain((index) => {
  const id = (draft: Draft): string => pick(draft, index).id;
  return fc.oneof(
    place.map(
      (where): Edit =>
        (draft, newId) =>
          moveTo(draft, id(draft), landingOf(draft, where), newId()),
    ),
    place.map(
      (where): Edit =>
        (draft, newId) =>
          insertItem(draft, copyItem(pick(draft, index), newId), landingOf(draft, where), newId()),
    ),
    fc.constantFrom<Direction>('up', 'down', 'in', 'out').map(
      (direction): Edit =>
        (draft) =>
          moveBy(draft, id(draft), direction),
    ),
    rule.map(
      (one): Edit =>
        (draft, newId) =>
          insertItem(draft, draw(one, newId).root, behind(draft, id(draft)), newId()),
    ),
    fc.boolean().map(
      (disabled): Edit =>
        (draft) =>
          setDisabled(draft, id(draft), disabled),
    ),
    fc.constantFrom<Edit>(
      (draft, newId) => negate(draft, id(draft), newId()),
      (draft, newId) => wrap(draft, id(draft), newId()),
      (draft, newId) => duplicate(draft, id(draft), newId),
      (draft, newId) => addLine(draft, id(draft), newId()),
      (draft, newId) => addGroup(draft, id(draft), { group: newId(), line: newId() }),
      (draft) => dissolve(draft, id(draft)),
      (draft) => removeItem(draft, id(draft)),
      (draft) => setMatch(draft, id(draft), 'NONE'),
    ),
  );
});

function expectWellFormed(draft: Draft, deepest: number): void {
  const ids = all(draft).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(depthOf(draft.root)).toBeLessThanOrEqual(deepest);
  expect(draft.root.disabled).toBeUndefined();
  const sent = written(draft);
  if (sent !== null) expect(checkRule(sent, catalogue)).toMatchObject({ ok: true });
}

describe('any run of moving, copying, wrapping, negating and disabling', () => {
  it('keeps the draft well formed, can be undone to the start and redone to the end', () => {
    fc.assert(
      fc.property(rule, fc.array(edit, { maxLength: 30 }), (start, edits) => {
        const newId = counter();
        const first = draw(start, newId);
        const deepest = Math.max(deepestNesting, depthOf(first.root));
        let history = startHistory(first);
        for (const one of edits) {
          history = record(history, one(history.present, newId));
          expectWellFormed(history.present, deepest);
        }
        const last = history.present;
        while (history.past.length > 0) history = undo(history);
        expect(history.present).toBe(first);
        expect(written(history.present)).toEqual(start);
        while (history.future.length > 0) history = redo(history);
        expect(history.present).toBe(last);
      }),
    );
  });

  it('moves an item without losing or changing any', () => {
    fc.assert(
      fc.property(rule, fc.nat(), place, (start, index, where) => {
        const draft = draw(start);
        const moved = moveTo(draft, pick(draft, index).id, landingOf(draft, where), 'new');
        const leaves = (one: Draft): readonly Item[] => itemsWithin(one.root).filter(({ kind }) => kind !== 'group');
        const byId = (a: Item, b: Item): number => a.id.localeCompare(b.id);
        expect(leaves(moved).toSorted(byId)).toEqual(leaves(draft).toSorted(byId));
        expect(groupsOf(moved)).toEqual(expect.arrayContaining([...groupsOf(draft)]));
      }),
    );
  });

  it('negates: who fitted an item does not, and who did not does', () => {
    fc.assert(
      fc.property(rule, customer, (one, who) => {
        const draft: Draft = {
          root: { kind: 'group', id: 'root', match: 'ALL', items: draw(one).root.items },
          bare: true,
        };
        fc.pre(draft.root.items.length === 1);
        const negated = negate(draft, draft.root.items[0]?.id ?? '', 'new');
        expect(holds(written(negated), who)).toBe(!holds(written(draft), who));
      }),
    );
  });

  it('leaves out of the rule exactly what is disabled', () => {
    fc.assert(
      fc.property(rule, fc.nat(), (start, index) => {
        const draft = draw(start);
        const { id } = pick(draft, index);
        fc.pre(id !== draft.root.id);
        const disabled = setDisabled(draft, id, true);
        expect(written(disabled)).toEqual(written(removeItem(draft, id)));
        expect(itemsInForce(disabled.root).some((item) => item.id === id)).toBe(false);
        expect(written(setDisabled(disabled, id, false))).toEqual(start);
      }),
    );
  });
});

const is = (key: string): Rule => ({ '==': [{ var: key }, 1] });
/** All of a, any of (b, c), d. */
const nested: Rule = { and: [is('a'), { or: [is('b'), is('c')] }, is('d')] };

describe('moving by keys', () => {
  it.each<[string, string, readonly Direction[], string]>([
    ['down into the group below, and on in it', 'a', ['down', 'down'], 'ALL[ANY[b a c] d]'],
    ['down through the group and out of it', 'a', ['down', 'down', 'down', 'down'], 'ALL[ANY[b c] a d]'],
    ['up into the group above', 'd', ['up'], 'ALL[a ANY[b c d]]'],
    ['out of its group at once', 'b', ['out'], 'ALL[a ANY[c] b d]'],
    ['into the group below it rather than above', 'a', ['in'], 'ALL[ANY[a b c] d]'],
    ['into the group above it', 'd', ['in'], 'ALL[a ANY[b c d]]'],
    ['not out of the outermost group', 'a', ['out', 'up'], 'ALL[a ANY[b c] d]'],
    ['not into a group where there is none', 'b', ['in'], 'ALL[a ANY[b c] d]'],
  ])('%s', (_name, key, directions, expected) => {
    const draft = draw(nested);
    const moved = directions.reduce((now, direction) => moveBy(now, idOf(draft, key), direction), draft);
    expect(shape(moved.root)).toBe(expected);
  });
});

describe('dropping', () => {
  it('a condition on a condition makes a group of both, which joins otherwise than the one around', () => {
    const draft = draw(nested);
    const onto = (key: string): Landing => ({ kind: 'onto', condition: idOf(draft, key) });
    expect(shape(moveTo(draft, idOf(draft, 'd'), onto('a'), 'g').root)).toBe('ALL[ANY[a d] ANY[b c]]');
    expect(shape(moveTo(draft, idOf(draft, 'd'), onto('b'), 'g').root)).toBe('ALL[a ANY[ALL[b d] c]]');
  });

  it('changes nothing where an item already is, in itself, or where there is no such place', () => {
    const draft = draw(nested);
    const [, group] = draft.root.items;
    const spot = (id: string, index: number): Landing => ({ kind: 'spot', group: id, index });
    for (const [id, landing] of [
      [idOf(draft, 'a'), spot(draft.root.id, 0)],
      [idOf(draft, 'a'), spot(draft.root.id, 1)],
      [idOf(draft, 'a'), { kind: 'onto', condition: idOf(draft, 'a') }],
      [idOf(draft, 'a'), { kind: 'onto', condition: group?.id ?? '' }],
      [idOf(draft, 'a'), spot('nowhere', 0)],
      [group?.id ?? '', spot(group?.id ?? '', 0)],
      [group?.id ?? '', { kind: 'onto', condition: idOf(draft, 'b') }],
    ] as const satisfies readonly (readonly [string, Landing])[])
      expect(moveTo(draft, id, landing, 'g')).toBe(draft);
  });

  it('keeps what a disabled group held disabled when that is dissolved', () => {
    const draft = draw(nested);
    const group = draft.root.items[1]?.id ?? '';
    expect(shape(dissolve(setDisabled(draft, group, true), group).root)).toBe('ALL[a (b) (c) d]');
  });
});

describe('where things land', () => {
  const draft = draw(nested);
  const [a, group, d] = draft.root.items as [Item, Item, Item];
  /** On the screen: a at 0–40, the group at 50–210 with b at 100–140 and c at 150–190, d at 220–260. */
  const extents = new Map([
    [a.id, [0, 40]],
    [group.id, [50, 210]],
    [idOf(draft, 'b'), [100, 140]],
    [idOf(draft, 'c'), [150, 190]],
    [d.id, [220, 260]],
  ] as const);
  const extentOf = (id: string): { top: number; bottom: number } | undefined => {
    const [top, bottom] = extents.get(id) ?? [];
    return top === undefined || bottom === undefined ? undefined : { top, bottom };
  };
  const root = draft.root.id;

  it.each<[string, number, Item, Landing]>([
    ['above everything', -50, d, { kind: 'spot', group: root, index: 0 }],
    ['below everything', 900, a, { kind: 'spot', group: root, index: 3 }],
    ['on the upper part of a condition', 5, d, { kind: 'spot', group: root, index: 0 }],
    ['on the middle of a condition', 20, d, { kind: 'onto', condition: a.id }],
    ['on the middle of a condition, with a group', 22, group, { kind: 'spot', group: root, index: 1 }],
    ['in a gap', 45, d, { kind: 'spot', group: root, index: 1 }],
    ['on the upper edge of a group', 55, d, { kind: 'spot', group: root, index: 1 }],
    ['on the head of a group', 80, d, { kind: 'spot', group: group.id, index: 0 }],
    ['in the gap within a group', 145, a, { kind: 'spot', group: group.id, index: 1 }],
    ['on the foot of a group', 195, a, { kind: 'spot', group: group.id, index: 2 }],
    ['on the lower edge of a group', 205, a, { kind: 'spot', group: root, index: 2 }],
    ['within the group that is dragged itself', 120, group, { kind: 'spot', group: root, index: 1 }],
  ])('%s', (_name, y, dragged, landing) => {
    expect(landingAt(y, { root: draft.root, dragged, extentOf })).toEqual(landing);
  });
});
