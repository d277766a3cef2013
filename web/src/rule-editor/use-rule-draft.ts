import { checkRule, sayRule, type Catalogue, type Reader, type Rule } from '@kequn/rules';
import { computed, shallowRef, type ComputedRef } from 'vue';
import { newId } from '../ui/new-id.ts';
import { itemsWithin, type Draft, type Line } from './draft.ts';
import { fromRule } from './from-rule.ts';
import { record, redo, startHistory, undo } from '../ui/history.ts';
import { lineState, type LineState } from './line-state.ts';
import { toRule, type Written } from './to-rule.ts';

/** A rule under edit: the draft, what it says, and every step back and forth. */
export interface RuleDraft {
  /** What the rule may name. */
  readonly catalogue: () => Catalogue;
  readonly draft: ComputedRef<Draft>;
  readonly written: ComputedRef<Written>;
  /** The complete conditions in words; empty text while there are none. */
  readonly sentence: ComputedRef<string>;
  readonly states: ComputedRef<ReadonlyMap<string, LineState>>;
  readonly canUndo: ComputedRef<boolean>;
  readonly canRedo: ComputedRef<boolean>;
  /** Takes a step; typing in one place is one step, told by its topic. */
  apply(edit: (draft: Draft) => Draft, topic?: string): void;
  undo(): void;
  redo(): void;
  /** Starts anew from another rule. */
  restart(rule: Rule | null): void;
}

/** Edits a rule against a catalogue, told to a reader. */
export function useRuleDraft(start: Rule | null, catalogue: () => Catalogue, reader: () => Reader): RuleDraft {
  const history = shallowRef(startHistory(fromRule(start, catalogue(), newId)));
  const draft = computed(() => history.value.present);
  const states = computed(() => {
    const lines = itemsWithin(draft.value.root).filter((item): item is Line => item.kind === 'line');
    return new Map(lines.map((line) => [line.id, lineState(line, catalogue())]));
  });
  const written = computed(() => toRule(draft.value, ({ id }) => states.value.get(id)?.kind === 'ready'));
  return {
    catalogue,
    draft,
    states,
    written,
    sentence: computed(() => tell(written.value.rule, catalogue(), reader())),
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
    apply: (edit, topic) => {
      history.value = record(history.value, edit(draft.value), topic);
    },
    undo: () => {
      history.value = undo(history.value);
    },
    redo: () => {
      history.value = redo(history.value);
    },
    restart: (rule) => {
      history.value = startHistory(fromRule(rule, catalogue(), newId));
    },
  };
}

/** A rule in words; where it has a fault, what that is. */
export function tell(rule: Rule | null, catalogue: Catalogue, reader: Reader): string {
  if (rule === null) return '';
  const checked = checkRule(rule, catalogue);
  return checked.ok
    ? sayRule(checked.value, reader)
    : checked.problems.map(({ message }) => message[reader.locale]).join(' ');
}
