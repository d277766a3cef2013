import { createHash } from 'node:crypto';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../platform/context.ts';
import { keptLog } from '../testing/kept-log.ts';
import { admin, type CallOptions, startTestServer, type TestServer } from '../testing/test-server.ts';
import { builtInRoles } from './role.ts';

const DAY_MS = 86_400_000;
const LOGIN =
  'mutation ($email: String!, $password: String!) { login(email: $email, password: $password) { token expiresAt user { id } } }';
const ME = '{ me { id email } }';

let server: TestServer;
let shift = 0;
const clock: Clock = { now: () => Promise.resolve(new Date(Date.now() + shift).toISOString()) };
const { log, lines } = keptLog();

beforeAll(async () => {
  server = await startTestServer({ clock, log });
});
beforeEach(async () => {
  shift = 0;
  await server.database.source.query('delete from login_failure');
});
afterAll(() => server.close());

const logIn = (email: string, password: string, options: CallOptions = {}) =>
  server.call<{ login: { token: string; expiresAt: string } }>(LOGIN, { email, password }, { token: null, ...options });

const codeOf = async (query: string, token: string | null, variables?: object) =>
  (await server.call(query, variables, { token })).errors?.[0]?.extensions.code;

const signIn = () => server.signInAs([builtInRoles.staff]);

async function userOf(token: string): Promise<string> {
  return (await server.ask<{ me: { id: string } }>(ME, {}, { token })).me.id;
}

describe('signing in', () => {
  it('takes the e-mail in any case and gives a session of 30 days', async () => {
    const { data } = await logIn(` ${admin.email.toUpperCase()} `, admin.password);
    expect(Date.parse(data.login.expiresAt) - Date.now()).toBeGreaterThan(29.9 * DAY_MS);
    expect(await codeOf(ME, data.login.token)).toBeUndefined();
  });

  it('is needed for everything but itself', async () => {
    const queries = [
      ME,
      '{ users { id } }',
      '{ limits }',
      '{ customers { totalCount } }',
      '{ segments { id } }',
      'mutation { logout }',
    ];
    const codes = await Promise.all(queries.map((query) => codeOf(query, null)));
    expect(codes).toEqual(queries.map(() => 'UNAUTHENTICATED'));
  });

  it('keeps a cookie that scripts cannot read; a bearer token wins over it', async () => {
    const ask = (headers: Record<string, string>, query: string) =>
      fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query }),
      });
    const entered = await ask(
      {},
      `mutation { login(email: "${admin.email}", password: "${admin.password}") { token } }`,
    );
    const cookie = entered.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^kequn_session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    const session = cookie.split(';')[0]!;
    expect(await (await ask({ cookie: session }, ME)).json()).toMatchObject({ data: { me: { email: admin.email } } });
    const other = await ask({ cookie: session, authorization: 'Bearer nonsense' }, ME);
    expect(await other.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it.each(['', '\u0000', 'a\u0000b@example.com', '\ud800@example.com', 'x'.repeat(100_000)])(
    'refuses what cannot be an e-mail like any other: %#',
    async (email) => {
      expect(await codeOf(LOGIN, null, { email, password: 'x\u0000y' })).toBe('UNAUTHENTICATED');
    },
  );
});

describe('P61 tokens of others', () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it.each([
    ['alg none', `${part({ alg: 'none' })}.${part({ sub: admin.email, admin: true })}.`],
    ['HS256 with a guessed key', `${part({ alg: 'HS256' })}.${part({ sub: admin.email })}.c2lnbmF0dXJl`],
    ['nothing', '""'],
    ['SQL', `'or'1'='1`],
    ['a long one', 'a'.repeat(8_000)],
  ])('P61 %s opens nothing', async (_, token) => {
    expect(await codeOf(ME, token)).toBe('UNAUTHENTICATED');
  });

  it('P61 the stored form of a token is none', async () => {
    const token = await signIn();
    const stored = createHash('sha256').update(token).digest();
    for (const form of ['hex', 'base64', 'base64url'] as const)
      expect(await codeOf(ME, stored.toString(form))).toBe('UNAUTHENTICATED');
  });
});

