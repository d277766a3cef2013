import type { FieldItem } from '@kequn/rules';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { layoutOf } from '../testing/answer-calls.ts';
import { activeSegment, createFields, saveCustomer } from '../testing/calls.ts';
import { publishedForm } from '../testing/form-calls.ts';
import { accepted, simple, PublicForms } from '../testing/public-form-world.ts';
import { isProof } from './proof-of-work.ts';

let world: PublicForms;
beforeAll(async () => {
  world = await PublicForms.start();
});
afterAll(() => world.server.close());
beforeEach(() => world.clear());

describe('a public form', () => {
  test('is described as anybody may know it', async () => {
    const { slug } = await world.open(
      layoutOf(
        { field: 'name', visibleWhen: { '>': [{ var: 'secret' }, 1] } },
        { field: 'age', validation: undefined } as FieldItem,
        { field: 'twice', visibleWhen: { '>': [{ var: 'age' }, 1] } },
      ),
      { limit: 9, thanks: { en: 'Bye' } },
    );
    const response = await world.get(`${slug}.json`);
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
    const { slug } = await world.open(layoutOf({ field: 'name' }, { field: 'told' }, { field: 'age' }));
    const text = await (await world.get(`${slug}.json`)).text();
    expect(text).toContain('"told"');
    expect(text).not.toContain('secret');
    expect(await world.send(slug, { values: { name: 'An' } })).toEqual(accepted);
  });

  test('makes a customer, who is at once in the right segments', async () => {
    const segment = await activeSegment(world.server, 'adults', { '>=': [{ var: 'age' }, 18] });
    const { slug, id } = await world.open(simple);
    expect(await world.send(slug, { values: { name: 'An', mail: 'An@Example.com', age: 20 } })).toEqual(accepted);
    expect(await world.customers()).toMatchObject([
      { name: 'An', mail: 'an@example.com', age: 20, twice: 40, secret: null },
    ]);
    const { segment: counted } = await world.server.ask<{ segment: { memberCount: number } }>(
      `{ segment(id: "${segment.id}") { memberCount } }`,
    );
    expect(counted.memberCount).toBe(1);
    expect(await world.kept()).toMatchObject([
      { status: 'SAVED', values: { name: 'An', mail: 'an@example.com', age: 20 } },
    ]);
    const { auditLog } = await world.server.ask<{ auditLog: { nodes: { action: string; actor: object | null }[] } }>(
      '{ auditLog(first: 1, search: "customer.created") { nodes { action actor { name } } } }',
    );
    expect(auditLog.nodes).toEqual([{ action: 'customer.created', actor: null }]);
    expect(id).toBeTruthy();
  });

  test('P71 tells everything that is wrong, and stores nothing', async () => {
    const isAdult = { '>=': [{ var: 'age' }, 18] };
    const { slug } = await world.open(
      layoutOf({ field: 'name', required: true }, { field: 'age' }, { field: 'mail', requiredWhen: isAdult }),
    );
    const { status, body } = await world.send(slug, { values: { age: 20 } });
    expect([status, body['code'], body.issues!.map(({ path, code }) => `${path} ${code}`)]).toEqual([
      422,
      'VALIDATION_FAILED',
      ['name REQUIRED', 'mail REQUIRED'],
    ]);
    expect([await world.customers(), await world.kept()]).toEqual([[], []]);
  });

  test.each([
    ['a field that it does not place', { secret: 1 }, 'secret'],
    ['a field that there is not', { nothing: 1 }, 'nothing'],
    ['the owner', { owner: 'x' }, 'owner'],
    ['the version', { version: 3 }, 'version'],
    ['a prototype', JSON.parse('{"__proto__": {"polluted": 1}}') as object, '__proto__'],
  ])('P67 refuses %s', async (_, extra, path) => {
    const { slug } = await world.open(simple);
    const body = `{"values":${JSON.stringify({ name: 'An', ...extra }).replace('{', path === '__proto__' ? '{"__proto__":{"polluted":1},' : '{')}}`;
    const response = await fetch(`${world.server.url}/f/${slug}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { issues } = (await response.json()) as { issues: { path: string; code: string }[] };
    expect([response.status, issues.map((issue) => `${issue.path} ${issue.code}`)]).toEqual([
      422,
      [`${path} UNKNOWN_FIELD`],
    ]);
    expect([await world.customers(), await world.kept(), ({} as { polluted?: 1 }).polluted]).toEqual([
      [],
      [],
      undefined,
    ]);
  });

  test('leaves out what a rule hides', async () => {
    const { slug } = await world.open(
      layoutOf({ field: 'name' }, { field: 'age', visibleWhen: { '==': [{ var: 'vip' }, true] } }, { field: 'vip' }),
    );
    expect(await world.send(slug, { values: { name: 'An', age: 3, vip: false } })).toEqual(accepted);
    expect(await world.customers()).toMatchObject([{ age: null, vip: false }]);
  });
});

describe('P68 an answer of somebody who is known', () => {
  test('changes nothing, is answered alike, and waits for somebody to say whose it is', async () => {
    const { customer } = await saveCustomer(world.server, {
      values: { name: 'An', mail: 'an@example.com', secret: 1 },
    });
    const { slug } = await world.open(simple);
    expect(await world.send(slug, { values: { name: 'Eve', mail: ' AN@example.com' } })).toEqual(accepted);
    expect(await world.customers()).toMatchObject([{ name: 'An', secret: 1 }]);
    expect(await world.kept()).toMatchObject([{ status: 'REVIEW', matches: [customer.id], values: { name: 'Eve' } }]);
  });

  test('is found by the fields that the form matches by', async () => {
    await saveCustomer(world.server, { values: { name: 'An', mail: 'an@example.com', card: '7', secret: 1 } });
    const { slug } = await world.open(layoutOf({ field: 'name' }, { field: 'mail' }, { field: 'card' }), {
      matchOn: ['name'],
    });
    await world.send(slug, { values: { name: 'An' } });
    await world.send(slug, { values: { name: 'Anna', mail: 'an@example.com', card: '7' } });
    expect((await world.kept()).map(({ status }) => status)).toEqual(['REVIEW', 'SAVED']);
    const duplicates = await world.server.ask<{ duplicates: { nodes: { fieldKey: string }[] } }>(
      '{ duplicates { nodes { fieldKey } } }',
    );
    expect(duplicates.duplicates.nodes).toEqual([{ fieldKey: 'card' }]);
  });

  test('of two at the same time one makes the customer', async () => {
    const { slug } = await world.open(simple);
    const answers = Array.from({ length: 8 }, (_, n) =>
      world.send(slug, { values: { name: `n${n}`, mail: 'same@example.com' } }),
    );
    expect(new Set((await Promise.all(answers)).map(({ status }) => status))).toEqual(new Set([201]));
    expect((await world.kept()).filter(({ status }) => status === 'SAVED')).toHaveLength(1);
    expect(await world.customers()).toHaveLength(1);
  });
});

describe('an earlier version', () => {
  test('is filled for a day, but none of before the form was opened, and what the present one asks for is asked', async () => {
    const id = await publishedForm(world.server, layoutOf({ field: 'name' }, { field: 'agent' }));
    await publishedForm(world.server, layoutOf({ field: 'name' }), {}, id);
    const { form } = await world.server.ask<{ form: { publicSlug: string } }>(
      `mutation { form: setFormPublic(id: "${id}", public: true) { publicSlug } }`,
    );
    const slug = form.publicSlug;
    expect((await world.send(slug, { version: 1, values: { name: 'An' } })).status).toBe(409);
    await publishedForm(world.server, simple, { proofOfWork: true, consent: 'Yes' }, id);
    const { body } = await world.send(slug, { version: 2, key: 'k', values: { name: 'An' } });
    expect(body.issues).toMatchObject([{ path: 'proof' }]);
    expect(await world.customers()).toEqual([]);
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
    const { slug } = await world.open(simple);
    expect((await world.send(slug, { values: { name: 'An' }, ...more })).status).toBe(status);
  });

  test('the answer that was the last one may be sent again', async () => {
    const { slug } = await world.open(simple, { limit: 1 });
    const answer = { key: 'last', values: { name: 'An' } };
    expect([await world.send(slug, answer), await world.send(slug, answer)]).toEqual([accepted, accepted]);
    expect((await world.send(slug, { key: 'next', values: { name: 'Bo' } })).status).toBe(404);
  });

  test('nothing at all is refused', async () => {
    const { slug } = await world.open(simple);
    expect((await fetch(`${world.server.url}/f/${slug}`, { method: 'POST' })).status).toBe(422);
  });

  test('P70 the same answer is taken once, also of fifty at the same time', async () => {
    const { slug } = await world.open(simple);
    const sent = await Promise.all(
      Array.from({ length: 50 }, () => world.send(slug, { key: 'one', values: { name: 'An' } })),
    );
    expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([201]));
    expect([(await world.customers()).length, (await world.kept()).length]).toEqual([1, 1]);
  });

  test('asks for consent to the words of the version', async () => {
    const { slug } = await world.open(simple, { consent: 'You may write to me' });
    expect((await world.send(slug, { values: { name: 'An' } })).body.issues).toMatchObject([
      { path: 'consent', code: 'REQUIRED' },
    ]);
    expect(await world.send(slug, { values: { name: 'An' }, consent: true })).toEqual(accepted);
    expect(await world.server.database.source.query('select consent from submission')).toEqual([
      { consent: { text: 'You may write to me', version: 1 } },
    ]);
  });

  test('keeps nothing of who fills what nobody sees', async () => {
    const { slug } = await world.open(simple);
    expect(await world.send(slug, { values: { name: 'An' }, website: 'http://spam' })).toEqual(accepted);
    expect(await world.customers()).toEqual([]);
  });

  test('asks for a proof of work where the form does', async () => {
    const { slug } = await world.open(simple, { proofOfWork: true });
    expect((await world.send(slug, { key: 'k', values: { name: 'An' } })).body.issues).toMatchObject([
      { path: 'proof' },
    ]);
    let proof = 0;
    while (!isProof(slug, 'k', String(proof))) proof += 1;
    expect(createHash('sha256').update(`${slug}:k:${proof}`).digest('hex')).toMatch(/^0000/);
    expect(await world.send(slug, { key: 'k', proof: String(proof), values: { name: 'An' } })).toEqual(accepted);
  });
});

describe('who opens a form to everybody', () => {
  test.each([
    ['a field whose rule reads what is not on it', 'ruled', 'FIELD_FORBIDDEN'],
    ['a field of users', 'agent', 'VALIDATION_FAILED'],
  ])('cannot with %s', async (_, field, code) => {
    const id = await publishedForm(world.server, layoutOf({ field }));
    const { errors } = await world.server.call(`mutation { setFormPublic(id: "${id}", public: true) { id } }`);
    expect(errors?.[0]?.extensions.code).toBe(code);
  });
});

test('a rule of a field that is not on it says nothing, whatever it reads', async () => {
  await createFields(world.server, [
    {
      key: 'apart',
      type: 'TEXT',
      label: 'apart',
      validation: { rule: { '<': [{ var: 'age' }, 100] }, message: 'canary-message' },
    },
  ]);
  const { slug } = await world.open(simple);
  expect(await world.send(slug, { values: { name: 'An', age: 120 } })).toEqual(accepted);
});
