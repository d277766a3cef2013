import {
  catalogueOf,
  checkRule,
  fieldTypes,
  type Catalogue,
  type FieldDefinition,
  type FieldType,
  type Json,
  type Rule,
} from '@kequn/rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { depthOf, emptyDraft, itemsWithin, type Draft, type Item, type Line, type OperatorName } from './draft.ts';
import {
  addGroup,
  addLine,
  dissolve,
  duplicate,
  removeItem,
  setField,
  setMatch,
  setOperator,
  setValues,
  wrap,
} from './edits.ts';
import { deepestNesting } from './draft-tree.ts';
import { fromRule } from './from-rule.ts';
import { record, redo, startHistory, undo } from './history.ts';
import { lineState } from './line-state.ts';
import { moveBy } from './moves.ts';
import { operators, operatorsOf, type Arity } from './operators.ts';
import { toRule } from './to-rule.ts';

function field(key: string, type: FieldType): FieldDefinition {
  const options =
    type === 'SELECT' || type === 'MULTI_SELECT'
      ? ['bj', 'sh', 'gz'].map((option) => ({ key: option, label: option, labels: {}, color: null, archived: false }))
      : [];
  return {
    key,
    type,
    label: key,
    labels: {},
    options,
    validation: {},
    required: false,
    unique: false,
    archived: false,
  };
}

const fields = [
  field('name', 'TEXT'),
  field('amount', 'NUMBER'),
  field('vip', 'BOOLEAN'),
  field('city', 'SELECT'),
  field('birthday', 'DATE'),
  field('seen', 'DATETIME'),
  field('home', 'REGION'),
  field('likes', 'MULTI_SELECT'),
];
const regions = new Map([['440300', '广东省深圳市']]);
const catalogue: Catalogue = catalogueOf(fields, new Map(), 'Asia/Shanghai', regions);

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

const literals: Readonly<Record<FieldType, fc.Arbitrary<Json>>> = {
  TEXT: fc.stringMatching(/^[a-z一-龥]{1,6}$/),
  NUMBER: fc.integer({ min: -1_000_000, max: 1_000_000 }),
  BOOLEAN: fc.boolean(),
  SELECT: fc.constantFrom('bj', 'sh', 'gz'),
  DATE: fc.constantFrom('2024-02-29', '1999-12-31', '2026-01-01'),
  DATETIME: fc.constant('2026-01-01T00:00:00.000Z'),
  LONG_TEXT: fc.constant('long'),
  MONEY: fc.integer({ min: 0, max: 1_000 }),
  PERCENT: fc.integer({ min: 0, max: 100 }),
  RATING: fc.integer({ min: 1, max: 5 }),
  MULTI_SELECT: fc.constant('bj'),
  EMAIL: fc.constant('a@b.cn'),
  PHONE: fc.constant('+8613812345678'),
  URL: fc.constant('https://b.cn'),
  REGION: fc.constant('440300'),
  USER: fc.constant('nobody'),
};

const line: fc.Arbitrary<Rule> = fc.constantFrom(...fields).chain(({ key, type }) =>
  fc.constantFrom(...operatorsOf[fieldTypes[type].valueType]).chain((name) => {
    const { arity, write } = operators[name];
    const value = literals[type];
    const number = fc.integer({ min: 1, max: 100 });
    const values: Readonly<Record<Arity, fc.Arbitrary<readonly Json[]>>> = {
      none: fc.constant([]),
      one: fc.tuple(value),
      two: fc.tuple(value, value),
      many: fc.array(value, { minLength: 1, maxLength: 4 }),
      days: fc.tuple(number),
      years: fc.tuple(number),
      window: fc.tuple(number, fc.constantFrom('day', 'week', 'month', 'year')),
    };
    return values[arity].map((filled) => write({ var: key }, filled));
  }),
);