describe('P62 the end of a session is one at once', () => {
  it('P62 logout: of this session, not of the user’s others', async () => {
    const token = await signIn();
    const mine = (await logIn(admin.email, admin.password)).data.login.token;
    expect((await server.call<unknown>('mutation { logout }', {}, { token: mine })).data).toEqual({ logout: true });
    expect([await codeOf(ME, mine), await codeOf(ME, server.token), await codeOf(ME, token)]).toEqual([
      'UNAUTHENTICATED',
      undefined,
      undefined,
    ]);
  });

  it('P62 deactivating a user, who cannot come in again either', async () => {
    const token = await signIn();
    const id = await userOf(token);
    await server.database.source.query('update app_user set active = false where id = $1', [id]);
    expect(await codeOf(ME, token)).toBe('UNAUTHENTICATED');
    expect((await logIn(`${id}@example.com`, admin.password)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('P62 taking a role away', async () => {
    const token = await server.signInAs([builtInRoles.administrator]);
    const create = (key: string) =>
      codeOf('mutation ($input: FieldInput!) { createField(input: $input) { key } }', token, {
        input: { key, type: 'TEXT', label: key },
      });
    expect(await create('one')).toBeUndefined();
    await server.database.source.query('delete from user_role where user_id = $1', [await userOf(token)]);
    expect(await create('two')).toBe('FORBIDDEN');
  });

  it('P62 a new password ends all sessions of the user, and the old one opens none', async () => {
    const token = await signIn();
    const email = `${await userOf(token)}@example.com`;
    const second = (await logIn(email, admin.password)).data.login.token;
    const CHANGE = 'mutation ($old: String!, $new: String!) { changePassword(old: $old, new: $new) }';
    const wrong = await server.call(CHANGE, { old: 'wrong', new: 'short' }, { token });
    expect(wrong.errors?.[0]?.extensions).toMatchObject({
      code: 'VALIDATION_FAILED',
      issues: [
        { path: 'new', code: 'TOO_SHORT', message: 'At least 8 characters' },
        { path: 'old', code: 'INVALID' },
      ],
    });
    await server.ask(CHANGE, { old: admin.password, new: 'another horse' }, { token });
    expect([await codeOf(ME, token), await codeOf(ME, second), await codeOf(ME, server.token)]).toEqual([
      'UNAUTHENTICATED',
      'UNAUTHENTICATED',
      undefined,
    ]);
    expect((await logIn(email, admin.password)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await logIn(email, 'another horse')).errors).toBeUndefined();
  });

  it.each([
    ['7', 'TOO_SHORT'],
    ['129', 'TOO_LONG'],
  ])('a new password of %s characters is refused', async (length, code) => {
    const { errors } = await server.call(
      'mutation ($new: String!) { changePassword(old: "correct horse", new: $new) }',
      { new: '字'.repeat(Number(length)) },
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'VALIDATION_FAILED', issues: [{ path: 'new', code }] });
  });

  it.each([8, 128])('a new password of %d characters is one', async (length) => {
    const token = await signIn();
    const email = `${await userOf(token)}@example.com`;
    const password = '密'.repeat(length);
    await server.ask(
      'mutation ($new: String!) { changePassword(old: "correct horse", new: $new) }',
      { new: password },
      { token },
    );
    expect((await logIn(email, password)).errors).toBeUndefined();
  });

  it('P62 a sign-in with the old password that comes in beside the change does not outlast it', async () => {
    const token = await signIn();
    const id = await userOf(token);
    const changing = server.database.source.createQueryRunner();
    await changing.startTransaction();
    await changing.query(`update app_user set password_hash = 'other' where id = $1`, [id]);
    await changing.query('delete from session where user_id = $1', [id]);
    const beside = logIn(`${id}@example.com`, admin.password);
    await Promise.race([beside, sleep(1_000)]);
    await changing.commitTransaction();
    await changing.release();
    expect((await beside).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(await server.database.source.query('select 1 from session where user_id = $1', [id])).toEqual([]);
  });

  it('P62 a session ends after 7 days without use', async () => {
    const token = await signIn();
    for (const [days, code] of [
      [6.9, undefined],
      [13.8, undefined],
      [20.9, 'UNAUTHENTICATED'],
    ] as const) {
      shift = days * DAY_MS;
      expect(await codeOf(ME, token), `${days}`).toBe(code);
    }
  });

  it('P62 a session ends after 30 days, used or not', async () => {
    const token = await signIn();
    for (const days of [6, 12, 18, 24, 29.9]) {
      shift = days * DAY_MS;
      expect(await codeOf(ME, token), `${days}`).toBeUndefined();
    }
    shift = 30.1 * DAY_MS;
    expect(await codeOf(ME, token)).toBe('UNAUTHENTICATED');
  });
});

describe('P63 guessing', () => {
  const failures = async (n: number, email: (index: number) => string = () => admin.email) => {
    const codes = [];
    for (let index = 0; index < n; index += 1)
      codes.push((await logIn(email(index), 'wrong')).errors?.[0]?.extensions.code);
    return codes;
  };

  it('P63 is refused after ten failures with one e-mail, the right password too, and for ten minutes', async () => {
    expect(await failures(11)).toEqual([...Array<string>(10).fill('UNAUTHENTICATED'), 'RATE_LIMITED']);
    const right = await logIn(admin.email, admin.password);
    expect(right.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 600 });
    shift = 10 * 60_000 + 1_000;
    expect((await logIn(admin.email, admin.password)).errors).toBeUndefined();
  });

  it('P63 is refused after ten failures from one address, whatever e-mails and X-Forwarded-For say', async () => {
    await failures(10, (index) => `somebody${index}@example.com`);
    for (const from of ['203.0.113.9', '203.0.113.10, 127.0.0.1', '2001:db8::1']) {
      const forwarded = { headers: { 'x-forwarded-for': from, forwarded: `for="${from}"`, 'x-real-ip': from } };
      expect((await logIn(admin.email, admin.password, forwarded)).errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
    }
  });

  it('P63 gives the aliases of one request one guess together', async () => {
    const guesses = Array.from(
      { length: 15 },
      (_, index) => `g${index}: login(email: "${admin.email}", password: "w${index}") { token }`,
    );
    for (let round = 0; round < 10; round += 1) {
      const { data, errors } = await server.call(`mutation { ${guesses.join(' ')} }`, {}, { token: null });
      expect([data, errors?.map(({ extensions }) => extensions.code)]).toEqual([null, ['UNAUTHENTICATED']]);
    }
    expect((await logIn(admin.email, admin.password)).errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
  });

  it('P63 counts those of who changes a password from a session that is open', async () => {
    const token = await signIn();
    const CHANGE = 'mutation ($old: String!) { changePassword(old: $old, new: "another horse") }';
    const guess = async (old: string) => {
      const { errors } = await server.call(CHANGE, { old }, { token });
      return errors?.[0]?.extensions.code;
    };
    const codes = await Promise.all(Array.from({ length: 11 }, () => guess('wrong')));
    expect(codes.toSorted()).toEqual(['RATE_LIMITED', ...Array<string>(10).fill('VALIDATION_FAILED')]);
    expect(await guess(admin.password)).toBe('RATE_LIMITED');
  });

  it('P63 forgets failures that count no more', async () => {
    await failures(3);
    shift = 11 * 60_000;
    await failures(1);
    expect(await server.database.source.query('select count(*) as n from login_failure')).toEqual([{ n: 1 }]);
  });

  it('P63 counts guesses made at the same time', async () => {
    const codes = await Promise.all(Array.from({ length: 20 }, () => logIn(admin.email, 'wrong')));
    const told = codes.map(({ errors }) => errors?.[0]?.extensions.code);
    expect(told.filter((code) => code === 'RATE_LIMITED')).toHaveLength(10);
  });

  it('P63 does not count successes', async () => {
    for (let round = 0; round < 12; round += 1)
      expect((await logIn(admin.email, admin.password)).errors).toBeUndefined();
  });
});

describe('P64 who exists', () => {
  it('P64 is told neither by the answer nor by the time it takes', async () => {
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    const answers = new Set<string>();
    for (let round = 0; round < 9; round += 1) {
      for (const [kind, email] of [
        ['known', admin.email],
        ['unknown', 'nobody@example.com'],
      ] as const) {
        await server.database.source.query('delete from login_failure');
        const started = performance.now();
        const { status, errors } = await logIn(email, 'wrong');
        times[kind].push(performance.now() - started);
        answers.add(JSON.stringify([status, errors]));
      }
    }
    expect(answers.size).toBe(1);
    const median = (all: number[]) => all.toSorted((a, b) => a - b)[4]!;
    const ratio = median(times.known) / median(times.unknown);
    // Without the hash that is compared for nobody it is 5 and more.
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});

describe('P65 tokens and passwords', () => {
  it('P65 are stored as hashes only', async () => {
    const token = await signIn();
    const rows = await server.database.source.query<{ row: string }[]>(
      `select s::text as row from session s union all select u::text from app_user u union all select a::text from audit_entry a`,
    );
    const text = rows.map(({ row }) => row).join('\n');
    expect(text).toContain(createHash('sha256').update(token).digest('hex'));
    expect(text).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
    for (const secret of [token, Buffer.from(token).toString('hex'), admin.password])
      expect(text).not.toContain(secret);
  });

  it('P65 are not taken from an address', async () => {
    const answer = await fetch(`${server.url}/graphql?token=${server.token}&authorization=Bearer%20${server.token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: ME }),
    });
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('P65 are in no line of the log and no answer to a failure', async () => {
    const failed = await logIn(admin.email, 's3cret-guess');
    expect(JSON.stringify(failed)).not.toContain('s3cret-guess');
    await new Promise<void>((resolve) => {
      const path = `/graphql?token=${server.token}`;
      http.get(new URL(path, server.url), (answer) => answer.resume().on('end', resolve));
    });
    const text = lines.join('\n');
    expect(text).toContain('"path":"/graphql"');
    for (const secret of [server.token, admin.password, 's3cret-guess']) expect(text).not.toContain(secret);
  });
});
