import { flushPromises } from '@vue/test-utils';
import { afterEach, expect, it } from 'vitest';
import { defineComponent, nextTick } from 'vue';
import { commonAnswers, mountPage, type MountedPage } from '../testing/mount-page.ts';
import { useFieldOrder, type FieldOrder } from './use-field-order.ts';

let order: FieldOrder;
let shown: MountedPage;
afterEach(() => shown.page.unmount());

const Page = defineComponent(() => {
  order = useFieldOrder();
  return () => order.fields.value.map(({ key }) => key).join(' ');
});

function put(keys: string): void {
  const byKey = new Map(order.fields.value.map((field) => [field.key, field]));
  void order.order(keys.split(' ').map((key) => byKey.get(key)!));
}

it('sends an order when the one before it has arrived, and of those in between none', async () => {
  shown = await mountPage(
    Page,
    {},
    { ...commonAnswers, OrderFields: () => ({ data: { orderFields: [{ __typename: 'Field', key: 'name' }] } }) },
  );
  for (const keys of ['age name vip', 'age vip name', 'vip age name']) put(keys);
  await nextTick();
  expect(shown.page.text()).toBe('vip age name');
  await flushPromises();
  const sent = shown.calls.filter(({ operation }) => operation === 'OrderFields');
  expect(sent.map(({ variables }) => variables['keys'])).toEqual([
    ['age', 'name', 'vip'],
    ['vip', 'age', 'name'],
  ]);
  // The server here tells the fields as they were: what it tells is the order.
  expect(shown.page.text()).toBe('name age vip');
});
