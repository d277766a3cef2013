import { computed, nextTick, shallowRef, watch, type ComputedRef } from 'vue';
import { useMessages } from '../i18n/use-messages.ts';
import { announce } from '../ui/announcer.ts';
import { itemsWithin, type Draft } from './draft.ts';
import { elementId, focusItem } from './editing.ts';
import type { ItemWords } from './item-words.ts';
import { moveBy, type Direction } from './moves.ts';
import type { RuleDraft } from './use-rule-draft.ts';

/** Moving an item by keys: it is picked up, moved where it is seen, and dropped or put back. */
export interface PickUp {
  /** The draft as it is seen: with what is picked up where it would be dropped. */
  readonly shown: ComputedRef<Draft>;
  readonly heldId: ComputedRef<string | undefined>;
  pickUp(id: string): void;
  move(direction: Direction): void;
  drop(): void;
  putBack(): void;
  /** For a focus that may have gone elsewhere: what is picked up is then put back. */
  onFocusOut(): void;
}

/** Moves items of a draft by keys and announces every step with place and group; what was dropped is one step of the draft. */
export function usePickUp(draft: RuleDraft, words: ItemWords): PickUp {
  const t = useMessages();
  const held = shallowRef<{ readonly id: string; readonly draft: Draft }>();
  const shown = computed(() => held.value?.draft ?? draft.draft.value);

  // What is held would be dropped into the draft of before.
  watch(draft.draft, () => {
    held.value = undefined;
  });

  /** Ends holding, which draws the item where it is now. */
  function letGo(id: string, say: string): void {
    held.value = undefined;
    announce(say);
    if (document.activeElement?.id === elementId(id)) focusItem(id);
  }

  function putBack(): void {
    if (held.value) letGo(held.value.id, t.value.order.putBack);
  }

  return {
    shown,
    heldId: computed(() => held.value?.id),
    pickUp(id) {
      const { root } = draft.draft.value;
      const item = itemsWithin(root).find((one) => one.id === id);
      if (!item) return;
      held.value = { id, draft: draft.draft.value };
      announce(t.value.rule.pickedUp(words.name(root, item), words.place(root, id)));
      focusItem(id);
    },
    move(direction) {
      if (!held.value) return;
      const { id } = held.value;
      held.value = { id, draft: moveBy(held.value.draft, id, direction) };
      announce(words.place(held.value.draft.root, id));
      focusItem(id);
    },
    drop() {
      if (!held.value) return;
      const { id, draft: moved } = held.value;
      draft.apply(() => moved);
      letGo(id, t.value.rule.dropped(words.place(moved.root, id)));
    },
    putBack,
    onFocusOut() {
      // An item that is drawn in another group loses the focus and has it back by then.
      void nextTick(() => {
        if (held.value && document.activeElement?.id !== elementId(held.value.id)) putBack();
      });
    },
  };
}