/** Rules that lines and groups can draw, and among them conditions that they cannot. */
const { drawn: rule } = fc.letrec<{ drawn: Rule; group: Rule; foreign: Rule }>((tie) => ({
  drawn: fc.oneof({ depthSize: 'small' }, line, tie('foreign'), tie('group')),
  foreign: fc.constantFrom<Rule>(
    { '==': [{ var: 'name' }, { var: 'name' }] },
    { '<': [1, { var: 'amount' }, 5] },
    { var: 'vip' },
    { '!': [{ and: [{ var: 'vip' }] }] },
    true,
  ),
  group: fc
    .tuple(fc.constantFrom('and', 'or', 'none'), fc.array(tie('drawn'), { minLength: 1, maxLength: 4 }))
    .map(([kind, operands]): Rule => (kind === 'none' ? { '!': [{ or: operands }] } : { [kind]: operands })),
}));

describe('drawing a rule', () => {
  it('and writing it gives the same rule', () => {
    fc.assert(
      fc.property(rule, (one) => {
        expect(redraw(one)).toEqual(one);
      }),
    );
  });

  it('draws lines as lines', () => {
    fc.assert(
      fc.property(line, (one) => {
        expect(fromRule(one, catalogue, counter()).root.items.map(({ kind }) => kind)).toEqual(['line']);
      }),
    );
  });

  it.each<[string, Rule]>([
    ['a field against a field', { '<': [{ var: 'amount' }, { var: 'amount' }] }],
    ['a field that is not known', { '==': [{ var: 'unknown' }, 1] }],
    ['a comparison that its type does not offer', { '<': [{ var: 'name' }, 'b'] }],
    ['the operands the other way round', { '<': [5, { var: 'amount' }] }],
    ['an operand more', { '==': [{ var: 'amount' }, 1, 2] }],
    ['empty in a list', { in: [{ var: 'city' }, ['bj', null]] }],
  ])('keeps %s as it is', (_name, one) => {
    const [only] = fromRule(one, catalogue, counter()).root.items;
    expect(only).toMatchObject({ kind: 'verbatim', rule: one });
    expect(redraw(one)).toEqual(one);
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
      .constantFrom(...fields)
      .map(({ key, type }) =>
        on(index, (draft, item) =>
          setField(draft, item.id, { key, operators: operatorsOf[fieldTypes[type].valueType], keepsValues: false }),
        ),
      ),
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
      fc.property(rule, fc.array(edit, { maxLength: 40 }), (start, edits) => {
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
      fc.property(rule, fc.nat({ max: 50 }), (start, index) => {
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
  const empty: Line = { kind: 'line', id: 'a', field: null, operator: null, values: [] };

  it.each<[string, Partial<Line>, object]>([
    ['without a field', {}, { kind: 'missing', part: 'field' }],
    ['without a comparison', { field: 'city' }, { kind: 'missing', part: 'operator' }],
    ['without a value', { field: 'city', operator: 'is', values: [null] }, { kind: 'missing', part: 'value' }],
    ['with one end', { field: 'amount', operator: 'between', values: [1, null] }, { kind: 'missing', part: 'value' }],
    ['with an empty list', { field: 'city', operator: 'oneOf', values: [] }, { kind: 'missing', part: 'value' }],
    ['with a half-typed number', { field: 'amount', operator: 'is', values: ['1e'] }, { kind: 'wrong' }],
    ['asking for emptiness', { field: 'city', operator: 'isEmpty' }, { kind: 'ready' }],
    ['with all it needs', { field: 'amount', operator: 'between', values: [1, 2] }, { kind: 'ready' }],
  ])('%s', (_name, parts, state) => {
    expect(lineState({ ...empty, ...parts }, catalogue)).toMatchObject(state);
  });

  it('keeps what still fits when its comparison or field changes', () => {
    const at = (draft: Draft): Line => draft.root.items[0] as Line;
    const draft = fromRule({ '==': [{ var: 'amount' }, 5] }, catalogue, counter());
    expect(at(setOperator(draft, at(draft).id, 'between')).values).toEqual([5, null]);
    expect(at(setOperator(draft, at(draft).id, 'isEmpty')).values).toEqual([]);
    const other = setField(draft, at(draft).id, { key: 'vip', operators: operatorsOf.BOOLEAN, keepsValues: false });
    expect(at(other)).toMatchObject({ field: 'vip', operator: 'is', values: [null] });
  });
});
