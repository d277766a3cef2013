import { retail, type TemplateEvent } from '@kequn/seeds';
import type { Context } from '../access/viewer.ts';
import { eventTypes } from '../events/event-type.ts';
import { recordEvents } from '../events/record-events.ts';
import { saveEventType } from '../events/save-event-type.ts';
import { askedNow } from '../fields/asked-now.ts';
import { checkedRule } from '../fields/check-rule.ts';
import { selectCustomers } from '../fields/scoped-customers.ts';
import { limits } from '../platform/limits.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import type { DemoOrder } from './demo-order.ts';

/** Makes the types of what the demo's customers do. A type that is there keeps the properties that it has besides. */
export async function makeEventTypes(ctx: Context, { locale }: DemoOrder): Promise<void> {
  const known = await read(ctx, (tx) => kept(tx, eventTypes));
  for (const { key, label, properties } of retail.eventTypes) {
    const named = properties.map((property) => ({ ...property, label: property.label[locale] }));
    const others = (known.get(key)?.properties ?? []).filter((other) => !named.some((one) => one.key === other.key));
    await saveEventType(ctx, { key, label: label['zh-CN'], labels: label, properties: [...named, ...others] });
  }
}

/**
 * Records what the next of the demo's customers did, as many of them as one call of the API takes; what is recorded already stays as it
 * is. Gives how many customers have their events now, and how many events these are.
 *
 * @throws {Refused} VALIDATION_FAILED where a customer or an event type is no longer that of the demo.
 */
export async function recordNextEvents(
  ctx: Context,
  from: number,
  { today, locale }: DemoOrder,
): Promise<{ active: number; recorded: number }> {
  const byMember = new Map<string, readonly TemplateEvent[]>();
  let [active, recorded] = [from, 0];
  while (active < retail.customers) {
    const events = retail.events(active, today, locale);
    if (recorded + events.length > limits.recordedEvents) break;
    byMember.set(String(retail.customer(active, today)['member_no']), events);
    recorded += events.length;
    active += 1;
  }
  const ids = await idsOf(ctx, [...byMember.keys()]);
  // Of somebody who was erased meanwhile nothing is recorded.
  const inputs = [...byMember].flatMap(([member, events]) => {
    const customerId = ids.get(member);
    return customerId === undefined ? [] : events.map((event) => ({ ...event, customerId }));
  });
  await recordEvents(ctx, inputs);
  return { active, recorded };
}

/** The ids of customers by their member numbers. */
async function idsOf(ctx: Context, members: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return read(ctx, async (tx) => {
    const filter = await askedNow(tx, await checkedRule(tx, { in: [{ var: 'member_no' }, members] }, 'filter'));
    const rows = await selectCustomers(tx, { filter }, members.length);
    return new Map(rows.map(({ id, values }) => [String(values['member_no']), id]));
  });
}
