import { computed, nextTick, shallowRef, watch, type ComputedRef } from 'vue';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { announce } from './announcer.ts';
import { moved } from './moved.ts';

/** A list that can be put into another order. */
export interface ReorderedList<Item> {
  items(): readonly Item[];
  /** How the item is spoken of. */
  label(item: Item): string;
  /** Takes the new order, once the item is dropped. */
  order(items: readonly Item[]): void;
}

/** The order as it is seen, and what the handles of the items do. */
export interface Reorder<Item> {
  /** With the item that is held where it would be dropped. */
  readonly shown: ComputedRef<readonly Item[]>;
  isHeld(item: Item): boolean;
  /** For the keys of a handle: Space picks up, the arrows move, Enter or Space drops, Escape puts back. */
  onKey(event: KeyboardEvent, item: Item): void;
  /** For a handle that loses the focus to something else: what it holds is put back. */
  onBlur(event: FocusEvent, item: Item): void;
  /** Moves an item by one place at once, as its menu does. */
  step(item: Item, by: 1 | -1): void;
}

/** Puts a list into another order by keyboard and by menu, and announces every step with the place. */
export function useReorder<Item extends object>(list: ReorderedList<Item>): Reorder<Item> {
  const t = useMessages();
  const format = useFormat();
  const held = shallowRef<{ readonly item: Item; readonly order: readonly Item[] }>();
  const shown = computed(() => held.value?.order ?? list.items());

  // What is held would be dropped among the items of before.
  watch(list.items, () => held.value && putBack());

  function pickUp(item: Item): void {
    held.value = { item, order: list.items() };
    announce(t.value.order.pickedUp(list.label(item), ...placeIn(shown.value, item)));
  }

  function move(item: Item, by: 1 | -1): void {
    const order = shifted(shown.value, item, by);
    held.value = { item, order };
    announce(t.value.order.movedTo(...placeIn(order, item)));
    void keepFocus();
  }

  function drop(item: Item): void {
    const order = shown.value;
    held.value = undefined;
    announce(t.value.order.dropped(...placeIn(order, item)));
    if (order !== list.items()) list.order(order);
  }

  function putBack(): void {
    held.value = undefined;
    announce(t.value.order.putBack);
    void keepFocus();
  }

  function placeIn(order: readonly Item[], item: Item): [string, string] {
    return [format.value.number(order.indexOf(item) + 1), format.value.number(order.length)];
  }

  function isHeld(item: Item): boolean {
    return held.value?.item === item;
  }

  /** What a key does to an item, where it does anything. */
  function actOf(key: string, item: Item): (() => void) | undefined {
    if (!isHeld(item)) return key === ' ' ? () => pickUp(item) : undefined;
    const acts: Readonly<Record<string, () => void>> = {
      ' ': () => drop(item),
      Enter: () => drop(item),
      Escape: putBack,
      ArrowUp: () => move(item, -1),
      ArrowDown: () => move(item, 1),
    };
    return acts[key];
  }

  return {
    shown,
    isHeld,
    onKey(event, item) {
      const act = actOf(event.key, item);
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    },
    onBlur(event, item) {
      if (isHeld(item) && event.relatedTarget) putBack();
    },
    step(item, by) {
      const order = shifted(list.items(), item, by);
      if (order === list.items()) return;
      announce(t.value.order.movedTo(...placeIn(order, item)));
      list.order(order);
      void keepFocus();
    },
  };
}

function shifted<Item>(order: readonly Item[], item: Item, by: 1 | -1): readonly Item[] {
  const from = order.indexOf(item);
  return moved(order, from, from + by);
}

/** An element that is moved in the page loses the focus; it gets it back where it is then. */
async function keepFocus(): Promise<void> {
  const focused = document.activeElement;
  await nextTick();
  if (focused instanceof HTMLElement && focused.isConnected) focused.focus();
}
