import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defineComponent, h, nextTick, shallowRef } from 'vue';
import { mountPage, type MountedPage } from '../testing/mount-page.ts';
import { announcement } from './announcer.ts';
import SortableList from './SortableList.vue';

interface Item {
  readonly id: string;
}

const items = shallowRef<readonly Item[]>([]);
const orders: string[] = [];

/** Takes every order, as a page would. */
const Page = defineComponent(
  () => () =>
    h(
      SortableList<Item>,
      {
        items: items.value,
        itemKey: ({ id }) => id,
        label: ({ id }) => `Item ${id}`,
        onOrder: (order) => {
          orders.push(order.map(({ id }) => id).join(''));
          items.value = order;
        },
      },
      {
        default: ({ item, step }: { item: Item; step: (by: 1 | -1) => void }) =>
          h('button', { id: `down-${item.id}`, onClick: () => step(1) }, `Down ${item.id}`),
      },
    ),
);

let shown: MountedPage;

beforeEach(async () => {
  items.value = [...'abc'].map((id) => ({ id }));
  orders.length = 0;
  shown = await mountPage(Page, {}, {});
});
afterEach(() => shown.page.unmount());

function handle(id: string): HTMLElement {
  return shown.page.get<HTMLElement>(`[aria-label="Move “Item ${id}”"]`).element;
}

function seen(): string {
  return shown.page
    .findAll('[role=listitem] [id]')
    .map((each) => each.text().slice(-1))
    .join('');
}

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const target = document.activeElement as HTMLElement;
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await nextTick();
    await nextTick();
  }
}

describe('a list put into another order by keyboard', () => {
  it('moves what is picked up, tells every place, and tells the order once it is dropped', async () => {
    handle('a').focus();
    await press(' ');
    expect(handle('a').getAttribute('aria-pressed')).toBe('true');
    expect(announcement.value).toContain('Picked up “Item a”, place 1 of 3');
    await press('ArrowDown', 'ArrowDown', 'ArrowDown');
    expect(seen()).toBe('bca');
    expect(announcement.value.trim()).toBe('Place 3 of 3');
    expect(document.activeElement).toBe(handle('a'));
    expect(orders).toEqual([]);
    await press('Enter');
    expect(orders).toEqual(['bca']);
    expect(announcement.value).toBe('Dropped at place 3 of 3');
  });

  it('puts back by Escape', async () => {
    handle('c').focus();
    await press(' ', 'ArrowUp', 'Escape');
    expect(seen()).toBe('abc');
    expect(announcement.value).toBe('Put back');
    expect(document.activeElement).toBe(handle('c'));
    expect(orders).toEqual([]);
  });

  it('puts back what is held when the focus goes elsewhere', async () => {
    handle('a').focus();
    await press(' ', 'ArrowDown');
    handle('c').focus();
    await nextTick();
    expect(seen()).toBe('abc');
  });

  it('tells no order where nothing moved, and leaves arrows alone where nothing is held', async () => {
    handle('b').focus();
    await press('ArrowDown', ' ', ' ');
    expect(seen()).toBe('abc');
    expect(orders).toEqual([]);
  });

  it('puts back what is held when the items change', async () => {
    handle('a').focus();
    await press(' ', 'ArrowDown');
    items.value = [...'abcd'].map((id) => ({ id }));
    await nextTick();
    expect(seen()).toBe('abcd');
  });
});

it('moves an item by its menu, one place at a time, and not beyond the end', async () => {
  for (const _ of 'abc') {
    document.getElementById('down-a')?.click();
    await nextTick();
  }
  expect(orders).toEqual(['bac', 'bca']);
  expect(announcement.value).toBe('Place 3 of 3');
});
