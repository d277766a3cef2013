import { activeSegment } from '../../server/src/testing/calls.ts';
import { documentOf } from './documents.ts';
import { operations, type Things } from './operations.ts';
import { samples } from './samples.ts';
import { shapes } from './shapes.ts';
import { keyOf, startWorld, type World } from './world.ts';

/** The key of a field that the viewers may not read. */
export const secret = keyOf('NUMBER');

/** A world with something of everything, and viewers who try what they may not. */
export interface Attacked {
  readonly world: World;
  readonly things: Things;
  /** Reads no field but name and city: every other is hidden. */
  readonly hidden: string;
  /** The same, and every other is masked. */
  readonly masked: string;
  /** May do nothing at all. */
  readonly nobody: string;
}

/** Makes such a world. */
export async function startAttacked(): Promise<Attacked> {
  const world = await startWorld();
  const { server, east } = world;
  const hidden = await world.viewer(shapes[0]!, 'HIDDEN');
  const masked = await world.viewer(shapes[0]!, 'MASKED');
  const nobody = await server.signInAs([]);
  const segment = await activeSegment(server, 'secretly', { '>': [{ var: secret }, 1] });
  const order = { key: 'order', label: 'Order' };
  await server.ask('mutation ($input: EventTypeInput!) { saveEventType(input: $input) { key } }', { input: order });
  await server.ask('mutation ($events: [EventInput!]!) { recordEvents(events: $events) }', {
    events: [{ customerId: east, type: 'order', at: '2026-01-01T00:00:00Z' }],
  });
  const [event] = await server.database.source.query<{ id: string }[]>('select id from event');
  const { updateCustomers } = await server.ask<{ updateCustomers: { id: string } }>(
    'mutation ($values: JSON!) { updateCustomers(selection: { ids: [] }, values: $values) { id } }',
    { values: { [secret]: 1 } },
  );
  const { roles } = await server.ask<{ roles: { id: string }[] }>('{ roles { id } }');
  const { saveRetentionRule } = await server.ask<{ saveRetentionRule: { id: string } }>(
    documentOf('Mutation.saveRetentionRule', ['input']),
    operations['Mutation.saveRetentionRule']!({ secret } as Things),
  );
  const [job, retention] = [updateCustomers.id, saveRetentionRule.id];
  const { form, review } = world;
  const given = { east, segment: segment.id, event: event!.id, role: roles[0]!.id, job, retention, form, review };
  const things = { ...given, secret };
  return { world, things, hidden, masked, nobody };
}

/** What no viewer may be told. */
export const canaries = [samples.NUMBER.value, samples.MONEY.value, 'canary', '13812341234', '659001'].map(String);

/** Where a world is asked, and by whom. */
export async function postTo(
  { url }: { readonly url: string },
  query: string,
  variables: object,
  token: string | null,
): Promise<string> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-language': 'en',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return `${answer.status} ${await answer.text()}`;
}

/** The list of customers. */
export const LIST = `query ($filter: Rule, $search: String, $sort: [SortInput!], $after: String, $first: Int) {
  customers(filter: $filter, search: $search, sort: $sort, after: $after, first: $first) {
    totalCount nodes { id values } pageInfo { hasNextPage endCursor } } }`;
/** How many a rule holds for. */
export const PREVIEW =
  'query ($rule: Rule!) { previewRule(rule: $rule, sample: 20) { count conditions { count } text } }';
/** A save. */
export const SAVE =
  'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id version values } } }';
/** One customer, as {@link Seen}. */
export const CUSTOMER = 'query ($id: ID!) { customer(id: $id) { version values } }';
/** What it answers. */
export interface Seen {
  readonly customer: { readonly version: number; readonly values: Record<string, unknown> };
}
