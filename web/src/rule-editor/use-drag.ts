import { shallowRef, type ShallowRef } from 'vue';
import { useMessages } from '../i18n/use-messages.ts';
import { announce } from '../ui/announcer.ts';
import { newId } from '../ui/new-id.ts';
import { itemsWithin, type Draft, type Item } from './draft.ts';
import { copyItem } from './draft-tree.ts';
import { elementId, focusItem } from './editing.ts';
import { followPointer, type PointerPlace } from './follow-pointer.ts';
import type { ItemWords } from './item-words.ts';
import { landingAt } from './landing.ts';
import { insertItem, moveTo, type Landing } from './moves.ts';
import type { RuleDraft } from './use-rule-draft.ts';

/** What is being dragged. */
export interface Dragged extends PointerPlace {
  readonly item: Item;
  /** Where it would land; undefined where nothing would change. */
  readonly landing: Landing | undefined;
}

/** Dragging the items of a rule. */
export interface Drag {
  readonly dragged: Readonly<ShallowRef<Dragged | undefined>>;
  /** Begins at a press of the item's handle. */
  start(press: PointerEvent, id: string): void;
}

/** Moves items of a draft by dragging, or copies them; what was dropped is one step of the draft. */
export function useDrag(draft: RuleDraft, words: ItemWords): Drag {
  const t = useMessages();
  const dragged = shallowRef<Dragged>();

  function moveOver(item: Item, place: PointerPlace): void {
    const { root } = draft.draft.value;
    const extentOf = (id: string): DOMRect | undefined =>
      document.getElementById(elementId(id))?.getBoundingClientRect();
    const landing = landingAt(place.y, { root, dragged: item, extentOf });
    const changes = put(draft.draft.value, landing, { item, copies: place.copies }) !== draft.draft.value;
    dragged.value = { ...place, item, landing: changes ? landing : undefined };
  }

  function putBack(): void {
    dragged.value = undefined;
    announce(t.value.order.putBack);
  }

  function drop(): void {
    const { item, landing, copies } = dragged.value ?? {};
    if (!item || !landing) return putBack();
    const landed = copies ? copyItem(item, newId) : item;
    draft.apply((before) => put(before, landing, { item: landed, copies }));
    dragged.value = undefined;
    announce(t.value.rule.dropped(words.place(draft.draft.value.root, landed.id)));
    focusItem(landed.id);
  }

  return {
    dragged,
    start(press, id) {
      const item = itemsWithin(draft.draft.value.root).find((one) => one.id === id);
      if (press.button !== 0 || !item || !(press.currentTarget instanceof HTMLElement)) return;
      // Else the press would select text.
      press.preventDefault();
      followPointer(press, press.currentTarget, { moved: (place) => moveOver(item, place), dropped: drop, putBack });
    },
  };
}

function put(draft: Draft, landing: Landing, { item, copies }: { item: Item; copies: boolean | undefined }): Draft {
  return copies ? insertItem(draft, item, landing, newId()) : moveTo(draft, item.id, landing, newId());
}
