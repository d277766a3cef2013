import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadCheckTools } from '../field-kit/check-tools.ts';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, fieldAnswer, mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import CustomerEvents from './CustomerEvents.vue';
// The app loads it with the first event to be recorded; no test would wait for the component library.
import './EventDrawer.vue';

const types: Json = [
  {
    __typename: 'EventType',
    key: 'order',
    label: 'Order',
    labels: { en: 'Order' },
    properties: [
      { __typename: 'EventProperty', key: 'channel', type: 'TEXT', label: 'Channel' },
      { __typename: 'EventProperty', key: 'gift', type: 'BOOLEAN', label: 'Gift' },
    ],
  },
  { __typename: 'EventType', key: 'visit', label: 'Visit', labels: { en: 'Visit' }, properties: [] },
];
/** 30 events, an order and a visit in turn, a day apart. */
const events = Array.from({ length: 30 }, (_, at) => ({
  __typename: 'Event',
  id: `e${at}`,
  type: at % 2 === 0 ? 'order' : 'visit',
  at: `2026-01-${String(30 - at).padStart(2, '0')}T00:00:00.000Z`,
  amount: at % 2 === 0 ? 1234.5 : null,
  properties: at === 0 ? { channel: 'Shop', gift: true } : {},
  sourceId: at === 0 ? 'A-17' : null,
}));

let shown: MountedPage;

beforeAll(loadCheckTools);
afterEach(() => shown.page.unmount());

async function show(
  all: readonly (typeof events)[number][],
  { ownerAccess = 'WRITE', answers = {} }: { ownerAccess?: string; answers?: Answers } = {},
): Promise<void> {
  const owner = fieldAnswer('owner', 'USER', 'Owner', { system: true, access: ownerAccess });
  shown = await mountPage(
    CustomerEvents,
    { customerId: 'c1' },
    {
      ...commonAnswers,
      Fields: () => ({ data: { fields: [owner] } }),
      EventTypes: () => ({ data: { eventTypes: types } }),
      CustomerEvents: ({ first, type, before }) => {
        const asked = all.filter((each) => type === null || each.type === type);
        const page = asked.filter(({ at }) => before === null || at < String(before)).slice(0, Number(first));
        return { data: { customer: { __typename: 'Customer', id: 'c1', events: page as unknown as Json } } };
      },
      ...answers,
    },
  );
  await flushPromises();
}

const entries = (): string[] => shown.page.findAll('li').map((entry) => entry.text().replaceAll(/\s+/g, ' '));
const sent = (operation: string): Json | undefined =>
  shown.calls.find((call) => call.operation === operation)?.variables;

/** Opens the menu of the newest event and chooses from it. */
async function act(label: string): Promise<void> {
  const menu = shown.page.get('[role=menu]');
  menu.element.dispatchEvent(Object.assign(new Event('toggle'), { newState: 'open' }));
  await flushPromises();
  const item = menu.findAll('[role=menuitem]').find((each) => each.text() === label);
  Object.assign(menu.element, { hidePopover: () => undefined });
  await item?.trigger('click');
  await flushPromises();
}

async function fill(label: string, text: string): Promise<void> {
  const input = await eventually(() => {
    const found = [...document.querySelectorAll('[role=dialog] label')].find((one) =>
      one.textContent?.trim().startsWith(label),
    );
    return document.getElementById((found as HTMLLabelElement | undefined)?.htmlFor ?? '');
  });
  (input as HTMLInputElement).value = text;
  input.dispatchEvent(new Event('input'));
  await flushPromises();
}

async function submit(): Promise<void> {
  document.querySelector('form#event')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await flushPromises();
  await flushPromises();
}

