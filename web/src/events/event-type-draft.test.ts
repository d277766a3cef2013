import { describe, expect, it } from 'vitest';
import { en } from '../i18n/en.ts';
import {
  addProperty,
  changeEventTypeDraft,
  changeProperty,
  checkEventTypeDraft,
  eventTypeDraftOf,
  eventTypeInputOf,
  newEventTypeDraft,
  propertyTypes,
  removeProperty,
} from './event-type-draft.ts';
import { eventField, type EventType } from './event-types.ts';

const none: ReadonlySet<string> = new Set();
const order: EventType = {
  key: 'order',
  label: '下单',
  labels: { 'zh-CN': '下单', en: 'Order' },
  properties: [eventField('channel', 'TEXT', '渠道')],
};

describe('the key of a new event type', () => {
  it.each([
    [{ labelEn: 'Store visit' }, 'store_visit'],
    [{ labelZh: '到店' }, 'event'],
    [{ labelEn: 'Order' }, 'order_2'],
    [{ labelEn: 'Events' }, 'events_event'],
    [{ labelEn: ' ' }, ''],
  ])('of %j is %s', (names, key) => {
    expect(changeEventTypeDraft(newEventTypeDraft(), names, new Set(['order'])).key).toBe(key);
  });
});

describe('the properties', () => {
  it('get keys from their names that no other one and nothing else of an event has', () => {
    let draft = eventTypeDraftOf(order);
    for (const [id, label] of [
      ['a', 'Channel'],
      ['b', 'Amount'],
      ['c', '件数'],
    ] as const)
      draft = changeProperty(addProperty(draft, id), id, { label });
    expect(draft.properties.map(({ key }) => key)).toEqual(['channel', 'channel_2', 'amount_2', 'property']);
  });

  it('are taken out at once where new, and marked where they exist', () => {
    const draft = removeProperty(addProperty(eventTypeDraftOf(order), 'a'), 'a');
    expect(draft).toEqual(eventTypeDraftOf(order));
    const marked = removeProperty(draft, 'channel');
    expect(marked.properties.map(({ removed }) => removed)).toEqual([true]);
    expect(eventTypeInputOf(marked).properties).toEqual([]);
    expect(removeProperty(marked, 'channel')).toEqual(draft);
  });

  it('are of no type that has options', () => {
    expect(propertyTypes).toContain('TEXT');
    expect(propertyTypes.filter((type) => type.endsWith('SELECT'))).toEqual([]);
  });
});

describe('checking an event type', () => {
  it('finds nothing wrong with one that exists', () => {
    expect(checkEventTypeDraft(eventTypeDraftOf(order), new Set(['order']), en)).toEqual({});
  });

  it('tells what is missing, and counts properties as they are sent', () => {
    const draft = addProperty(removeProperty(eventTypeDraftOf(order), 'channel'), 'a');
    expect(Object.keys(checkEventTypeDraft(draft, none, en))).toEqual(['properties/0/label']);
    expect(Object.keys(checkEventTypeDraft(newEventTypeDraft(), none, en))).toEqual(['label']);
  });

  it('refuses a key that was typed wrong, or is one of what every event tells', () => {
    const draft = addProperty({ ...eventTypeDraftOf(order), key: 'Order' }, 'a');
    const typed = changeProperty(draft, 'a', { label: 'X', key: 'amount', keyIsOwn: true });
    expect(Object.keys(checkEventTypeDraft(typed, none, en))).toEqual(['key', 'properties/1/key']);
  });

  it('refuses a key that would change another type, or that stands twice', () => {
    const taken = { ...newEventTypeDraft(), labelEn: 'Order', key: 'order', keyIsOwn: true };
    expect(checkEventTypeDraft(taken, new Set(['order']), en)['key']).toEqual([en.events.keyTaken]);
    const twice = changeProperty(addProperty(eventTypeDraftOf(order), 'a'), 'a', {
      label: 'X',
      key: 'channel',
      keyIsOwn: true,
    });
    expect(checkEventTypeDraft(twice, none, en)['properties/1/key']).toEqual([en.events.propertyKeyTaken]);
  });
});

it('is sent with the languages that it has names in', () => {
  const draft = changeEventTypeDraft(newEventTypeDraft(), { labelEn: ' Visit ' }, none);
  expect(eventTypeInputOf(draft)).toEqual({ key: 'visit', label: 'Visit', labels: { en: 'Visit' }, properties: [] });
});
