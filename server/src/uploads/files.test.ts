import http from 'node:http';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { diskStore } from '../files/disk-store.ts';
import { sweepFiles } from '../files/sweep-files.ts';
import { answerForm, openForm } from '../testing/answer-calls.ts';
import { createFields, saveCustomer } from '../testing/calls.ts';
import { fetchFile, png, sendFile, upload, type TestUpload } from '../testing/file-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { limits } from '../platform/limits.ts';
import { createLog } from '../platform/log.ts';

let server: TestServer;
let now = '2030-01-01T00:00:00.000Z';
const store = () => diskStore(path.join(server.dataDir, 'files'));

beforeAll(async () => {
  server = await startTestServer({ clock: { now: async () => now } });
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: 'Name' },
    { key: 'photo', type: 'FILE', label: 'Photo', validation: { accept: 'IMAGE', maxMegabytes: 1 } },
    { key: 'paper', type: 'FILE', label: 'Paper', sensitive: true },
  ]);
});
afterAll(() => server.close());
beforeEach(async () => {
  now = '2030-01-01T00:00:00.000Z';
  await server.database.source.query('update file set removed_at = $1 where customer_id is null', [now]);
  await sweep();
});

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

/** What stands on the disk. */
async function stored(): Promise<readonly string[]> {
  const all = await readdir(path.join(server.dataDir, 'files'), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  return all.filter((entry) => entry.isFile()).map(({ name }) => name);
}

const rows = async () =>
  (await server.database.source.query<{ id: string }[]>('select id from file')).map(({ id }) => id);

/** How an upload was refused. */
async function refusalOf(file: TestUpload): Promise<unknown> {
  const answer = await sendFile(server, file);
  const { code, issues } = (await answer.json()) as { code: string; issues?: { path: string }[] };
  return [answer.status, code, ...(issues ?? []).map((issue) => issue.path)];
}

describe('an upload', () => {
  test('is told by its bytes and kept under an id', async () => {
    const file = await upload(server, { field: 'photo', name: '../my photos/Ann Li.png', type: 'text/html' });
    expect(file).toEqual({ id: expect.any(String), name: 'Ann Li.png', bytes: png.length, type: 'image/png' });
    expect(await stored()).toEqual([file.id]);
  });

  test.each<[string, TestUpload, unknown]>([
    [
      'HTML called a picture',
      { field: 'photo', content: '<script>alert(1)</script>' },
      [422, 'VALIDATION_FAILED', 'file'],
    ],
    [
      'SVG called a picture',
      { field: 'photo', content: '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>' },
      [422, 'VALIDATION_FAILED', 'file'],
    ],
    [
      'SVG',
      { field: 'photo', name: 'a.svg', type: 'image/svg+xml', content: '<svg/>' },
      [422, 'VALIDATION_FAILED', 'file'],
    ],
    ['nothing', { field: 'paper', content: '' }, [422, 'VALIDATION_FAILED', 'file']],
    ['no extension', { field: 'paper', name: 'README' }, [422, 'VALIDATION_FAILED', 'file']],
    ['an extension alone', { field: 'paper', name: '.png' }, [422, 'VALIDATION_FAILED', 'file']],
    ['too much', { field: 'photo', content: Buffer.concat([png, Buffer.alloc(1_048_576)]) }, [413, 'LIMIT_EXCEEDED']],
    ['another field', { field: 'name' }, [422, 'VALIDATION_FAILED', 'field']],
    ['no field', { field: '' }, [422, 'VALIDATION_FAILED', 'field']],
    ['nobody', { field: 'photo', token: 'x' }, [401, 'UNAUTHENTICATED']],
  ])('of %s is refused and leaves nothing', async (_what, file, refusal) => {
    expect(await refusalOf(file)).toEqual(refusal);
    expect([await stored(), await rows()]).toEqual([[], []]);
  });

  test('of exactly what a field allows is taken', async () => {
    const content = Buffer.concat([png, Buffer.alloc(1_048_576 - png.length)]);
    expect(await upload(server, { field: 'photo', content })).toMatchObject({ bytes: 1_048_576 });
  });

  const part = (head: string, content = 'x') => `--b\r\n${head}\r\n\r\n${content}\r\n`;
  const file = 'Content-Disposition: form-data; name="file"; filename="a.txt"';
  test.each<[string, string, string?]>([
    ['no part', '--b--\r\n'],
    ['nothing at all', ''],
    ['an empty part name', `${part('Content-Disposition: form-data; name=""; filename="a.txt"')}--b--\r\n`],
    ['a nested part name', `${part('Content-Disposition: form-data; name="file[a][b]"; filename="a.txt"')}--b--\r\n`],
    ['a prototype as part name', `${part('Content-Disposition: form-data; name="__proto__"; filename="a"')}--b--\r\n`],
    ['a part name twice', `${part(file)}${part(file)}--b--\r\n`],
    ['a field beside', `${part(file)}${part('Content-Disposition: form-data; name="more"')}--b--\r\n`],
    ['a part without a name of a file', `${part('Content-Disposition: form-data; name="file"')}--b--\r\n`],
    ['a part without a disposition', `${part('X: y')}--b--\r\n`],
    ['no end', part(file)],
    ['a broken head', `--b\r\nContent-Disposition\r\nfoo`],
    ['JSON', '{}', 'application/json'],
    ['no boundary', part(file), 'multipart/form-data'],
  ])('with %s is refused and leaves nothing', async (_what, body, type = 'multipart/form-data; boundary=b') => {
    const answer = await fetch(`${server.url}/files?field=paper`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}`, 'content-type': type },
      body,
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect([await stored(), await rows()]).toEqual([[], []]);
  });

  test('that breaks off leaves nothing', async () => {
    await new Promise<void>((resolve) => {
      const request = http.request(`${server.url}/files?field=paper`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${server.token}`,
          'content-type': 'multipart/form-data; boundary=b',
          'content-length': '1000000',
        },
      });
      request.on('error', () => undefined).on('close', resolve);
      request.write(part(file, 'x'.repeat(200_000)).slice(0, -2));
      setTimeout(() => request.destroy(), 300);
    });
    await expect.poll(async () => [await stored(), await rows()]).toEqual([[], []]);
  });
});

