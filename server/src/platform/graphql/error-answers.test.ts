import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cuttableDatabase, type CuttableDatabase } from '../../testing/cuttable-database.ts';
import { keptLog } from '../../testing/kept-log.ts';
import { createTestDatabase, startTestServer, type TestServer } from '../../testing/test-server.ts';

let server: TestServer;
let way: CuttableDatabase;
const { log, lines } = keptLog();

beforeAll(async () => {
  way = await cuttableDatabase(await createTestDatabase());
  server = await startTestServer({ log, databaseUrl: way.url });
});
afterAll(async () => {
  await server.close();
  way.close();
});

/** What no answer may hold: places in the code, SQL, names of tables, hints. */
const LEAKS =
  /\bat .*\.(ts|js)|stack|node_modules|select |insert |relation|column \\\\?"|app_user|rule_set|postgres|QueryFailed|did you mean|\/server\//i;

describe('P60 answers to what fails', () => {
  it('P60 a mistake of ours: no detail for the caller, all of it but values in the log', async () => {
    await server.database.source.query('set role none; alter table segment rename to segment_away');
    try {
      const { status, data, errors } = await server.call<null>(
        '{ segments { id } }',
        {},
        { headers: { 'x-request-id': 'here' } },
      );
      expect({ status, data, errors }).toEqual({
        status: 200,
        data: null,
        errors: [
          {
            message: 'Something went wrong on the server',
            path: ['segments'],
            locations: [{ line: 1, column: 3 }],
            extensions: { code: 'INTERNAL' },
          },
        ],
      });
      const inChinese = { headers: { 'accept-language': 'zh-CN' } };
      expect((await server.call('{ segments { id } }', {}, inChinese)).errors?.[0]?.message).toBe('服务器出错了');
    } finally {
      await server.database.source.query('set role none; alter table segment_away rename to segment');
    }
    const line = lines
      .map((each) => JSON.parse(each) as Record<string, unknown>)
      .find(({ level }) => level === 'error');
    expect(line).toMatchObject({ requestId: 'here', err: { code: '42P01' } });
  });

  it.each([
    ['a field that is not there', '{ mee { id } }'],
    ['part of one', '{ me { emai } }'],
    ['an argument that is not there', '{ customers(frst: 1) { totalCount } }'],
    ['a type that is not there', 'query ($rule: Rulee) { limits }'],
    ['an enum value that is not there', 'mutation { createField(input: { key: "a", type: TEX, label: "a" }) { key } }'],
    ['no GraphQL', '{ me {'],
    ['an operation that is not there', 'fragment A on User { id }'],
  ])('P60 %s: no hint, no stack', async (_, query) => {
    const answer = await server.call(query);
    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]?.extensions.code).toMatch(/^[A-Z_]+$/);
    expect(JSON.stringify(answer.errors)).not.toMatch(LEAKS);
    for (const { extensions } of answer.errors ?? []) expect(Object.keys(extensions)).toEqual(['code']);
  });

  it.each([
    ['GET', '/graphql/', undefined],
    ['POST', '/graphql', '{"query":'],
    ['POST', '/nowhere', '{}'],
    ['GET', '/health/none', undefined],
    ['GET', '/%', undefined],
  ])('P60 %s %s: no stack', async (method, path, body) => {
    const answer = await fetch(server.url + path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body }),
    });
    expect(await answer.text()).not.toMatch(LEAKS);
    expect(answer.headers.get('x-powered-by')).toBeNull();
  });

  it.each([
    getIntrospectionQuery(),
    '{ __type(name: "User") { name } }',
    '{ ...A } fragment A on Query { __schema { types { name } } }',
    '{ limits s: __schema { types { name } } }',
  ])('P60 the schema is told to nobody who is not signed in (%#)', async (query) => {
    const answer = await server.call(query, {}, { token: null });
    expect({ status: answer.status, data: answer.data }).toEqual({ status: 400, data: undefined });
    expect(JSON.stringify(answer)).not.toContain('"User"');
  });

  it('P60 the schema is told to who is', async () => {
    expect((await server.call(getIntrospectionQuery())).errors).toBeUndefined();
  });
});

describe('the language of a refusal', () => {
  const refusal = (language: string) =>
    server.call(
      'mutation { createField(input: { key: "Bad Key", type: TEXT, label: "" }) { key } }',
      {},
      { headers: { 'accept-language': language } },
    );

  it.each([
    ['en', 'Some entries need correction'],
    ['en-GB,zh;q=0.5', 'Some entries need correction'],
    ['zh-CN', '有内容需要改正'],
    ['fr', '有内容需要改正'],
    ['', '有内容需要改正'],
  ])('%j', async (language, message) => {
    const { status, errors } = await refusal(language);
    expect({ status, message: errors?.[0]?.message }).toEqual({ status: 200, message });
    const issues = errors?.[0]?.extensions['issues'] as { path: string; code: string; message: unknown }[];
    expect(issues.map(({ path }) => path).toSorted()).toEqual(['key', 'label']);
    for (const issue of issues) expect(issue.message).toEqual(expect.any(String));
  });
});

describe('a database that is away', () => {
  it('is said to be unavailable at every call, signed in or not, until it is back', async () => {
    const codes = async () => [
      (await server.call('{ me { id } }')).errors?.[0]?.extensions,
      (await server.call('mutation { login(email: "a@b.c", password: "d") { token } }', {}, { token: null }))
        .errors?.[0]?.extensions,
      (await server.call('{ customers { totalCount } }')).errors?.[0]?.extensions,
    ];
    way.cut();
    const unavailable = { code: 'UNAVAILABLE', retryAfter: 5 };
    expect(await codes()).toEqual([unavailable, unavailable, unavailable]);
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    way.mend();
    expect((await codes()).map((each) => each?.code)).toEqual([undefined, 'UNAUTHENTICATED', undefined]);
  });
});
