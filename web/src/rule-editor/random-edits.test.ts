import { checkRule, type Json, type Rule } from '@kequn/rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anyRule,
  catalogue,
  fields,
  literals,
  movedDates,
  type Filling,
  filledIn,
  fillings,
} from './arbitrary-rules.ts';
import {
  addCondition,
  foldNames,
  propertiesOf,
  putCondition,
  removeCondition,
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
  type OperatorName,
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
import { fromRule } from './from-rule.ts';
import { record, redo, startHistory, undo } from '../ui/history.ts';
import { lineState } from './line-state.ts';
import { moveBy } from './moves.ts';
import { formsOf, withForm } from './on-field.ts';
import { operators } from './operators.ts';
import { subjectOf } from './subjects.ts';
import { toRule } from './to-rule.ts';

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
