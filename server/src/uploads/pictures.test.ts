import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { FormItem, PictureItem } from '@kequn/rules';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { diskStore } from '../files/disk-store.ts';
import { sweepFiles } from '../files/sweep-files.ts';
import { limits } from '../platform/limits.ts';
import { createLog } from '../platform/log.ts';
import { layoutOf } from '../testing/answer-calls.ts';
import { createFields, saveCustomer } from '../testing/calls.ts';
import { fetchPicture, png, sendPicture, upload, uploadPicture } from '../testing/file-calls.ts';
import { publishedForm } from '../testing/form-calls.ts';
import { makeRole, refusalOf } from '../testing/role-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
const start = '2030-01-01T00:00:00.000Z';
let now = start;

beforeAll(async () => {
  server = await startTestServer({ clock: { now: async () => now } });
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: 'Name' },
    { key: 'photo', type: 'FILE', label: 'Photo', validation: { accept: 'IMAGE' } },
  ]);
});
afterAll(() => server.close());
beforeEach(() => {
  now = start;
});

const store = () => diskStore(path.join(server.dataDir, 'files'));
const later = (hours: number) => {
  now = new Date(Date.parse(now) + hours * 3_600_000).toISOString();
};
const sweep = () =>
  sweepFiles(
    {
      database: server.database,
      clock: { now: async () => now },
      log: createLog('error'),
      locale: 'en',
      requestId: 'test',
      address: '',
      actorId: null,
    },
    store(),
  );

/** The names of what stands on the disk. */
async function stored(): Promise<readonly string[]> {
  const all = await readdir(path.join(server.dataDir, 'files'), { recursive: true, withFileTypes: true });
  return all.filter((entry) => entry.isFile()).map(({ name }) => name);
}

const showing = (...pictures: readonly string[]): FormItem[] => [
  { field: 'name' },
  ...pictures.map((picture): PictureItem => ({ picture, alt: 'A cup' })),
];
const SAVE = 'mutation ($input: FormInput!) { form: saveForm(input: $input) { id version layout } }';

interface Saved {
  readonly id: string;
  readonly version: number;
}

async function save(items: readonly FormItem[], { id, version }: Partial<Saved> = {}): Promise<Saved> {
  const input = { id, version, name: 'Form', layout: layoutOf(...items) };
  return (await server.ask<{ form: Saved }>(SAVE, { input })).form;
}

const publish = (id: string) => server.ask(`mutation { publishForm(id: "${id}") { id } }`);
async function opened(id: string, isOpen = true): Promise<string> {
  const query = `mutation { form: setFormPublic(id: "${id}", public: ${isOpen}) { publicSlug } }`;
  return (await server.ask<{ form: { publicSlug: string } }>(query)).form.publicSlug;
}

/** What is answered to a picture, as whoever asks. */
const statusOf = async (...asked: Parameters<typeof fetchPicture> extends [unknown, ...infer Rest] ? Rest : never) =>
  (await fetchPicture(server, ...asked)).status;

describe('an upload', () => {
  test('is taken of who designs forms', async () => {
    const answer = await sendPicture(server, { name: 'Cup.jpg' });
    expect([answer.status, await answer.json()]).toEqual([
      201,
      { id: expect.any(String), name: 'Cup.jpg.png', bytes: png.length, type: 'image/png' },
    ]);
  });

  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  test.each<[string, Parameters<typeof sendPicture>[1], number, string]>([
    ['SVG', { name: 'a.svg', type: 'image/svg+xml', content: svg }, 422, 'VALIDATION_FAILED'],
    ['HTML called a picture', { content: '<script>alert(1)</script>' }, 422, 'VALIDATION_FAILED'],
    ['a paper called a picture', { content: '%PDF-1.7 x' }, 422, 'VALIDATION_FAILED'],
    ['nothing', { content: '' }, 422, 'VALIDATION_FAILED'],
    ['too much', { content: Buffer.concat([png, Buffer.alloc(limits.pictureBytes)]) }, 413, 'LIMIT_EXCEEDED'],
    ['nobody', { token: 'x' }, 401, 'UNAUTHENTICATED'],
  ])('of %s is refused and leaves nothing', async (_what, file, status, code) => {
    const before = await stored();
    const answer = await sendPicture(server, file);
    expect([answer.status, await answer.json()]).toMatchObject([status, { code }]);
    expect(await stored()).toEqual(before);
  });

  test('of who does not design forms is refused', async () => {
    const token = await server.signInAs([await makeRole(server, { capabilities: ['MANAGE_FIELDS'] })]);
    expect((await sendPicture(server, { token })).status).toBe(403);
  });
});

