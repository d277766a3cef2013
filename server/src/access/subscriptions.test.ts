import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type Client, type FormattedExecutionResult } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { newId } from '../platform/uuid.ts';
import { activeSegment, createFields, saveCustomer } from '../testing/calls.ts';
import { createTestDatabase, startTestServer, type TestServer } from '../testing/test-server.ts';

const COUNTS = 'subscription { segmentCounts { key memberCount restricted } }';

/** Two processes on one database: customers are saved by one, and the other tells. */
let server: TestServer;
let other: TestServer;
let clients: Client[] = [];

beforeAll(async () => {
  const databaseUrl = await createTestDatabase();
  server = await startTestServer({ databaseUrl });
  other = await startTestServer({ databaseUrl });
  await createFields(server, [{ key: 'spend', type: 'NUMBER', label: '消费' }]);
  await activeSegment(server, 'rich', { '>': [{ var: 'spend' }, 100] });
});
afterEach(async () => {
  for (const client of clients) await client.dispose();
  clients = [];
});
afterAll(async () => {
  await server.close();
  await other.close();
});

interface Opening {
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

function connect({ token = server.token, headers = {} }: Opening = {}): Client {
  class Socket extends WebSocket {
    constructor(address: string, protocols: string[]) {
      super(address, protocols, { headers });
    }
  }
  const client = createClient({
    url: `${other.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: Socket,
    retryAttempts: 0,
    connectionParams: { language: 'en', ...(token !== null && { authorization: `Bearer ${token}` }) },
  });
  clients.push(client);
  return client;
}

type Answers = AsyncIterableIterator<FormattedExecutionResult<Record<string, unknown>, unknown>>;

function subscribe(query: string, opening?: Opening, variables: Record<string, unknown> = {}): Answers {
  return connect(opening).iterate<Record<string, unknown>>({ query, variables });
}

/** The close code or the first error that a subscription ends with before it tells anything. */
async function refusalOf(answers: Answers): Promise<unknown> {
  try {
    const { value, done } = await answers.next();
    return done ? 'ended' : (value.errors?.[0]?.extensions?.['code'] ?? value);
  } catch (error) {
    if (Array.isArray(error)) return (error[0] as { extensions?: { code?: string } }).extensions?.code;
    return (error as { code?: number }).code;
  }
}

/** Saves one after another until the subscription, which begins at a moment of its own, has told of one. */
async function told(answers: Answers, spend: number): Promise<unknown> {
  const next = answers.next();
  for (;;) {
    await saveCustomer(server, { values: { spend } });
    const message = await Promise.race([next, sleep(200)]);
    if (message) return message.done ? 'ended' : message.value.data;
  }
}

describe('a subscription', () => {
  test('tells of counts that change in another process', async () => {
    const answers = subscribe(COUNTS);
    expect(await told(answers, 200)).toEqual({
      segmentCounts: { key: 'rich', memberCount: expect.any(Number) as unknown, restricted: null },
    });
  });

  test('tells of a job until it has ended', async () => {
    const { customer } = await saveCustomer(server, { values: { spend: 1 } });
    const { updateCustomers } = await server.ask<{ updateCustomers: { id: string } }>(
      'mutation ($ids: [ID!]) { updateCustomers(selection: { ids: $ids }, values: { spend: 2 }) { id } }',
      { ids: [customer.id] },
    );
    const states = [];
    for await (const { data } of subscribe('subscription ($id: ID!) { job(id: $id) { status } }', {}, updateCustomers))
      states.push((data as { job: { status: string } }).job.status);
    expect(states.at(-1)).toBe('SUCCEEDED');
  });

  test.each<[string, () => Answers, unknown]>([
    ['P10, of nobody', () => subscribe(COUNTS, { token: null }), 4403],
    ['with a token that is none', () => subscribe(COUNTS, { token: 'none' }), 4403],
    ['of a job that is not there', () => subscribe(`subscription { job(id: "${newId()}") { id } }`), 'NOT_FOUND'],
    ['P55, that is a query', () => subscribe('{ me { id } }'), 'GRAPHQL_VALIDATION_FAILED'],
    ['of what is not there', () => subscribe('subscription { nothing }'), 'GRAPHQL_VALIDATION_FAILED'],
    [
      'P55, with too many words',
      () => subscribe(`subscription { segmentCounts { ${'key '.repeat(2_001)} } }`),
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['P55, that is too deep', () => subscribe(`subscription { segmentCounts { ${deep(4)} } }`), 'BAD_USER_INPUT'],
    [
      'P55, with too many aliases',
      () => subscribe(`subscription { segmentCounts { ${aliases(20)} } }`),
      'BAD_USER_INPUT',
    ],
    [
      'by the cookie of a page of somebody else',
      () =>
        subscribe(COUNTS, {
          token: null,
          headers: { cookie: `kequn_session=${server.token}`, origin: 'https://evil.example' },
        }),
      4403,
    ],
  ])('%s is refused', async (_, open, code) => {
    expect(await refusalOf(open())).toBe(code);
  });

  test('by the cookie of a page of ours is served', async () => {
    const headers = { cookie: `kequn_session=${server.token}`, origin: other.url };
    expect(await told(subscribe(COUNTS, { token: null, headers }), 300)).toMatchObject({
      segmentCounts: { key: 'rich' },
    });
  });

  test('P10 P62: tells nothing any more of a right that was taken away, and ends with the session', async () => {
    const roleId = newId();
    const { source } = server.database;
    await source.query(`insert into role (id, name, capabilities, default_access) values ($1, 'r', '{}', 'READ')`, [
      roleId,
    ]);
    await source.query('update rule_set set version = version + 1');
    const token = await server.signInAs([roleId]);
    const answers = subscribe(COUNTS, { token });
    expect(await told(answers, 200)).toMatchObject({ segmentCounts: { restricted: null } });
    await source.query(`insert into role_field_access values ($1, 'spend', 'HIDDEN')`, [roleId]);
    await source.query('update rule_set set version = version + 1');
    const next = answers.next();
    await saveCustomer(server, { values: { spend: 400 } });
    expect(await Promise.race([next, sleep(3_000, 'quiet')])).toBe('quiet');
    await source.query(`delete from role_field_access where role_id = $1`, [roleId]);
    await source.query(`update rule_set set version = version + 1`);
    await source.query('delete from session where user_id in (select user_id from user_role where role_id = $1)', [
      roleId,
    ]);
    await saveCustomer(server, { values: { spend: 500 } });
    expect((await next).done).toBe(true);
  });

  test('leaves room for fifty on one connection', async () => {
    const client = connect();
    const all = Array.from({ length: 51 }, () => client.iterate({ query: COUNTS }));
    expect(await refusalOf(all.at(-1) as Answers)).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

/** Members in the segments of members, so many times. */
function deep(times: number): string {
  const around = 'members(first: 1) { nodes { memberships { segment { ';
  return `${around.repeat(times)} id ${'} '.repeat(4 * times)}`;
}

/** One field by so many names. */
function aliases(count: number): string {
  return Array.from({ length: count }, (_, index) => `k${index}: key`).join(' ');
}
