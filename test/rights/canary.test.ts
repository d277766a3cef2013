import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, getNamedType, isObjectType, isRequiredArgument, type GraphQLObjectType } from 'graphql';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { streamXlsxRows } from 'hucre/xlsx';
import { WebSocket } from 'ws';
import type { FieldAccess } from '../../server/src/access/role.ts';
import { activeSegment, saveCustomer } from '../../server/src/testing/calls.ts';
import { operations, routes, type Things } from './operations.ts';
import { samples } from './samples.ts';
import { shapes } from './shapes.ts';
import { keyOf, startWorld, type World } from './world.ts';

const schema = buildSchema(readFileSync(path.join(import.meta.dirname, '../../server/schema.graphql'), 'utf8'));
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
  const { roles } = await server.ask<{ roles: { id: string }[] }>('{ roles { id } }');
  things = { east, segment: segment.id, event: event!.id, role: roles[0]!.id, job: updateCustomers.id, secret };
});
afterAll(() => world.server.close());

/** Everything that a type tells without being asked for more, to a depth. */
function selection(type: GraphQLObjectType, depth: number): string {
  const fields = Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
  const parts = fields.map(({ name, type: of }) => {
    const inner = getNamedType(of);
    if (!isObjectType(inner)) return name;
    return depth === 0 ? '' : `${name} ${selection(inner, depth - 1)}`;
  });
  return `{ __typename ${parts.join(' ')} }`;
}

function documentOf(operation: string, given: readonly string[]): string {
  const [root, name] = operation.split('.') as [string, string];
  const field = (schema.getType(root) as GraphQLObjectType).getFields()[name]!;
  const args = field.args.filter((arg) => given.includes(arg.name));
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const type = getNamedType(field.type);
  const body = isObjectType(type) ? selection(type, 2) : '';
  return `${root.toLowerCase()}${declared && `(${declared})`} { ${name}${passed && `(${passed})`} ${body} }`;
}

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
      ['Query.customer', 'Query.auditLog', 'Query.segments'].map((operation) =>
        answerTo(operation, world.server.token),
      ),
    );
    expect(leaks(told.join()).length).toBe(canaries.length);
  });
});

describe.each(viewers)('of what is %s', (access, shape) => {
  it(`nothing leaves by any operation (${shape.name})`, async () => {
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
    for (const route of routes) {
      const answer = await fetch(world.server.url + route, { headers: { authorization: `Bearer ${token}` } });
      if (answer.status !== 200) leaking.push(`${route} answers ${answer.status}`);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const text = route.endsWith('xlsx') ? await cellsOf(bytes) : Buffer.from(bytes).toString();
      for (const canary of leaks(text)) leaking.push(`${route}: ${canary}`);
    }
    expect(leaking).toEqual([]);
  });

  it(`nothing leaves by a subscription (${shape.name})`, async () => {
    const token = await world.viewer(shape, access);
    const client = createClient({
      url: `${world.server.url.replace('http', 'ws')}/graphql`,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
      webSocketImpl: WebSocket,
    });
    const told: string[] = [];
    const body = selection(schema.getType('Segment') as GraphQLObjectType, 2);
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
