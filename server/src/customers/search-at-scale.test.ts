import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFields } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

/** Enough for each way of a search: among the newest, by the index where few are found, one by one where many are. */
const COUNT = 15_000;

let server: TestServer;

/** The n-th customer has the word that is asked for, and nothing else that is. */
function nameOf(n: number): string {
  if (n === 5) return '唯一';
  if (n < 6_000) return `很多 ${n}`;
  return `newest${n}`;
}

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [{ key: 'name', type: 'TEXT', label: '姓名' }]);
  await server.database.source.query(
    `insert into customer (id, version, created_at, updated_at, f_name)
     select ('018f0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 1, now(), now(), name
       from unnest($1::text[]) with ordinality as given(name, n)`,
    [Array.from({ length: COUNT }, (_, n) => nameOf(n))],
  );
  await server.close();
  // As after a change of the spelling rules: another start makes what customers are found by.
  server = await startTestServer({ databaseUrl: await emptyIndex() });
}, 60_000);
afterAll(() => server.close());

async function emptyIndex(): Promise<string> {
  const { url } = server.database.source.options as { url: string };
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('update search_index set edition = 0');
  await client.end();
  return url;
}

const SEARCH = `query ($search: String, $first: Int, $after: String) { customers(search: $search, first: $first, after: $after) {
  nodes { values } totalCount pageInfo { hasNextPage endCursor } } }`;

interface Found {
  customers: {
    nodes: { values: { name: string } }[];
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

/** Everybody whom a search finds, in as many pages as it takes. */
async function found(search: string, first = 500): Promise<readonly string[]> {
  const names: string[] = [];
  for (let after: string | null = null; ;) {
    const { customers }: Found = await server.ask(SEARCH, { search, first, after });
    names.push(...customers.nodes.map(({ values }) => values.name));
    expect(customers.nodes.length).toBeLessThanOrEqual(first);
    if (!customers.pageInfo.hasNextPage) {
      expect(customers.totalCount).toBe(names.length);
      return names;
    }
    after = customers.pageInfo.endCursor;
  }
}

test('what customers are found by is made at the start, and then every way finds the same, page by page', async () => {
  for (let done = false; !done; await sleep(50)) {
    const [index] = await server.database.source.query<{ edition: number }[]>('select edition from search_index');
    done = index?.edition === 1;
  }
  const newestFirst = (names: readonly string[]) => names.toReversed();
  const all = Array.from({ length: COUNT }, (_, n) => nameOf(n));
  // One customer, far behind the newest: by the index.
  expect(await found('weiyi')).toEqual(['唯一']);
  // More than are fetched by their ids, none of them among the newest: one by one.
  expect(await found('henduo')).toEqual(newestFirst(all.filter((name) => name.startsWith('很多'))));
  // Among the newest.
  expect(await found('newest149')).toEqual(newestFirst(all.filter((name) => name.startsWith('newest149'))));
  // Two words, of which one is rare.
  expect(await found('很多 4321')).toEqual(['很多 4321']);
}, 60_000);
