import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  changesOf,
  choiceAt,
  discardEdits,
  noEdits,
  redo,
  setAccess,
  undo,
  withoutRole,
  type AccessDraft,
  type AccessEdit,
  type Stored,
} from './access-draft.ts';
import { degrees, type Choice } from './degrees.ts';

const stored: Stored = ({ roleId, fieldKey }) => (roleId === 'sales' && fieldKey === 'age' ? 'READ' : null);
const edit = (roleId: string, fieldKey: string, choice: Choice): AccessEdit => ({ roleId, fieldKey, choice });

const anyEdit = fc.record({
  roleId: fc.constantFrom('sales', 'support'),
  fieldKey: fc.constantFrom('name', 'age'),
  choice: fc.constantFrom<Choice>(null, ...degrees),
});
const anySteps = fc.array(fc.oneof(fc.array(anyEdit, { maxLength: 4 }), fc.constant('discard' as const)));

function after(steps: readonly (readonly AccessEdit[] | 'discard')[]): AccessDraft {
  return steps.reduce<AccessDraft>(
    (draft, step) => (step === 'discard' ? discardEdits(draft) : setAccess(draft, stored, step)),
    noEdits,
  );
}

it('whatever was edited, undoing it all gives the start, and redoing it all the end', () => {
  fc.assert(
    fc.property(anySteps, (steps) => {
      const end = after(steps);
      let draft = end;
      for (let back = undo(draft); back; back = undo(draft)) draft = back;
      expect([draft.edits, changesOf(draft, stored)]).toEqual([noEdits.edits, []]);
      for (let forth = redo(draft); forth; forth = redo(draft)) draft = forth;
      expect(draft.edits).toEqual(end.edits);
    }),
  );
});

it('what a crossing has is what it was given last, and a change only where that is not stored', () => {
  fc.assert(
    fc.property(fc.array(anyEdit, { minLength: 1 }), (edits) => {
      const draft = after(edits.map((each) => [each]));
      const changes = changesOf(draft, stored);
      for (const each of edits) {
        const last = edits.findLast(({ roleId, fieldKey }) => roleId === each.roleId && fieldKey === each.fieldKey);
        expect(choiceAt(draft, stored, each)).toBe(last?.choice);
        const isChange = changes.some(({ roleId, fieldKey }) => roleId === each.roleId && fieldKey === each.fieldKey);
        expect(isChange).toBe(last?.choice !== stored(each));
      }
    }),
  );
});

it('a block is one step, and what is there already is none', () => {
  const draft = setAccess(noEdits, stored, [edit('sales', 'name', 'HIDDEN'), edit('support', 'name', 'HIDDEN')]);
  expect(changesOf(draft, stored)).toHaveLength(2);
  expect(undo(draft)?.edits.size).toBe(0);
  expect(setAccess(draft, stored, [edit('sales', 'name', 'HIDDEN'), edit('sales', 'age', 'READ')])).toBe(draft);
});

it('what somebody else stored meanwhile is a change no more', () => {
  const draft = setAccess(noEdits, stored, [edit('sales', 'name', 'READ'), edit('sales', 'age', 'WRITE')]);
  expect(changesOf(draft, () => 'READ')).toEqual([{ roleId: 'sales', fieldKey: 'age', from: 'READ', to: 'WRITE' }]);
});

it('a role that is saved takes its steps along, those of others stay', () => {
  const draft = after([[edit('sales', 'name', 'HIDDEN')], [edit('support', 'name', 'READ')]]);
  const rest = withoutRole(draft, 'sales');
  expect(changesOf(rest, stored)).toEqual([{ roleId: 'support', fieldKey: 'name', from: null, to: 'READ' }]);
  expect(undo(rest)?.edits.size).toBe(0);
  expect(withoutRole(rest, 'support')).toEqual(noEdits);
});