describe('a file', () => {
  test('is served as what it is, a picture in place and anything else to be kept', async () => {
    const picture = await upload(server, { field: 'photo', name: '小 红.png' });
    const page = await upload(server, { field: 'paper', name: 'a.png', content: '<script>alert(1)</script>' });
    const polyglot = await upload(server, { field: 'paper', name: 'a.html' });
    const told = async ({ id }: { id: string }) => {
      const { headers } = await fetchFile(server, id);
      return ['content-type', 'content-disposition'].map((name) => headers.get(name));
    };
    expect(await told(picture)).toEqual([
      'image/png',
      `inline; filename="file"; filename*=UTF-8''%E5%B0%8F%20%E7%BA%A2.png`,
    ]);
    expect(await told(page)).toEqual([
      'application/octet-stream',
      `attachment; filename="file"; filename*=UTF-8''a.png`,
    ]);
    expect(polyglot.name).toBe('a.html.png');
    const { headers } = await fetchFile(server, page.id);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(Buffer.from(await (await fetchFile(server, picture.id)).arrayBuffer())).toEqual(png);
  });

  test('becomes the customer’s who is saved with it, and goes when it is replaced or emptied', async () => {
    const [one, two] = [await upload(server, { field: 'photo' }), await upload(server, { field: 'photo' })];
    const { customer } = await saveCustomer(server, { values: { name: 'Ann', photo: one.id } });
    await saveCustomer(server, { id: customer.id, version: 1, values: { photo: two.id } });
    expect((await fetchFile(server, one.id)).status).toBe(404);
    await sweep();
    expect(await stored()).toEqual([two.id]);
    await saveCustomer(server, { id: customer.id, version: 2, values: { photo: null } });
    await sweep();
    expect([await stored(), await rows()]).toEqual([[], []]);
  });

  test('goes with the customer who is erased', async () => {
    const { id } = await upload(server, { field: 'photo' });
    const { customer } = await saveCustomer(server, { values: { photo: id } });
    await server.ask('mutation ($id: ID!) { eraseCustomer(id: $id, version: 1) }', { id: customer.id });
    expect((await fetchFile(server, id)).status).toBe(404);
    await sweep();
    expect([await stored(), await rows()]).toEqual([[], []]);
  });

  test('that nobody saves goes after a day', async () => {
    const { id } = await upload(server, { field: 'photo' });
    now = '2030-01-01T23:59:00.000Z';
    await sweep();
    expect(await stored()).toEqual([id]);
    now = '2030-01-02T00:01:00.000Z';
    await sweep();
    expect([await stored(), await rows()]).toEqual([[], []]);
  });

  test('is no value of another field, of another person, of another customer, or of none', async () => {
    const issuesOf = async (values: object, token = server.token) => {
      const query = 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id } } }';
      const { errors } = await server.call(query, { input: { values } }, { token });
      return errors?.[0]?.extensions['issues'];
    };
    const invalid = (key: string) => [{ path: key, code: 'INVALID', message: 'There is no such file' }];
    const { id } = await upload(server, { field: 'photo' });
    const other = await server.signInAs(await adminRoles());
    expect(await issuesOf({ paper: id })).toMatchObject(invalid('paper'));
    expect(await issuesOf({ photo: id }, other)).toMatchObject(invalid('photo'));
    expect(await issuesOf({ photo: '018f0000-0000-7000-8000-000000000000' })).toMatchObject(invalid('photo'));
    expect((await fetchFile(server, id, other)).status).toBe(404);
    expect(await issuesOf({ photo: id })).toBeUndefined();
    expect((await fetchFile(server, id, other)).status).toBe(200);
    expect(await issuesOf({ photo: id })).toMatchObject(invalid('photo'));
  });

  test('is one customer’s though two are saved with it at once', async () => {
    const { id } = await upload(server, { field: 'photo' });
    const query = 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id } } }';
    const saves = await Promise.all([1, 2, 3].map(() => server.call(query, { input: { values: { photo: id } } })));
    expect(saves.filter(({ errors }) => !errors)).toHaveLength(1);
  });
});

