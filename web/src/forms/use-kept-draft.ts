import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { newId } from '../ui/new-id.ts';
import type { FormSheet } from './form-sheet.ts';
import { keepDraft, keptDraft } from './kept-draft.ts';
import type { SheetEdit } from './use-form-sheet.ts';
import type { FormSaving } from './use-form-saving.ts';

/** What was not saved when a form was last left in this browser. */
export interface KeptSteps {
  /** What is offered; undefined once that is decided, and where there is nothing. */
  readonly offered: Readonly<ShallowRef<FormSheet | undefined>>;
  /** Takes it over as a step, so that what the server holds can be brought back. */
  take(): void;
  discard(): void;
}

/** So long after a step it is kept. */
const QUIET_MS = 300;

/** Keeps steps of a form that cannot be saved yet in this browser, and offers them when the form is opened again. */
export function useKeptDraft(
  form: { readonly id: string; readonly version: number },
  edit: SheetEdit,
  saving: FormSaving,
): KeptSteps {
  const offered = shallowRef(keptDraft(form.id, form.version, newId));
  let timer = 0;

  function keep(): void {
    window.clearTimeout(timer);
    // What is offered stays kept until it is decided on, or something else is done.
    if (saving.unsaved.value) keepDraft(form.id, saving.version(), edit.sheet.value);
    else if (!offered.value) keepDraft(form.id, saving.version(), null);
  }

  watch([edit.sheet, saving.unsaved], () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, QUIET_MS);
  });
  // A page that is closed says so before it is.
  window.addEventListener('pagehide', keep);
  onScopeDispose(() => {
    window.removeEventListener('pagehide', keep);
    window.clearTimeout(timer);
    // Whoever leaves the form was asked before whether what is not saved is given up; of what is offered they were not.
    if (!offered.value) keepDraft(form.id, form.version, null);
  });

  return {
    offered,
    take() {
      const sheet = offered.value;
      offered.value = undefined;
      if (sheet) edit.change(sheet);
    },
    discard() {
      offered.value = undefined;
      keep();
    },
  };
}