describe('the events of a customer', () => {
  it('tell type, amount, time, source and properties in words, newest first', async () => {
    await show(events.slice(0, 2));
    const [order, visit] = entries();
    expect(order).toMatch(/^Order ?Amount 1,234.5 ?Jan \d+, 2026.* · source no. A-17 ?Channel ?Shop ?Gift ?Yes$/);
    expect(visit).toMatch(/^Visit ?Jan/);
  });

  it('grow page by page', async () => {
    await show(events);
    const before = entries().length;
    await shown.page.get('.more').trigger('click');
    await flushPromises();
    expect(before).toBe(19);
    expect(entries()).toHaveLength(30);
    expect(shown.page.find('.more').exists()).toBe(false);
  });

  it('are narrowed by a type that stands in the address', async () => {
    await show(events.slice(0, 1));
    await shown.page.vm.$router.push('/?event=visit');
    await flushPromises();
    expect(shown.page.text()).toContain('No events of this type');
    await shown.page.get('.empty button').trigger('click');
    await flushPromises();
    expect(entries()).toHaveLength(1);
  });

  it('are not changed by who may only read them', async () => {
    await show(events.slice(0, 1), { ownerAccess: 'READ' });
    expect(entries()).toHaveLength(1);
    expect(shown.page.findAll('button')).toHaveLength(0);
  });

  it('leave no trace for who may know of no type of them', async () => {
    await show([], { answers: { EventTypes: () => ({ data: { eventTypes: [] } }) } });
    expect(shown.page.find('section').exists()).toBe(false);
  });

  it('say why they did not come, with another try', async () => {
    const failure = { errors: [{ message: 'Out of order', extensions: { code: 'INTERNAL' } }] };
    await show([], { answers: { CustomerEvents: () => failure } });
    expect(shown.page.get('[role=alert]').text()).toContain('Out of order');
    expect(shown.page.get('.retry').text()).toBe('Try again');
  });
});

describe('recording an event', () => {
  it('is refused in place, then sent, and the page is asked for anew', async () => {
    const issues = [{ path: '/0/properties/channel', code: 'INVALID', message: 'No such channel' }];
    const refusal = { errors: [{ message: 'Invalid', extensions: { code: 'VALIDATION_FAILED', issues } }] };
    const outcomes = [refusal, { data: { recordEvents: 1 } }];
    await show([], { answers: { RecordEvents: () => outcomes.shift() as never } });
    await shown.page.vm.$router.push('/?event=order');
    await flushPromises();
    await shown.page.get('.record').trigger('click');
    await fill('Amount', '12');
    await fill('Channel', 'Nowhere');
    await submit();
    expect(document.querySelector('.form-row.is-error')?.textContent).toContain('No such channel');
    const asked = shown.calls.filter(({ operation }) => operation === 'CustomerEvents').length;
    await submit();
    const { events: recorded } = sent('RecordEvents') as { events: readonly Json[] };
    expect(recorded).toEqual([
      { customerId: 'c1', type: 'order', at: expect.any(String), amount: 12, properties: { channel: 'Nowhere' } },
    ]);
    expect(document.querySelector('form#event')).toBe(null);
    expect(shown.calls.filter(({ operation }) => operation === 'CustomerEvents').length).toBe(asked + 1);
  });
});

describe('the menu of an event', () => {
  it('corrects it', async () => {
    const answer = { ...events[0], amount: 99 } as unknown as Json;
    await show(events.slice(0, 1), { answers: { CorrectEvent: () => ({ data: { correctEvent: answer } }) } });
    await act('Correct');
    await fill('Amount', '99');
    await submit();
    expect(sent('CorrectEvent')).toEqual({
      id: 'e0',
      input: {
        customerId: 'c1',
        type: 'order',
        at: events[0]?.at,
        amount: 99,
        properties: { channel: 'Shop', gift: true },
      },
    });
  });

  it('deletes it, once that is confirmed', async () => {
    await show(events.slice(0, 1), { answers: { DeleteEvent: () => ({ data: { deleteEvent: true } }) } });
    await act('Delete…');
    const question = await eventually(() => document.querySelector('.el-message-box'));
    expect(question.textContent).toContain('Delete event “Order”?');
    expect(sent('DeleteEvent')).toBe(undefined);
    question.querySelector<HTMLElement>('.el-button--danger')?.click();
    await eventually(() => sent('DeleteEvent'));
    expect(sent('DeleteEvent')).toEqual({ id: 'e0' });
  });
});