describe('a picture', () => {
  test('is sent as what its bytes are, inert, and kept by a browser that asks whether it may still be seen', async () => {
    const id = await uploadPicture(server);
    await save(showing(id));
    const answer = await fetchPicture(server, id);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(png);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'content-disposition': expect.stringMatching(/^inline/),
      'cache-control': 'private, no-cache',
      etag: `"${id}"`,
    });
    expect(await statusOf(id, { headers: { 'if-none-match': `"${id}"` } })).toBe(304);
    expect(await statusOf(id, { headers: { 'if-none-match': `"${id}"` }, token: 'x' })).toBe(401);
  });

  test('of no form yet is seen by who uploaded it alone, who alone can place it', async () => {
    const id = await uploadPicture(server);
    const token = await server.signInAs([await makeRole(server, { capabilities: ['MANAGE_FORMS'] })]);
    expect([await statusOf(id), await statusOf(id, { token })]).toEqual([200, 404]);
    const input = { name: 'Form', layout: layoutOf(...showing(id)) };
    const refusal = 'VALIDATION_FAILED, layout/pages/0/sections/0/columns/0/items/1/picture INVALID';
    expect(await refusalOf(server, SAVE, { input }, token)).toBe(refusal);
    expect(await refusalOf(server, SAVE, { input })).toBe(undefined);
    expect(await statusOf(id, { token })).toBe(200);
  });

  test('of a draft is seen by who designs; once it is published, by who fills', async () => {
    const filler = await server.signInAs([await makeRole(server, {})]);
    const [first, second] = [await uploadPicture(server), await uploadPicture(server)];
    const form = await save(showing(first));
    expect([await statusOf(first), await statusOf(first, { token: filler })]).toEqual([200, 404]);
    await publish(form.id);
    expect(await statusOf(first, { token: filler })).toBe(200);

    await publishedForm(server, layoutOf(...showing(second)), {}, form.id);
    const seen = async () => [await statusOf(first, { token: filler }), await statusOf(second, { token: filler })];
    expect(await seen(), 'who has begun to fill the former version can end').toEqual([200, 200]);
    later(25);
    expect(await seen()).toEqual([404, 200]);
    expect(await statusOf(first), 'the versions are still looked at').toBe(200);
  });

  test('of another form, or of none, is not named', async () => {
    const id = await uploadPicture(server);
    await save(showing(id));
    const input = { name: 'Other', layout: layoutOf(...showing(id, id.toUpperCase(), 'cup', crypto.randomUUID())) };
    const places = [1, 2, 3, 4].map((at) => `layout/pages/0/sections/0/columns/0/items/${at}/picture INVALID`);
    expect(await refusalOf(server, SAVE, { input })).toBe(['VALIDATION_FAILED', ...places].join(', '));
  });

  test('is chosen and described before it is saved', async () => {
    const input = { name: 'Form', layout: layoutOf({ field: 'name' }, { picture: '' }) };
    const place = 'layout/pages/0/sections/0/columns/0/items/1';
    const refusal = `VALIDATION_FAILED, ${place}/picture REQUIRED, ${place}/alt REQUIRED`;
    expect(await refusalOf(server, SAVE, { input })).toBe(refusal);
  });

  test('is no more than a form may have together', async () => {
    const content = Buffer.concat([png, Buffer.alloc(limits.pictureBytes - png.length)]);
    const ids = await Promise.all(Array.from({ length: 5 }, () => uploadPicture(server, { content })));
    const input = (named: readonly string[]) => ({ input: { name: 'Form', layout: layoutOf(...showing(...named)) } });
    expect(await refusalOf(server, SAVE, input(ids))).toBe('LIMIT_EXCEEDED');
    expect(await refusalOf(server, SAVE, input(ids.slice(1)))).toBe(undefined);
  });
});

