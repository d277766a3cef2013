import type { FieldItem, FormLayout } from '@kequn/rules';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { activeSegment, createFields, saveCustomer } from '../testing/calls.ts';
import { publishedForm } from '../testing/form-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { isProof } from './proof-of-work.ts';
import { networkOf } from './submission-rate.ts';

const start = '2026-03-01T08:00:00.000Z';
let now = start;
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ clock: { now: async () => now }, trustsProxies: true });
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: '姓名', labels: { en: 'Name' } },
    { key: 'mail', type: 'EMAIL', label: '邮箱', labels: { en: 'E-mail' } },
    { key: 'card', type: 'TEXT', label: '卡号', unique: true },
    { key: 'age', type: 'NUMBER', label: '年龄', labels: { en: 'Age' } },
    {
      key: 'likes',
      type: 'MULTI_SELECT',
      label: '爱好',
      options: [
        { key: 'tea', label: '茶' },
        { key: 'art', label: '画' },
      ],
    },
    { key: 'likes_else', type: 'TEXT', label: '其他爱好' },
    { key: 'vip', type: 'BOOLEAN', label: '会员' },
    { key: 'visit', type: 'DATETIME', label: '到访' },
    { key: 'secret', type: 'NUMBER', label: 'canary-label', required: true },
    {
      key: 'ruled',
      type: 'NUMBER',
      label: '受限',
      validation: {
        rule: { or: [{ '==': [{ var: 'ruled' }, null] }, { '>': [{ var: 'ruled' }, { var: 'secret' }] }] },
      },
    },
    { key: 'twice', type: 'FORMULA', label: '两倍', formula: { '*': [{ var: 'age' }, 2] } },
    { key: 'told', type: 'FORMULA', label: '说出', formula: { '>': [{ var: 'secret' }, 5] }, released: true },
    { key: 'agent', type: 'USER', label: '顾问' },
  ]);
});
afterAll(() => server.close());
beforeEach(async () => {
  now = start;
  await server.database.source.query(
    `update session set expires_at = '2100-01-01', last_used_at = '2100-01-01';
     delete from submission; delete from customer_identity; delete from customer_duplicate; delete from customer_search; delete from membership;
     delete from customer_due; delete from customer`,
  );
});

function layoutOf(...items: readonly FieldItem[]): FormLayout {
  return { pages: [{ sections: [{ columns: [{ items }] }] }] };
}

/** Opens a layout to everybody: the id of the form and its link. */
async function open(layout: FormLayout, settings: object = {}): Promise<{ id: string; slug: string }> {
  const id = await publishedForm(server, layout, settings);
  const { form } = await server.ask<{ form: { publicSlug: string } }>(
    `mutation { form: setFormPublic(id: "${id}", public: true) { publicSlug } }`,
  );
  return { id, slug: form.publicSlug };
}

let address = 0;
const anotherAddress = () => `10.0.${Math.floor((address += 1) / 250)}.${address % 250}`;

interface Sent {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly issues?: readonly { path: string; code: string }[] };
}

