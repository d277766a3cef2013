import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  // The first request of a process pays for what the others find ready.
  await server.ask('{ me { id } }');
});
afterAll(() => server.close());

const LEAVES = 'id version createdAt updatedAt values';

const nested = (depth: number): string =>
  depth === 0 ? 'name' : `segment { members { nodes { memberships { ${nested(depth - 1)} } } } }`;
const times = (n: number, part: (index: number) => string) =>
  Array.from({ length: n }, (_, index) => part(index)).join(' ');

/** Deep and broad enough to cost too much, with few tokens. */
const costly = times(
  14,
  (index) =>
    `a${index}: customers { nodes { ${times(3, () => `memberships { segment { members { nodes { ${times(4, () => LEAVES)} } } } }`)} } }`,
);

/** Each fragment spreads the next one twice: 2^n fields from few words. */
function doubling(n: number): string {
  const fragments = times(n, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`);
  return `{ ...F0 } ${fragments} fragment F${n} on Query { limits me { id name active } }`;
}

/** Documents that ask for too much, each by the limit that it meets. */
const greedy: readonly [string, string, RegExp][] = [
  ['depth', `{ customers { nodes { memberships { ${nested(3)} } } } }`, /depth limit of 12/],
  [
    'depth within fragments',
    `{ customers { nodes { ...A } } } fragment A on Customer { memberships { ${nested(3)} } }`,
    /depth limit of 12/,
  ],
  ['aliases', `{ ${times(16, (index) => `a${index}: limits`)} }`, /Aliases limit of 15/],
  [
    'aliases within a fragment',
    `{ ...A } fragment A on Query { ${times(16, (index) => `a${index}: limits`)} }`,
    /Aliases limit of 15/,
  ],
  ['the same field again and again', `{ ${times(3_000, () => 'limits')} }`, /2000 tokens/],
  ['directives', `{ limits ${times(51, () => '@include(if: true)')} }`, /Directives limit of 50/],
  ['tokens', `{ customers { nodes { ${times(450, () => LEAVES)} } } }`, /2000 tokens/],
  ['a long string of brackets', `{ ${'{ a '.repeat(5_000)}`, /Syntax Error/],
  ['cost', `{ ...A } fragment A on Query { ${costly} }`, /Cost limit of 20000/],
  ['a fragment that spreads itself', '{ ...A } fragment A on Query { limits ...A }', /Cannot spread fragment/],
  [
    'fragments in a circle',
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...C limits } fragment C on Query { ...A }',
    /Cannot spread fragment/,
  ],
  ['fragments that double each time', doubling(24), /limit of/],
  [
    'the types of the types of the schema',
    '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }',
    /introspection depth/,
  ],
];

describe('P51 documents that ask too much', () => {
  it.each(greedy)('P51 %s: refused before anything is run, and quickly', async (_, query, reason) => {
    const started = performance.now();
    const { status, data, errors } = await server.call(query);
    const ms = performance.now() - started;
    expect({ status, data }).toEqual({ status: 400, data: undefined });
    expect(errors?.map(({ message }) => message).join('\n')).toMatch(reason);
    expect(errors?.[0]?.extensions.code).toMatch(/^GRAPHQL_(VALIDATION|PARSE)_FAILED$/);
    // 50 ms of a quiet machine; that of a test run is not. What runs away takes many seconds.
    expect(ms).toBeLessThan(1_000);
  });

  it.each(greedy)('P51 %s: also from somebody who is not signed in', async (_, query) => {
    expect((await server.call(query, {}, { token: null })).status).toBe(400);
  });

  it('P51 a batch of requests', async () => {
    const response = await post(JSON.stringify([{ query: '{ limits }' }, { query: '{ limits }' }]));
    expect(response.status).toBe(400);
  });

  it('lets through what the web app asks for: pages of 500 with all their parts', async () => {
    await server.ask(
      `query ($first: Int) { customers(first: $first, sort: [{ field: "created_at" }]) {
        totalCount pageInfo { hasNextPage endCursor }
        nodes { ${LEAVES} owner { id name } memberships { since segment { id key name } } } } }`,
      { first: 500 },
    );
    await server.ask(
      '{ segments { id key name status ruleText memberCount members(first: 50) { totalCount nodes { id values } pageInfo { endCursor } } versions { number rule savedAt savedBy { name } } } }',
    );
  });
});

describe('P52 sizes of pages', () => {
  const PAGE = 'query ($first: Int) { customers(first: $first) { nodes { id } } }';

  it.each([-1, 0, 501, 1e9, 2 ** 31 - 1, -(2 ** 31)])('P52 %d is refused with the limit', async (first) => {
    const { status, data, errors } = await server.call(PAGE, { first });
    expect({ status, data, ...errors?.[0]?.extensions }).toEqual({
      status: 200,
      data: null,
      code: 'LIMIT_EXCEEDED',
      limit: 'page',
      max: 500,
    });
  });

  it.each([2 ** 31, 1.5, 'NaN', '1', true, [1, 2], {}])('P52 %j is no size', async (first) => {
    expect(await server.call(PAGE, { first })).toMatchObject({ status: 400, errors: [{}] });
  });

  it.each(['2147483648', '1.5', 'NaN', '"1"', '1e3'])('P52 %s in the document is no size', async (first) => {
    expect(await server.call(`{ customers(first: ${first}) { nodes { id } } }`)).toMatchObject({ status: 400 });
  });

  it('P52 null is the usual size', async () => {
    expect((await server.call(PAGE, { first: null })).errors).toBeUndefined();
  });
});

describe('P53 fragments and fields that overlap', () => {
  const overlapping: readonly [string, string][] = [
    ['as many fields as the limit of tokens lets through', `{ ${times(490, () => 'me { id }')} }`],
    [
      '1,000 fragments',
      `{ ${times(1_000, (i) => `...F${i}`)} } ${times(1_000, (i) => `fragment F${i} on Query { me { id } }`)}`,
    ],
    [
      'as many as the limit of tokens lets through',
      `{ ${times(150, (i) => `...F${i}`)} } ${times(150, (i) => `fragment F${i} on Query { me { id } }`)}`,
    ],
    ['1,000 fields', `{ ${times(1_000, () => 'me { id }')} }`],
    ['fields within fields', `{ ${times(20, () => `me { ${times(10, () => 'roles { id name }')} }`)} }`],
  ];

  it.each(overlapping)('P53 %s: answered quickly', async (_, query) => {
    const started = performance.now();
    await server.call(query);
    // 200 ms of a quiet machine.
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

function post(body: string | Buffer, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> {
  return fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${server.token}`, ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
    ...init,
  });
}

