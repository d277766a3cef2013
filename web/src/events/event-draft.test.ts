import { beforeAll, describe, expect, it } from 'vitest';
import { loadCheckTools } from '../field-kit/check-tools.ts';
import { checkEventDraft, entryOf, enterInEvent, eventDraftOf, eventInputOf, newEventDraft } from './event-draft.ts';
import { eventField, type EventType } from './event-types.ts';

const now = '2026-03-01T08:00:00.000Z';
const order: EventType = {
  key: 'order',
  label: 'Order',
  labels: {},
  properties: [eventField('channel', 'TEXT', 'Channel'), eventField('items', 'NUMBER', 'Items')],
};

describe('an event', () => {
  it('is sent with what its type asks for, without what is empty', () => {
    let draft = newEventDraft('c1', 'order', now);
    for (const [key, value] of [
      ['amount', 99.5],
      ['items', 2],
      ['channel', null],
      ['of_another_type', 'x'],
    ] as const)
      draft = enterInEvent(draft, key, value);
    expect(eventInputOf(draft, order)).toEqual({
      customerId: 'c1',
      type: 'order',
      at: now,
      amount: 99.5,
      properties: { items: 2 },
    });
  });

  it('is corrected from what was recorded', () => {
    const recorded = { id: 'e1', type: 'order', at: now, amount: 5, properties: { channel: 'shop' }, sourceId: null };
    const draft = eventDraftOf('c1', recorded);
    expect(draft.id).toBe('e1');
    expect(eventInputOf(draft, order)).toMatchObject({ at: now, amount: 5, properties: { channel: 'shop' } });
  });

  it.each([
    ['/0/properties/channel', 'channel'],
    ['properties/channel', 'channel'],
    ['/0/at', 'at'],
    ['amount', 'amount'],
  ])('has at %s the entry %s', (path, entry) => {
    expect(entryOf(path)).toBe(entry);
  });
});

describe('checking an event', () => {
  beforeAll(loadCheckTools);

  it('tells each entry that is missing or wrong', async () => {
    let draft = newEventDraft('c1', 'order', now);
    for (const [key, value] of [
      ['at', null],
      ['amount', 'much'],
      ['items', 'two'],
    ] as const)
      draft = enterInEvent(draft, key, value);
    const issues = checkEventDraft(draft, order, 'en', await loadCheckTools());
    expect(Object.keys(issues).toSorted()).toEqual(['amount', 'at', 'items']);
    expect(issues['at']).toEqual(['This is required']);
  });
});
