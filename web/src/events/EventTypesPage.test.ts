import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, expect, it } from 'vitest';
import type { Capability, ViewerFragment } from '../api/generated/graphql.ts';
import { useSession } from '../session/session.ts';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import EventTypesPage from './EventTypesPage.vue';
// The app loads it with the first type to be edited; no test would wait for the component library.
import './EventTypeDrawer.vue';

const order = {
  __typename: 'EventType',
  key: 'order',
  label: 'Order',
  labels: { en: 'Order' },
  properties: [{ __typename: 'EventProperty', key: 'channel', type: 'TEXT', label: 'Channel' }],
};

let shown: MountedPage;
afterEach(() => shown.page.unmount());

async function show(
  types: readonly Json[],
  { capabilities = ['MANAGE_FIELDS'], answers = {} }: { capabilities?: readonly Capability[]; answers?: Answers } = {},
): Promise<void> {
  shown = await mountPage(
    EventTypesPage,
    {},
    { ...commonAnswers, EventTypes: () => ({ data: { eventTypes: types } }), ...answers },
  );
  useSession().viewer = { id: 'u1', capabilities } as unknown as ViewerFragment;
  await flushPromises();
}

async function open(query: string): Promise<HTMLElement> {
  await shown.page.vm.$router.push(`/?${query}`);
  await flushPromises();
  return eventually(() => document.querySelector<HTMLElement>('[role=dialog] form'));
}

async function fill(input: Element | null | undefined, text: string): Promise<void> {
  (input as HTMLInputElement).value = text;
  input?.dispatchEvent(new Event('input'));
  await flushPromises();
}

async function click(form: HTMLElement, text: string): Promise<void> {
  [...form.querySelectorAll('button')].find((each) => each.textContent?.trim() === text)?.click();
  await flushPromises();
}

async function submit(form: HTMLElement): Promise<void> {
  form.dispatchEvent(new Event('submit', { cancelable: true }));
  await flushPromises();
  await flushPromises();
}

const sent = (): Json | undefined => shown.calls.find(({ operation }) => operation === 'SaveEventType')?.variables;

it('lists the types with what is told of each', async () => {
  await show([order]);
  const cells = shown.page.findAll('tbody td').map((cell) => cell.text());
  expect(cells).toEqual(['Order', 'order', 'Channel']);
});

it('says what events are for where there are none, and offers the first', async () => {
  await show([]);
  expect(shown.page.text()).toContain('segments can count them');
  expect(shown.page.get('.empty').text()).toContain('New event type');
});

it('offers nothing to who may not manage them', async () => {
  await show([order], { capabilities: [] });
  expect(shown.page.findAll('a, main button')).toHaveLength(0);
});

it('makes a type with a property, and says at its place what is missing', async () => {
  await show([], { answers: { SaveEventType: () => ({ data: { saveEventType: order } }) } });
  const form = await open('create=yes');
  await click(form, 'Add a detail');
  await submit(form);
  expect(form.querySelectorAll('.issues, .issue').length).toBeGreaterThan(1);
  expect(sent()).toBe(undefined);
  const [, english] = form.querySelectorAll('input');
  await fill(english, 'Order');
  await fill(form.querySelector('[role=group] input'), 'Channel');
  await submit(form);
  const properties = [{ key: 'channel', type: 'TEXT', label: 'Channel' }];
  expect(sent()).toEqual({ input: { key: 'order', label: 'Order', labels: { en: 'Order' }, properties } });
});

it('keeps a property on screen that the server does not let go', async () => {
  const issues = [{ path: 'properties', code: 'READ_ONLY', message: 'Events have the property “Channel”' }];
  await show([order], {
    answers: {
      SaveEventType: () => ({ errors: [{ message: 'Invalid', extensions: { code: 'VALIDATION_FAILED', issues } }] }),
    },
  });
  const form = await open('edit=order');
  await click(form, 'Remove');
  await submit(form);
  expect(sent()).toMatchObject({ input: { key: 'order', properties: [] } });
  expect(form.querySelector('fieldset')?.textContent).toContain('Events have the property “Channel”');
  await click(form, 'Keep');
  expect(form.querySelector<HTMLInputElement>('[role=group] input')?.value).toBe('Channel');
});