describe('by the link of a form', () => {
  test('is seen what it shows, as long as it can be filled', async () => {
    const [shown, drafted, ofOther] = await Promise.all([0, 1, 2].map(() => uploadPicture(server)));
    const { id } = await save(showing(shown!));
    const other = await save(showing(ofOther!));
    await publish(id);
    await publish(other.id);
    expect(await statusOf(shown!, { slug: 'nothing' })).toBe(404);
    const slug = await opened(id);
    const { version } = (await server.ask<{ form: Saved }>(`{ form(id: "${id}") { version } }`)).form;
    await save(showing(shown!, drafted!), { id, version });
    const seen = () => Promise.all([shown!, drafted!, ofOther!].map((each) => statusOf(each, { slug })));
    expect(await seen()).toEqual([200, 404, 404]);
    expect((await fetchPicture(server, shown!, { slug })).headers.get('cache-control')).toBe('private, no-cache');
    const page = await (await fetch(`${server.url}/f/${slug}?lang=en`)).text();
    expect(page).toContain(`<img class="FULL" src="/f/${slug}/pictures/${shown}?version=1" alt="A cup" />`);
    await opened(id, false);
    expect(await seen()).toEqual([404, 404, 404]);
  });

  test('nothing is seen where it is closed, before it opens, once it is full, or without its password', async () => {
    const id = await uploadPicture(server);
    const shown = { opensAt: '2030-01-01T01:00:00.000Z', closesAt: '2030-01-01T03:00:00.000Z' };
    const form = await publishedForm(server, layoutOf(...showing(id)), { ...shown, limit: 1 });
    const slug = await opened(form);
    expect(await statusOf(id, { slug })).toBe(404);
    later(2);
    expect(await statusOf(id, { slug })).toBe(200);
    later(1);
    expect(await statusOf(id, { slug, headers: { 'if-none-match': `"${id}"` } })).toBe(404);

    await publishedForm(server, layoutOf(...showing(id)), { password: 'open sesame', limit: 1 }, form);
    expect(await statusOf(id, { slug })).toBe(401);
    await publishedForm(server, layoutOf(...showing(id)), { limit: 1 }, form);
    expect(await statusOf(id, { slug })).toBe(200);
    const answer = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"values":{"name":"Ann"}}',
    };
    expect((await fetch(`${server.url}/f/${slug}`, answer)).status).toBe(201);
    expect(await statusOf(id, { slug })).toBe(404);
  });

  test('who has begun to fill a version sees what it showed', async () => {
    const [first, second] = [await uploadPicture(server), await uploadPicture(server)];
    const form = await publishedForm(server, layoutOf(...showing(first)));
    const slug = await opened(form);
    await publishedForm(server, layoutOf(...showing(second)), {}, form);
    const at = async (id: string, version: string) =>
      (await fetch(`${server.url}/f/${slug}/pictures/${id}?version=${version}`)).status;
    expect(await Promise.all([at(first, '1'), at(second, '1'), at(first, '2'), at(second, 'x')])).toEqual([
      200, 404, 404, 200,
    ]);
    later(25);
    expect(await at(first, '1')).toBe(409);
  });

  test('no file of a customer is told, though a layout that was written past every check names it', async () => {
    const { id: file } = await upload(server, { field: 'photo' });
    await saveCustomer(server, { values: { name: 'Ann', photo: file } });
    const input = { name: 'Form', layout: layoutOf(...showing(file)) };
    const refusal = 'VALIDATION_FAILED, layout/pages/0/sections/0/columns/0/items/1/picture INVALID';
    expect(await refusalOf(server, SAVE, { input })).toBe(refusal);

    const ofOther = await uploadPicture(server);
    await save(showing(ofOther));
    const form = await publishedForm(server, layoutOf(...showing(await uploadPicture(server))));
    await server.database.source.query('update form_version set layout = $2 where form_id = $1', [
      form,
      layoutOf(...showing(file, ofOther)),
    ]);
    const slug = await opened(form);
    const filler = await server.signInAs([await makeRole(server, {})]);
    for (const id of [file, ofOther])
      expect([await statusOf(id, { slug }), await statusOf(id, { token: filler })]).toEqual([404, 404]);
    expect([await statusOf(file), await statusOf('x'), await statusOf('..%2Ffiles')]).toEqual([404, 404, 404]);
    expect((await fetch(`${server.url}/files/${ofOther}`)).status).toBe(401);
  });
});

describe('the daily sweep', () => {
  test('takes a picture away that no form has named for a day, and what is left of an upload', async () => {
    const id = await uploadPicture(server);
    later(23);
    await sweep();
    expect(await stored()).toContain(id);
    later(2);
    await sweep();
    expect(await stored()).not.toContain(id);
    expect(await statusOf(id)).toBe(404);
  });

  test('leaves one for a day that a draft does not name any more, and for good where a step was undone', async () => {
    const [undone, gone] = [await uploadPicture(server), await uploadPicture(server)];
    const form = await save(showing(undone, gone));
    later(48);
    await sweep();
    expect(await stored()).toEqual(expect.arrayContaining([undone, gone]));
    const without = await save(showing(), form);
    later(23);
    await sweep();
    expect(await statusOf(gone)).toBe(200);
    const again = await save(showing(undone), without);
    later(2);
    await sweep();
    expect([await statusOf(undone), await statusOf(gone)]).toEqual([200, 404]);
    expect(await stored()).not.toContain(gone);
    const input = { ...again, layout: layoutOf(...showing(gone)), name: 'Form' };
    expect(await refusalOf(server, SAVE, { input: { ...input } })).toMatch(/^VALIDATION_FAILED, .*picture INVALID$/);
  });

  test('leaves what was ever published, until the form is deleted', async () => {
    const id = await uploadPicture(server);
    const form = await publishedForm(server, layoutOf(...showing(id)));
    await publishedForm(server, layoutOf(...showing()), {}, form);
    later(48);
    await sweep();
    expect(await statusOf(id)).toBe(200);
    await server.ask(`mutation { restoreFormVersion(id: "${form}", number: 1) { id } }`);
    await server.ask(`mutation { deleteForm(id: "${form}") }`);
    expect(await statusOf(id)).toBe(404);
    later(25);
    await sweep();
    expect(await stored()).not.toContain(id);
  });
});