/** Sends an answer, from a new address unless one is given. */
async function send(slug: string, answer: object, headers: Readonly<Record<string, string>> = {}): Promise<Sent> {
  const response = await fetch(`${server.url}/f/${slug}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-language': 'en',
      'x-forwarded-for': anotherAddress(),
      ...headers,
    },
    body: JSON.stringify(answer),
  });
  return { status: response.status, body: (await response.json()) as Sent['body'] };
}

const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${server.url}/f/${path}`, { headers: { 'accept-language': 'en', ...headers }, redirect: 'manual' });

async function customers(): Promise<readonly Record<string, unknown>[]> {
  const { customers: found } = await server.ask<{ customers: { nodes: { values: Record<string, unknown> }[] } }>(
    '{ customers { nodes { values } } }',
  );
  return found.nodes.map(({ values }) => values);
}

const kept = () =>
  server.database.source.query<{ status: string; values: object; matches: string[] }[]>(
    'select status, "values", matches from submission order by id',
  );
const accepted = { status: 201, body: { accepted: true } };
const simple = layoutOf({ field: 'name', required: true }, { field: 'mail' }, { field: 'age' });

describe('a public form', () => {
  test('is described as anybody may know it', async () => {
    const { slug } = await open(
      layoutOf(
        { field: 'name', visibleWhen: { '>': [{ var: 'secret' }, 1] } },
        { field: 'age', validation: undefined } as FieldItem,
        { field: 'twice', visibleWhen: { '>': [{ var: 'age' }, 1] } },
      ),
      { limit: 9, thanks: { en: 'Bye' } },
    );
    const response = await get(`${slug}.json`);
    const text = await response.text();
    expect(text).not.toMatch(/secret|canary|limit/);
    expect(JSON.parse(text)).toMatchObject({
      name: 'Form',
      version: 1,
      layout: layoutOf(
        { field: 'name' },
        { field: 'age' },
        { field: 'twice', visibleWhen: { '>': [{ var: 'age' }, 1] } },
      ),
      fields: [
        { key: 'name' },
        { key: 'age' },
        { key: 'twice', computed: true, formula: { '*': [{ var: 'age' }, 2] } },
      ],
      hiddenValues: 'KEEP',
      thanks: { en: 'Bye' },
      proofBits: 0,
    });
  });

  test('tells of what a released formula computes, and not of what', async () => {
    const { slug } = await open(layoutOf({ field: 'name' }, { field: 'told' }, { field: 'age' }));
    const text = await (await get(`${slug}.json`)).text();
    expect(text).toContain('"told"');
    expect(text).not.toContain('secret');
    expect(await send(slug, { values: { name: 'An' } })).toEqual(accepted);
  });

  test('makes a customer, who is at once in the right segments', async () => {
    const segment = await activeSegment(server, 'adults', { '>=': [{ var: 'age' }, 18] });
    const { slug, id } = await open(simple);
    expect(await send(slug, { values: { name: 'An', mail: 'An@Example.com', age: 20 } })).toEqual(accepted);
    expect(await customers()).toMatchObject([{ name: 'An', mail: 'an@example.com', age: 20, twice: 40, secret: null }]);
    const { segment: counted } = await server.ask<{ segment: { memberCount: number } }>(
      `{ segment(id: "${segment.id}") { memberCount } }`,
    );
    expect(counted.memberCount).toBe(1);
    expect(await kept()).toMatchObject([{ status: 'SAVED', values: { name: 'An', mail: 'an@example.com', age: 20 } }]);
    const { auditLog } = await server.ask<{ auditLog: { nodes: { action: string; actor: object | null }[] } }>(
      '{ auditLog(first: 1, search: "customer.created") { nodes { action actor { name } } } }',
    );
    expect(auditLog.nodes).toEqual([{ action: 'customer.created', actor: null }]);
    expect(id).toBeTruthy();
  });

  test('P71 tells everything that is wrong, and stores nothing', async () => {
    const isAdult = { '>=': [{ var: 'age' }, 18] };
    const { slug } = await open(
      layoutOf({ field: 'name', required: true }, { field: 'age' }, { field: 'mail', requiredWhen: isAdult }),
    );
    const { status, body } = await send(slug, { values: { age: 20 } });
    expect([status, body['code'], body.issues!.map(({ path, code }) => `${path} ${code}`)]).toEqual([
      422,
      'VALIDATION_FAILED',
      ['name REQUIRED', 'mail REQUIRED'],
    ]);
    expect([await customers(), await kept()]).toEqual([[], []]);
  });

  test.each([
    ['a field that it does not place', { secret: 1 }, 'secret'],
    ['a field that there is not', { nothing: 1 }, 'nothing'],
    ['the owner', { owner: 'x' }, 'owner'],
    ['the version', { version: 3 }, 'version'],
    ['a prototype', JSON.parse('{"__proto__": {"polluted": 1}}') as object, '__proto__'],
  ])('P67 refuses %s', async (_, extra, path) => {
    const { slug } = await open(simple);
    const body = `{"values":${JSON.stringify({ name: 'An', ...extra }).replace('{', path === '__proto__' ? '{"__proto__":{"polluted":1},' : '{')}}`;
    const response = await fetch(`${server.url}/f/${slug}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { issues } = (await response.json()) as { issues: { path: string; code: string }[] };
    expect([response.status, issues.map((issue) => `${issue.path} ${issue.code}`)]).toEqual([
      422,
      [`${path} UNKNOWN_FIELD`],
    ]);
    expect([await customers(), await kept(), ({} as { polluted?: 1 }).polluted]).toEqual([[], [], undefined]);
  });

  test('leaves out what a rule hides', async () => {
    const { slug } = await open(
      layoutOf({ field: 'name' }, { field: 'age', visibleWhen: { '==': [{ var: 'vip' }, true] } }, { field: 'vip' }),
    );
    expect(await send(slug, { values: { name: 'An', age: 3, vip: false } })).toEqual(accepted);
    expect(await customers()).toMatchObject([{ age: null, vip: false }]);
  });
});

describe('P68 an answer of somebody who is known', () => {
  test('changes nothing, is answered alike, and waits for somebody to say whose it is', async () => {
    const { customer } = await saveCustomer(server, { values: { name: 'An', mail: 'an@example.com', secret: 1 } });
    const { slug } = await open(simple);
    expect(await send(slug, { values: { name: 'Eve', mail: ' AN@example.com' } })).toEqual(accepted);
    expect(await customers()).toMatchObject([{ name: 'An', secret: 1 }]);
    expect(await kept()).toMatchObject([{ status: 'REVIEW', matches: [customer.id], values: { name: 'Eve' } }]);
  });

  test('is found by the fields that the form matches by', async () => {
    await saveCustomer(server, { values: { name: 'An', mail: 'an@example.com', card: '7', secret: 1 } });
    const { slug } = await open(layoutOf({ field: 'name' }, { field: 'mail' }, { field: 'card' }), {
      matchOn: ['name'],
    });
    await send(slug, { values: { name: 'An' } });
    await send(slug, { values: { name: 'Anna', mail: 'an@example.com', card: '7' } });
    expect((await kept()).map(({ status }) => status)).toEqual(['REVIEW', 'SAVED']);
    const duplicates = await server.ask<{ duplicates: { nodes: { fieldKey: string }[] } }>(
      '{ duplicates { nodes { fieldKey } } }',
    );
    expect(duplicates.duplicates.nodes).toEqual([{ fieldKey: 'card' }]);
  });

  test('of two at the same time one makes the customer', async () => {
    const { slug } = await open(simple);
    const answers = Array.from({ length: 8 }, (_, n) =>
      send(slug, { values: { name: `n${n}`, mail: 'same@example.com' } }),
    );
    expect(new Set((await Promise.all(answers)).map(({ status }) => status))).toEqual(new Set([201]));
    expect((await kept()).filter(({ status }) => status === 'SAVED')).toHaveLength(1);
    expect(await customers()).toHaveLength(1);
  });
});

describe('P69 a link', () => {
  test('is of more than 128 random bits, and looks alike when it was never one, was taken back, is not yet or no more open, or full', async () => {
    const { id, slug } = await open(simple, {
      opensAt: '2026-03-01T08:00:00Z',
      closesAt: '2026-03-02T08:00:00Z',
      limit: 1,
    });
    expect(Buffer.from(slug, 'base64url')).toHaveLength(18);
    const looks = async (of: string) => {
      const page = await get(of);
      const sent = await send(of, { values: { name: 'An' } });
      return JSON.stringify([page.status, await page.text(), sent]).replaceAll(of, 'SLUG');
    };
    const never = await looks('a'.repeat(24));
    now = '2026-03-01T07:59:59.999Z';
    const before = await looks(slug);
    now = '2026-03-02T08:00:00.000Z';
    const after = await looks(slug);
    now = start;
    expect(await send(slug, { values: { name: 'An' } })).toEqual(accepted);
    const full = await looks(slug);
    await server.ask(`mutation { setFormPublic(id: "${id}", public: false) { id } }`);
    const takenBack = await looks(slug);
    expect(never).toContain('404');
    expect([before, after, full, takenBack]).toEqual([never, never, never, never]);
  });

  test('takes no more than its limit, however many answer at once', async () => {
    const { slug } = await open(simple, { limit: 3 });
    const sent = await Promise.all(Array.from({ length: 12 }, (_, n) => send(slug, { values: { name: `n${n}` } })));
    expect(sent.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(await customers()).toHaveLength(3);
  });

  test('takes of one person what it says', async () => {
    const { slug } = await open(simple, { perPerson: 1 });
    const [first, second] = ['kequn_person=aaaa', 'kequn_person=bbbb'];
    expect(await send(slug, { values: { name: 'An' } }, { cookie: first! })).toEqual(accepted);
    expect((await send(slug, { values: { name: 'An' } }, { cookie: first! })).status).toBe(403);
    expect(await send(slug, { values: { name: 'Bo' } }, { cookie: second! })).toEqual(accepted);
  });

  test('asks for its password', async () => {
    const { slug } = await open(simple, { password: 'sesame' });
    const bare = await get(slug);
    expect([bare.status, await bare.text()]).toEqual([401, expect.not.stringContaining('姓名')]);
    expect((await get(`${slug}.json`)).status).toBe(401);
    expect((await send(slug, { values: { name: 'An' } })).status).toBe(401);
    const say = (password: string) =>
      fetch(`${server.url}/f/${slug}/password`, {
        method: 'POST',
        body: new URLSearchParams({ password }),
        redirect: 'manual',
      });
    expect((await say('guess')).status).toBe(401);
    const opened = await say('sesame');
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
    expect([opened.status, opened.headers.get('location'), (await get(slug, { cookie })).status]).toEqual([
      303,
      `/f/${slug}?lang=zh-CN`,
      200,
    ]);
    expect(await send(slug, { values: { name: 'An' } }, { cookie })).toEqual(accepted);
  });
});

describe('an earlier version', () => {
  test('is filled for a day, but none of before the form was opened, and what the present one asks for is asked', async () => {
    const id = await publishedForm(server, layoutOf({ field: 'name' }, { field: 'agent' }));
    await publishedForm(server, layoutOf({ field: 'name' }), {}, id);
    const { form } = await server.ask<{ form: { publicSlug: string } }>(
      `mutation { form: setFormPublic(id: "${id}", public: true) { publicSlug } }`,
    );
    const slug = form.publicSlug;
    expect((await send(slug, { version: 1, values: { name: 'An' } })).status).toBe(409);
    await publishedForm(server, simple, { proofOfWork: true, consent: 'Yes' }, id);
    const { body } = await send(slug, { version: 2, key: 'k', values: { name: 'An' } });
    expect(body.issues).toMatchObject([{ path: 'proof' }]);
    expect(await customers()).toEqual([]);
  });
});

describe('sending', () => {
  test.each([
    ['a key that no database takes', { key: '\u0000' }, 422],
    ['a version that is none', { version: 3_000_000_000 }, 422],
    [
      'more keys than there are fields',
      { values: Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`k${n}`, 1])) },
      413,
    ],
  ])('%s is refused', async (_, more, status) => {
    const { slug } = await open(simple);
    expect((await send(slug, { values: { name: 'An' }, ...more })).status).toBe(status);
  });

  test('the answer that was the last one may be sent again', async () => {
    const { slug } = await open(simple, { limit: 1 });
    const answer = { key: 'last', values: { name: 'An' } };
    expect([await send(slug, answer), await send(slug, answer)]).toEqual([accepted, accepted]);
    expect((await send(slug, { key: 'next', values: { name: 'Bo' } })).status).toBe(404);
  });

  test('nothing at all is refused', async () => {
    const { slug } = await open(simple);
    expect((await fetch(`${server.url}/f/${slug}`, { method: 'POST' })).status).toBe(422);
  });

  test('P70 the same answer is taken once, also of fifty at the same time', async () => {
    const { slug } = await open(simple);
    const sent = await Promise.all(
      Array.from({ length: 50 }, () => send(slug, { key: 'one', values: { name: 'An' } })),
    );
    expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([201]));
    expect([(await customers()).length, (await kept()).length]).toEqual([1, 1]);
  });

  test('asks for consent to the words of the version', async () => {
    const { slug } = await open(simple, { consent: 'You may write to me' });
    expect((await send(slug, { values: { name: 'An' } })).body.issues).toMatchObject([
      { path: 'consent', code: 'REQUIRED' },
    ]);
    expect(await send(slug, { values: { name: 'An' }, consent: true })).toEqual(accepted);
    expect(await server.database.source.query('select consent from submission')).toEqual([
      { consent: { text: 'You may write to me', version: 1 } },
    ]);
  });

  test('keeps nothing of who fills what nobody sees', async () => {
    const { slug } = await open(simple);
    expect(await send(slug, { values: { name: 'An' }, website: 'http://spam' })).toEqual(accepted);
    expect(await customers()).toEqual([]);
  });

  test('asks for a proof of work where the form does', async () => {
    const { slug } = await open(simple, { proofOfWork: true });
    expect((await send(slug, { key: 'k', values: { name: 'An' } })).body.issues).toMatchObject([{ path: 'proof' }]);
    let proof = 0;
    while (!isProof(slug, 'k', String(proof))) proof += 1;
    expect(createHash('sha256').update(`${slug}:k:${proof}`).digest('hex')).toMatch(/^0000/);
    expect(await send(slug, { key: 'k', proof: String(proof), values: { name: 'An' } })).toEqual(accepted);
  });
});

describe('the page without a script', () => {
  const post = (slug: string, entries: [string, string][]) =>
    fetch(`${server.url}/f/${slug}`, {
      method: 'POST',
      headers: { 'accept-language': 'en' },
      body: new URLSearchParams(entries),
      redirect: 'manual',
    });

  test('is filled, corrected and sent', async () => {
    const { slug } = await open(
      layoutOf({ field: 'name', required: true }, { field: 'age' }, { field: 'likes' }, { field: 'vip' }),
      { thanks: '<b>谢谢</b>' },
    );
    const page = await get(slug);
    const text = await page.text();
    expect(page.headers.get('content-security-policy')).toContain('frame-ancestors *');
    expect(text).toMatch(/<label for="field-age"\s*>Age/);
    const wrong = await post(slug, [
      ['age', 'ten'],
      ['vip', 'true'],
    ]);
    const told = await wrong.text();
    expect(wrong.status).toBe(422);
    expect(told).toContain('id="field-age-wrong"');
    expect(told).toContain('id="field-name-wrong"');
    expect(told).toMatch(/<option value="true" selected>/);
    const sent = await post(slug, [
      ['name', 'An'],
      ['age', '3'],
      ['likes', 'art'],
      ['likes', 'tea'],
      ['vip', 'false'],
      ['version', '1'],
    ]);
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `/f/${slug}?sent=1&lang=en`]);
    expect(await customers()).toMatchObject([{ name: 'An', age: 3, likes: ['tea', 'art'], vip: false }]);
    expect(await (await get(`${slug}?sent=1`)).text()).toContain('&lt;b&gt;谢谢&lt;/b&gt;');
  });

  test('asks below a choice for own words, which are required with one option alone', async () => {
    const visibleWhen = { has_any: [{ var: 'likes' }, ['tea']] };
    const words = { field: 'likes_else', required: true, visibleWhen };
    const { slug } = await open(layoutOf({ field: 'name', required: true }, { field: 'likes' }, words));
    const text = await (await get(slug)).text();
    expect(text).toMatch(/class="entry own-words">\s*<label for="field-likes_else"\s*>[^<]*<small>required with “茶”</);
    const wrong = await post(slug, [
      ['name', 'An'],
      ['likes', 'tea'],
    ]);
    expect(await wrong.text()).toContain('id="field-likes_else-wrong"');
    const sent = await post(slug, [
      ['name', 'An'],
      ['likes', 'art'],
    ]);
    expect(sent.status).toBe(303);
  });

  test('takes a time by the clocks of the zone, and shows it again as it was entered', async () => {
    const { slug } = await open(layoutOf({ field: 'name', required: true }, { field: 'visit' }));
    const { timeZone } = (await (await get(`${slug}.json`)).json()) as { timeZone: string };
    const wrong = await (await post(slug, [['visit', '2026-03-01T09:30']])).text();
    expect(wrong).toContain(`By the clocks of ${timeZone}`);
    expect(wrong).toMatch(/type="datetime-local"[^>]*value="2026-03-01T09:30"/);
    await post(slug, [
      ['name', 'An'],
      ['visit', '2026-03-01T09:30'],
    ]);
    const [customer] = await customers();
    const shown = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone });
    expect(shown.format(new Date((customer as unknown as { visit: string }).visit))).toBe('09:30');
  });

  test('speaks the language that was chosen on it', async () => {
    const { slug } = await open(layoutOf({ field: 'name', required: true }));
    const page = await (await get(`${slug}?lang=zh-CN`)).text();
    expect(page).toContain(`<a href="/f/${slug}?lang=en" lang="en">English</a>`);
    const wrong = await fetch(`${server.url}/f/${slug}?lang=zh-CN`, {
      method: 'POST',
      headers: { 'accept-language': 'en' },
      body: new URLSearchParams({ version: '1' }),
    });
    expect(await wrong.text()).toContain('有内容需要改正');
  });

  test('P43 shows words as words', async () => {
    const { slug } = await open({
      pages: [
        {
          title: '<script>1</script>',
          sections: [
            {
              title: '"><img src=x>',
              columns: [{ items: [{ text: "<a href='javascript:1'>" }, { field: 'name', label: '<i>' }] }],
            },
          ],
        },
      ],
    });
    const text = await (await get(slug)).text();
    expect(text).not.toMatch(/<script>1|<img src=x|<a href='javascript|<i>/);
    expect(text).toContain('&lt;script&gt;1');
  });
});

describe('who opens a form to everybody', () => {
  test.each([
    ['a field whose rule reads what is not on it', 'ruled', 'FIELD_FORBIDDEN'],
    ['a field of users', 'agent', 'VALIDATION_FAILED'],
  ])('cannot with %s', async (_, field, code) => {
    const id = await publishedForm(server, layoutOf({ field }));
    const { errors } = await server.call(`mutation { setFormPublic(id: "${id}", public: true) { id } }`);
    expect(errors?.[0]?.extensions.code).toBe(code);
  });
});

test('a rule of a field that is not on it says nothing, whatever it reads', async () => {
  await createFields(server, [
    {
      key: 'apart',
      type: 'TEXT',
      label: 'apart',
      validation: { rule: { '<': [{ var: 'age' }, 100] }, message: 'canary-message' },
    },
  ]);
  const { slug } = await open(simple);
  expect(await send(slug, { values: { name: 'An', age: 120 } })).toEqual(accepted);
});

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
  ['192.0.2.1', '192.0.2.1'],
])('%s is counted as %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});

test('P63 two hundred answers of one address in one go are not taken, thirty are', async () => {
  const { slug } = await open(simple);
  const from = { 'x-forwarded-for': '192.0.2.1' };
  const sent = await Promise.all(
    Array.from({ length: 200 }, (_, n) => send(slug, { values: { name: `n${n}` } }, from)),
  );
  const count = (status: number) => sent.filter((each) => each.status === status).length;
  expect([count(201), count(429)]).toEqual([60, 140]);
  expect(await kept()).toHaveLength(60);
});