const adminRoles = async () =>
  (await server.database.source.query<{ role_id: string }[]>('select role_id from user_role')).map(
    ({ role_id }) => role_id,
  );

describe('a file of a customer', () => {
  test.each([
    ['WRITE', 200],
    ['READ', 200],
    ['MASKED', 404],
    ['HIDDEN', 404],
  ])('of a field that a role has as %s is answered with %i', async (access, status) => {
    const { id } = await upload(server, { field: 'paper', name: 'canary.png' });
    await saveCustomer(server, { values: { paper: id } });
    const { saveRole } = await server.ask<{ saveRole: { id: string } }>(
      'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }',
      { input: { name: access, capabilities: [], defaultAccess: 'READ' } },
    );
    await server.ask(
      'mutation ($id: ID!, $entries: [FieldAccessInput!]!) { setFieldAccess(roleId: $id, entries: $entries) { id } }',
      { id: saveRole.id, entries: [{ fieldKey: 'paper', access }] },
    );
    const token = await server.signInAs([saveRole.id]);
    const count = async () =>
      (await server.database.source.query<{ n: string }[]>('select count(*) as n from sensitive_read'))[0]!.n;
    const before = Number(await count());
    expect((await fetchFile(server, id, token)).status).toBe(status);
    expect(Number(await count()) - before).toBe(status === 200 ? 1 : 0);
    const { files } = await server.ask<{ files: object[] }>(
      'query ($ids: [ID!]!) { files(ids: $ids) { name bytes type } }',
      { ids: [id, 'x'] },
      { token },
    );
    expect(files).toEqual(status === 200 ? [{ name: 'canary.png', bytes: png.length, type: 'image/png' }] : []);
    expect((await sendFile(server, { field: 'paper', token })).status).toBe(
      access === 'WRITE' ? 201 : access === 'HIDDEN' ? 422 : 403,
    );
  });

  test('out of the scope of a role is answered as none that is there', async () => {
    const east = (await upload(server, { field: 'paper' })).id;
    const west = (await upload(server, { field: 'paper' })).id;
    await saveCustomer(server, { values: { name: 'East', paper: east } });
    await saveCustomer(server, { values: { name: 'West', paper: west } });
    const rowScope = { '==': [{ var: 'name' }, 'East'] };
    const { saveRole } = await server.ask<{ saveRole: { id: string } }>(
      'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }',
      { input: { name: 'East', capabilities: [], defaultAccess: 'WRITE', rowScope } },
    );
    const token = await server.signInAs([saveRole.id]);
    expect((await fetchFile(server, east, token)).status).toBe(200);
    expect((await fetchFile(server, west, token)).status).toBe(404);
    expect((await fetchFile(server, 'nosuch', token)).status).toBe(404);
  });

  test('is not uploaded by who looks on as a role', async () => {
    const { roles } = await server.ask<{ roles: { id: string }[] }>('{ roles { id } }');
    const { viewAs } = await server.ask<{ viewAs: { token: string } }>(
      'mutation ($id: ID!) { viewAs(roleId: $id) { token } }',
      { id: roles[0]!.id },
    );
    expect(await refusalOf({ field: 'paper', token: viewAs.token })).toEqual([403, 'FORBIDDEN']);
  });

  test('is none that many are given', async () => {
    const { id } = await upload(server, { field: 'paper' });
    const query = 'mutation ($values: JSON!) { updateCustomers(selection: { ids: [] }, values: $values) { id } }';
    const { errors } = await server.call(query, { values: { paper: id } });
    expect(errors?.[0]?.extensions['issues']).toMatchObject([{ path: 'paper', code: 'INVALID' }]);
  });

  test('is exported by its name, and told of a person with its size', async () => {
    const { id } = await upload(server, { field: 'paper', name: 'contract.png' });
    const { customer } = await saveCustomer(server, { values: { name: 'Exported', paper: id } });
    const get = async (address: string) =>
      (
        await fetch(`${server.url}/exports/${address}`, { headers: { authorization: `Bearer ${server.token}` } })
      ).text();
    expect(await get('customers.csv?columns=name,paper')).toContain('Exported,contract.png');
    const person = JSON.parse(await get(`customers/${customer.id}.json`)) as { customer: { values: object[] } };
    expect(person.customer.values).toContainEqual(
      expect.objectContaining({ key: 'paper', text: 'contract.png', bytes: png.length }),
    );
  });
});

