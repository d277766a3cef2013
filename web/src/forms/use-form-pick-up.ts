import { computed, nextTick, shallowRef, watch, type ComputedRef } from 'vue';
import { useMessages } from '../i18n/use-messages.ts';
import { announce } from '../ui/announcer.ts';
import { focusPart, partElementId } from './designing.ts';
import type { FormDraft } from './form-draft.ts';
import { moveBy, type Direction } from './form-moves.ts';
import { withSelected } from './use-form-drag.ts';
import type { PartWords } from './use-part-words.ts';
import type { SheetEdit } from './use-form-sheet.ts';

/** Moving parts by keys: they are picked up, moved where they are seen, and dropped or put back. */
export interface FormPickUp {
  /** The form as it is seen: with what is picked up where it would be dropped. */
  readonly shown: ComputedRef<FormDraft>;
  readonly held: ComputedRef<ReadonlySet<string> | undefined>;
  pickUp(id: string): void;
  move(direction: Direction): void;
  drop(): void;
  putBack(): void;
  /** For a focus that may have gone elsewhere: what is picked up is then put back. */
  onFocusOut(): void;
}

interface Held {
  readonly id: string;
  readonly ids: ReadonlySet<string>;
  readonly draft: FormDraft;
}

/** Moves parts of a form by keys and announces every step with its place; what was dropped is one step of the form. */
export function useFormPickUp(edit: SheetEdit, words: PartWords, selected: () => ReadonlySet<string>): FormPickUp {
  const t = useMessages();
  const held = shallowRef<Held>();

  // What is held would be dropped into the form of before.
  watch(edit.draft, () => (held.value = undefined));

  function letGo(id: string, say: string): void {
    held.value = undefined;
    announce(say);
    if (document.activeElement?.id === partElementId(id)) focusPart(id);
  }

  function putBack(): void {
    if (held.value) letGo(held.value.id, t.value.order.putBack);
  }

  return {
    shown: computed(() => held.value?.draft ?? edit.draft.value),
    held: computed(() => held.value?.ids),
    pickUp(id) {
      const draft = edit.draft.value;
      const ids = withSelected(draft, id, selected());
      held.value = { id, ids, draft };
      announce(t.value.forms.acts.pickedUp(words.nameOfAll(draft, ids), words.place(draft, id)));
      focusPart(id);
    },
    move(direction) {
      if (!held.value) return;
      const { id, ids, draft } = held.value;
      held.value = { id, ids, draft: moveBy(draft, ids, direction) };
      announce(words.place(held.value.draft, id));
      focusPart(id);
    },
    drop() {
      if (!held.value) return;
      const { id, draft } = held.value;
      edit.apply(() => draft);
      letGo(id, t.value.forms.acts.dropped(words.place(draft, id)));
    },
    putBack,
    onFocusOut() {
      // A part that is drawn in another column loses the focus and has it back by then.
      void nextTick(() => {
        if (held.value && document.activeElement?.id !== partElementId(held.value.id)) putBack();
      });
    },
  };
}
