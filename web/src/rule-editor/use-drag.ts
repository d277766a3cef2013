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

/**
 * Dragging the items of a rule. What moves with the pointer changes at each frame, the others seldom: an editor of hundreds of lines
 * draws only what has changed.
 */
export interface Drag {
  readonly dragged: Readonly<ShallowRef<Item | undefined>>;
  /** Where the pointer is while something is dragged. */
  readonly place: Readonly<ShallowRef<PointerPlace | undefined>>;
  /** Where it would land; undefined where nothing would change. */
  readonly landing: Readonly<ShallowRef<Landing | undefined>>;
  /** Begins at a press of the item's handle. */
  start(press: PointerEvent, id: string): void;
}

/** Moves items of a draft by dragging, or copies them; what was dropped is one step of the draft. */
export function useDrag(draft: RuleDraft, words: ItemWords): Drag {
  const t = useMessages();
  const dragged = shallowRef<Item>();
  const place = shallowRef<PointerPlace>();
  const landing = shallowRef<Landing>();

  function moveOver(item: Item, at: PointerPlace): void {
    const { root } = draft.draft.value;
    const extentOf = (id: string): DOMRect | undefined =>
      document.getElementById(elementId(id))?.getBoundingClientRect();
    const over = landingAt(at.y, { root, dragged: item, extentOf });
    const changes = put(draft.draft.value, over, { item, copies: at.copies }) !== draft.draft.value;
    const next = changes ? over : undefined;
    dragged.value = item;
    place.value = at;
    if (!isSame(landing.value, next)) landing.value = next;
  }

  function end(): void {
    dragged.value = place.value = landing.value = undefined;
  }

  function putBack(): void {
    end();
    announce(t.value.order.putBack);
  }

  function drop(): void {
    const [item, to, copies] = [dragged.value, landing.value, place.value?.copies];
    if (!item || !to) return putBack();
    const landed = copies ? copyItem(item, newId) : item;
    draft.apply((before) => put(before, to, { item: landed, copies }));
    end();
    announce(t.value.rule.dropped(words.place(draft.draft.value.root, landed.id)));
    focusItem(landed.id);
  }

  return {
    dragged,
    place,
    landing,
    start(press, id) {
      const item = itemsWithin(draft.draft.value.root).find((one) => one.id === id);
      if (press.button !== 0 || !item || !(press.currentTarget instanceof HTMLElement)) return;
      // Else the press would select text.
      press.preventDefault();
      followPointer(press, press.currentTarget, { moved: (at) => moveOver(item, at), dropped: drop, putBack });
    },
  };
}

function isSame(a: Landing | undefined, b: Landing | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function put(draft: Draft, landing: Landing, { item, copies }: { item: Item; copies: boolean | undefined }): Draft {
  return copies ? insertItem(draft, item, landing, newId()) : moveTo(draft, item.id, landing, newId());
}