describe('a file of a public form', () => {
  test('is uploaded by its link, for a field that it places, and becomes the answer’s customer’s', async () => {
    const form = await openForm(server, ['name', 'photo']);
    const { id } = await upload(server, { field: 'photo', slug: form.slug });
    expect((await fetchFile(server, id)).status).toBe(404);
    expect((await fetchFile(server, id, null)).status).toBe(401);
    expect(await refusalOf({ field: 'paper', slug: form.slug })).toEqual([422, 'VALIDATION_FAILED', 'field']);
    expect(await refusalOf({ field: 'photo', slug: 'nosuch' })).toEqual([404, 'NOT_FOUND']);
    const own = await upload(server, { field: 'photo' });
    await expect(answerForm(server, form, { name: 'P', photo: own.id })).rejects.toThrow('422');
    await answerForm(server, form, { name: 'P', photo: id });
    expect((await fetchFile(server, id)).status).toBe(200);
    await expect(answerForm(server, form, { name: 'Q', photo: id })).rejects.toThrow('422');
  });

  test('is the answer’s while it waits, and then the customer’s', async () => {
    await saveCustomer(server, { values: { name: 'Waiting' } });
    const form = await openForm(server, ['name', 'photo'], { matchOn: ['name'] });
    const { id } = await upload(server, { field: 'photo', slug: form.slug });
    const submissionId = await answerForm(server, form, { name: 'Waiting', photo: id });
    now = '2030-01-03T00:00:00.000Z';
    await sweep();
    expect((await fetchFile(server, id)).status).toBe(200);
    expect((await fetchFile(server, id, await server.signInAs([]))).status).toBe(404);
    await server.ask('mutation ($id: ID!) { resolveReview(submissionId: $id) { id } }', { id: submissionId });
    expect((await fetchFile(server, id)).status).toBe(200);
    expect((await stat(path.join(server.dataDir, 'files', id.slice(-2), id.slice(-4, -2), id))).size).toBe(png.length);
  });

  test('comes so often a minute and no more', async () => {
    const { slug } = await openForm(server, ['name', 'photo']);
    const statuses = new Set<number>();
    for (let sent = 0; sent <= limits.uploads; sent += 1)
      statuses.add((await fetch(`${server.url}/f/${slug}/files`, { method: 'POST' })).status);
    expect([...statuses]).toEqual([422, 429]);
  });
});
