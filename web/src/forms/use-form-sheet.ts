import { computed, shallowRef, type ComputedRef } from 'vue';
import { record, redo, startHistory, undo } from '../ui/history.ts';
import type { FormDraft } from './form-draft.ts';
import type { FormSheet } from './form-sheet.ts';

/** A form under edit with every step back and forth. */
export interface SheetEdit {
  readonly sheet: ComputedRef<FormSheet>;
  readonly draft: ComputedRef<FormDraft>;
  readonly canUndo: ComputedRef<boolean>;
  readonly canRedo: ComputedRef<boolean>;
  /** Takes a step of the layout; typing in one place is one step, told by its topic. */
  apply(edit: (draft: FormDraft) => FormDraft, topic?: string): void;
  /** Changes the name or the settings. */
  change(change: Partial<FormSheet>, topic?: string): void;
  /** Puts right what is not a step of its own, such as what the server alone knows of what was sent. */
  amend(change: (sheet: FormSheet) => FormSheet): void;
  undo(): void;
  redo(): void;
}

/** Edits a form, beginning with what is given. */
export function useFormSheet(start: FormSheet): SheetEdit {
  const history = shallowRef(startHistory(start));
  const sheet = computed(() => history.value.present);
  return {
    sheet,
    draft: computed(() => sheet.value.draft),
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
    apply(edit, topic) {
      const draft = edit(sheet.value.draft);
      if (draft !== sheet.value.draft) history.value = record(history.value, { ...sheet.value, draft }, topic);
    },
    change(change, topic) {
      history.value = record(history.value, { ...sheet.value, ...change }, topic);
    },
    amend(change) {
      const present = change(sheet.value);
      if (present !== sheet.value) history.value = { ...history.value, present };
    },
    undo: () => {
      history.value = undo(history.value);
    },
    redo: () => {
      history.value = redo(history.value);
    },
  };
}