describe('P54 requests that a page of another site could make', () => {
  const mutation = 'mutation { logout }';
  const json = JSON.stringify({ query: mutation });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    '',
    'text/plain; application/json',
  ])('P54 POST as %j', async (type) => {
    expect((await post(json, { 'content-type': type })).status).toBeGreaterThanOrEqual(400);
  });

  it.each([mutation, '{ limits }'])('P54 GET %s', async (query) => {
    const address = `${server.url}/graphql?query=${encodeURIComponent(query)}`;
    const answer = await fetch(address, { headers: { authorization: `Bearer ${server.token}` } });
    expect(answer.status).toBe(400);
  });

  it('P54 GET of a mutation that passes for no simple request', async () => {
    const address = `${server.url}/graphql?query=${encodeURIComponent(mutation)}`;
    const headers = { authorization: `Bearer ${server.token}`, 'apollo-require-preflight': '1' };
    expect((await fetch(address, { headers })).status).toBe(405);
  });

  it('P54 has ended no session, and no answer allows another origin', async () => {
    const answer = await post('{"query":"{ me { id } }"}', { origin: 'https://elsewhere.example' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ data: { me: {} } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('P55 other ways to the same schema', () => {
  it.each(['text/event-stream', 'multipart/mixed; subscriptionSpec=1.0, application/json'])(
    'P55 the limits hold for who accepts %s',
    async (accept) => {
      const answer = await post(JSON.stringify({ query: greedy[0]![1] }), { accept });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    },
  );
});

describe('P56 bodies', () => {
  const bomb = gzipSync(Buffer.concat([Buffer.from('{"query":"'), Buffer.alloc(60_000_000, 0x20), Buffer.from('"}')]));
  const deep = (n: number) =>
    `{"query":"query ($f: Rule) { customers(filter: $f) { totalCount } }","variables":{"f":${'['.repeat(n)}${']'.repeat(n)}}}`;
  const text = '{"query":"{ limits }"}';

  it.each<[string, () => string | Buffer, Record<string, string>, number]>([
    ['50 MB', () => Buffer.alloc(50_000_000, 0x20), {}, 413],
    ['a gzip bomb', () => bomb, { 'content-encoding': 'gzip' }, 413],
    ['utf-16', () => Buffer.from(text, 'utf16le'), { 'content-type': 'application/json; charset=utf-16le' }, 415],
    ['utf-32', () => text, { 'content-type': 'application/json; charset=utf-32' }, 415],
    ['an encoding that is none', () => text, { 'content-encoding': 'zip' }, 415],
    ['half of it', () => text.slice(0, 10), {}, 400],
    ['500,000 levels', () => deep(500_000), {}, 400],
    ['300 levels', () => deep(300), {}, 400],
    ['nothing', () => '', {}, 400],
    ['null', () => 'null', {}, 400],
    ['a number', () => '{"query": 7}', {}, 400],
    ['variables that are none', () => '{"query": "{ limits }", "variables": [1]}', {}, 400],
  ])('P56 %s: refused, and the process lives', async (_, body, headers, status) => {
    const answered = await post(body(), headers).then(
      (answer) => answer.status,
      // The server may close a connection before a big body is all sent.
      () => status,
    );
    expect(answered).toBe(status);
    expect((await post(text)).status).toBe(200);
  });

  it('P56 what is deep but may be sent is refused by the check of rules', async () => {
    const answer = (await (await post(deep(190))).json()) as { errors: { extensions: { code: string } }[] };
    expect(answer.errors[0]?.extensions.code).toBe('RULE_INVALID');
  });
});
