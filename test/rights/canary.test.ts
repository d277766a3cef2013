import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { streamXlsxRows } from 'hucre/xlsx';
import { WebSocket } from 'ws';
import type { FieldAccess } from '../../server/src/access/role.ts';
import { activeSegment, saveCustomer } from '../../server/src/testing/calls.ts';
import { documentOf, schema, selection } from './documents.ts';
import { answersRoute, operations, personRoute, routes, type Things } from './operations.ts';
import { samples } from './samples.ts';
import { shapes } from './shapes.ts';
import { keyOf, startWorld, type World } from './world.ts';

const roots = [schema.getQueryType()!, schema.getMutationType()!];

/** Types of which a value says by itself whose it is: they stand for all of the same access. */
const canaries = (
  ['TEXT', 'LONG_TEXT', 'NUMBER', 'MONEY', 'DATE', 'DATETIME', 'EMAIL', 'PHONE', 'URL', 'REGION'] as const
)
  .map((type) => JSON.stringify(samples[type].value).replaceAll('"', ''))
  .concat('13812341234', '71217', '90909.25');

let world: World;
let things: Things;
beforeAll(async () => {
  world = await startWorld();
  const { server, east } = world;
  const secret = keyOf('NUMBER');
  const segment = await activeSegment(server, 'secretly', {
    or: [{ '>': [{ var: secret }, 71_217] }, { '<': [{ var: secret }, 71_217] }],
  });
  await server.ask('mutation ($events: [EventInput!]!) { recordEvents(events: $events) }', {
    events: [{ customerId: east, type: 'order', at: '2026-01-01T00:00:00Z', amount: 90_909.25 }],
  });
  const [event] = await server.database.source.query<{ id: string }[]>('select id from event');
  const view = { name: 'x', shared: true, filter: { '>': [{ var: secret }, 71_217] }, sort: [], columns: [] };
  await server.call('mutation ($input: CustomerViewInput!) { saveCustomerView(input: $input) { id } }', {
    input: view,
  });
  const { updateCustomers } = await server.ask<{ updateCustomers: { id: string } }>(
    'mutation ($values: JSON!) { updateCustomers(selection: { ids: [] }, values: $values) { id } }',
    { values: { [secret]: 71_217 } },
  );
  const { saveRetentionRule } = await server.ask<{ saveRetentionRule: { id: string } }>(
    'mutation ($input: RetentionRuleInput!) { saveRetentionRule(input: $input) { id } }',
    { input: { name: 'x', rule: { '>': [{ var: secret }, 71_217] } } },
  );
  const { roles } = await server.ask<{ roles: { id: string }[] }>('{ roles { id } }');
  const [job, retention] = [updateCustomers.id, saveRetentionRule.id];
  const [segmentId, eventId, { form, review }] = [segment.id, event!.id, world];
  things = { east, segment: segmentId, event: eventId, role: roles[0]!.id, job, retention, form, review, secret };
});
afterAll(() => world.server.close());

/** The bytes of an answer in which a value stands that must not leave. */
function leaks(text: string): string[] {
  return canaries.filter((canary) => text.includes(canary));
}

async function answerTo(operation: string, token: string): Promise<string> {
  const variables = operations[operation]!(things);
  const response = await fetch(`${world.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: documentOf(operation, Object.keys(variables)), variables }),
  });
  return response.text();
}

const viewers = [
  ['HIDDEN', shapes[0]!],
  ['MASKED', shapes[0]!],
  ['HIDDEN', shapes[3]!],
] as const satisfies readonly (readonly [FieldAccess, (typeof shapes)[number]])[];

describe('the list of operations', () => {
  it('names every one that the schema has', () => {
    const all = roots.flatMap((root) => Object.keys(root.getFields()).map((name) => `${root.name}.${name}`));
    expect(Object.keys(operations).toSorted()).toEqual(all.toSorted());
  });

  it('finds what is hidden, when it is asked as the administrator', async () => {
    const told = await Promise.all(
      ['Query.customer', 'Query.auditLog', 'Query.segments', 'Query.retentionRules'].map((operation) =>
        answerTo(operation, world.server.token),
      ),
    );
    expect(leaks(told.join()).length).toBe(canaries.length);
    for (const operation of ['Query.submissions', 'Query.reviews'])
      expect(leaks(await answerTo(operation, world.server.token)).length).toBeGreaterThan(9);
  });
});

describe.each(viewers)('of what is %s', (access, shape) => {
  it(`P01 nothing leaves by any operation (${shape.name})`, async () => {
    const token = await world.viewer(shape, access);
    const leaking: string[] = [];
    for (const operation of Object.keys(operations)) {
      const text = await answerTo(operation, token);
      if (text.includes('GRAPHQL_VALIDATION_FAILED')) leaking.push(`${operation} was not asked: ${text}`);
      for (const canary of leaks(text)) leaking.push(`${operation}: ${canary}`);
    }
    expect(leaking).toEqual([]);
  });

  it(`nothing leaves by any address (${shape.name})`, async () => {
    const token = await world.viewer(shape, access);
    const leaking: string[] = [];
    const answers = [answersRoute(things.form), answersRoute(things.form, 'xlsx')];
    for (const route of [...routes, ...answers, personRoute(things.east)]) {
      const answer = await fetch(world.server.url + route, { headers: { authorization: `Bearer ${token}` } });
      if (answer.status !== 200) leaking.push(`${route} answers ${answer.status}`);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const text = route.includes('.xlsx') ? await cellsOf(bytes) : Buffer.from(bytes).toString();
      for (const canary of leaks(text)) leaking.push(`${route}: ${canary}`);
    }
    expect(leaking).toEqual([]);
  });

  it(`P10 nothing leaves by a subscription (${shape.name})`, async () => {
    const token = await world.viewer(shape, access);
    const client = createClient({
      url: `${world.server.url.replace('http', 'ws')}/graphql`,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
      webSocketImpl: WebSocket,
    });
    const told: string[] = [];
    const body = selection('Segment', 2);
    client.subscribe(
      { query: `subscription { segmentCounts ${body} }` },
      {
        next: (value) => void told.push(JSON.stringify(value)),
        error: (error) => void told.push(String(error)),
        complete: () => undefined,
      },
    );
    // It tells of what happens after it has begun, and of a segment that everybody may know to end.
    const open = await activeSegment(world.server, `open_${access.toLowerCase()}_${shapes.indexOf(shape)}`, {
      '==': [{ var: 'city' }, 'east'],
    });
    for (let tries = 0; tries < 40 && !told.some((text) => text.includes(open.id)); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      await saveCustomer(world.server, { values: { name: 'Cy', city: 'east', [keyOf('NUMBER')]: 48_151 } });
    }
    await client.dispose();
    expect(told.some((text) => text.includes(open.id))).toBe(true);
    expect(leaks(told.join())).toEqual([]);
  });
});

async function cellsOf(bytes: Uint8Array): Promise<string> {
  const rows: unknown[] = [];
  for await (const { values } of streamXlsxRows(bytes)) rows.push(values);
  return JSON.stringify(rows);
}
