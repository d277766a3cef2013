import { streamXlsxRows } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Capability } from '../access/role.ts';
import { createFields, saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
const ids: Record<string, string> = {};
/** May view the audit log and export; income HIDDEN, phone MASKED. */
let limited: string;
/** The same; sees the east alone. */
let east: string;

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: 'Name' },
    { key: 'city', type: 'TEXT', label: 'City' },
    { key: 'income', type: 'NUMBER', label: 'Income', sensitive: true },
    { key: 'phone', type: 'PHONE', label: 'Phone', sensitive: true },
  ]);
  for (const [name, city, phone] of [
    ['An', 'east', '13812341234'],
    ['Cy', 'west', '13812345678'],
  ] as const)
    ids[name] = (await saveCustomer(server, { values: { name, city, income: 5_432, phone } })).customer.id;
  const limitedRole = await role({ name: 'Limited' });
  await server.ask(
    `mutation ($id: ID!) { setFieldAccess(roleId: $id, entries: [
       { fieldKey: "income", access: HIDDEN }, { fieldKey: "phone", access: MASKED }]) { id } }`,
    { id: limitedRole },
  );
  limited = await server.signInAs([limitedRole]);
  east = await server.signInAs([await role({ name: 'East', rowScope: { '==': [{ var: 'city' }, 'east'] } })]);
});
afterAll(() => server.close());

async function role(input: { name: string; capabilities?: Capability[]; rowScope?: object }): Promise<string> {
  const { saveRole } = await server.ask<{ saveRole: { id: string } }>(
    'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }',
    { input: { capabilities: ['VIEW_AUDIT', 'EXPORT'], defaultAccess: 'READ', ...input } },
  );
  return saveRole.id;
}

const get = (path: string, token: string | null = server.token, language = 'en') =>
  fetch(`${server.url}/exports/audit-log.${path}`, {
    headers: { 'accept-language': language, ...(token && { authorization: `Bearer ${token}` }) },
  });
const workbook = async (query: Record<string, string> = {}, token = server.token) => {
  const answer = await get(`xlsx?${new URLSearchParams(query).toString()}`, token);
  expect(answer.status).toBe(200);
  const rows: unknown[][] = [];
  for await (const { values } of streamXlsxRows(new Uint8Array(await answer.arrayBuffer()))) rows.push([...values]);
  return rows.slice(1).map(([at, who, address, action, target, changes]) => ({
    at,
    who,
    address,
    action,
    target,
    changes: String(changes).startsWith('{') ? (JSON.parse(String(changes)) as unknown) : changes,
  }));
};
const csv = async (query: Record<string, string> = {}, token = server.token, language = 'en') => {
  const answer = await get(`csv?${new URLSearchParams(query).toString()}`, token, language);
  expect(answer.status).toBe(200);
  return (await answer.text()).split('\r\n').filter((line) => line !== '');
};
const ofCustomer = (name: string) => ({ customerId: ids[name]!, search: 'customer.created' });
const refusal = async (path: string, token: string | null = server.token) => {
  const answer = await get(path, token);
  if (answer.status === 200) return [200];
  const { code, issues } = (await answer.json()) as { code: string; issues?: { path: string; code: string }[] };
  return [answer.status, code, ...(issues ?? []).map((issue) => `${issue.path} ${issue.code}`)];
};

describe('an export of the audit log', () => {
  it('holds who did what, when in UTC, from where, and from what to what', async () => {
    const [entry, ...others] = await workbook(ofCustomer('An'));
    expect(others).toEqual([]);
    expect(entry).toEqual({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
      who: 'admin',
      address: expect.stringMatching(/127\.0\.0\.1$/) as unknown,
      action: 'customer.created',
      target: `customer:${ids['An']}`,
      changes: {
        name: { from: null, to: 'An' },
        city: { from: null, to: 'east' },
        income: { from: null, to: 5_432 },
        phone: { from: null, to: '+8613812341234' },
      },
    });
  });

  it('is a file that is kept nowhere, with its columns in the language of the reader', async () => {
    const answer = await get('csv');
    expect(['content-type', 'content-disposition', 'cache-control'].map((name) => answer.headers.get(name))).toEqual([
      'text/csv; charset=utf-8',
      'attachment; filename="audit-log.csv"',
      'no-store',
    ]);
    expect((await answer.text()).split('\r\n')[0]).toBe('Time (UTC),Who,Address,Action,Target,Changes');
    expect((await csv({}, server.token, 'zh-CN'))[0]).toBe('时间（UTC）,操作人,来源地址,操作,对象,改动');
  });

  it('is narrowed by customer, search and instants, as the list is', async () => {
    const all = await workbook();
    const middle = all[Math.floor(all.length / 2)]!;
    const later = (await workbook({ from: String(middle.at) })).map(({ at }) => String(at));
    const earlier = (await workbook({ to: String(middle.at) })).map(({ at }) => String(at));
    expect([later.length > 0, later.every((at) => at >= String(middle.at))]).toEqual([true, true]);
    expect([earlier.length > 0, earlier.every((at) => at < String(middle.at))]).toEqual([true, true]);
    expect(new Set((await workbook({ search: 'FIELD.' })).map(({ action }) => action))).toEqual(
      new Set(['field.created']),
    );
    expect(await workbook({ customerId: 'nosuch' })).toEqual([]);
  });

  it('holds nothing that a spreadsheet would compute', async () => {
    await server.database.source.query(
      `insert into audit_entry (at, actor_id, address, action, target, changes)
       values (now(), null, '@cmd', '=1+1', '-2+3', '{}')`,
    );
    const [, line] = await csv({ search: '=1+1' });
    expect(line).toMatch(/Z,,'@cmd,'=1\+1,'-2\+3,restricted$/);
  });

  it('cuts off in a workbook what a cell cannot hold', async () => {
    await server.database.source.query(
      `insert into audit_entry (at, actor_id, address, action, target, changes)
       values (now(), null, null, 'large', 'job:1', jsonb_build_object('x', repeat('x', 40000)))`,
    );
    const answer = await get('xlsx?search=large');
    const lengths: number[] = [];
    for await (const { values } of streamXlsxRows(new Uint8Array(await answer.arrayBuffer())))
      lengths.push(Math.max(...values.map((value) => String(value).length)));
    expect(lengths.slice(1)).toEqual([32_767]);
    const [, line] = await csv({ search: 'large' });
    expect(line!.length).toBeGreaterThan(40_000);
  });

  it('goes on from page to page without missing anything', async () => {
    await server.database.source.query(
      `insert into audit_entry (at, actor_id, address, action, target, changes)
       select now(), null, null, 'paged', 'job:' || n, '{}' from generate_series(1, 2500) n`,
    );
    const targets = (await workbook({ search: 'paged' })).map(({ target }) => target);
    expect(targets).toEqual(Array.from({ length: 2_500 }, (_, n) => `job:${2_500 - n}`));
  });

  it('is recorded, of a customer where it is theirs', async () => {
    await csv({ search: 'role.', from: '2026-01-01T00:00:00+08:00' });
    await csv({ customerId: ids['Cy']!.toUpperCase() });
    const recorded = await server.database.source.query<unknown[]>(
      'select action, target, changes from audit_entry order by id desc limit 2',
    );
    expect(recorded).toEqual([
      {
        action: 'auditLog.exported',
        target: `customer:${ids['Cy']}`,
        changes: { search: null, fromInstant: null, toInstant: null },
      },
      {
        action: 'auditLog.exported',
        target: 'auditLog:',
        changes: { search: 'role.', fromInstant: '2025-12-31T16:00:00.000Z', toInstant: null },
      },
    ]);
    const [own] = await workbook({ search: 'auditLog.exported' });
    expect(own).toMatchObject({ who: 'admin', changes: { search: 'auditLog.exported' } });
  });
});

describe('the rights of an export of the audit log', () => {
  it('leave out what is hidden, and what is masked but for its mask', async () => {
    expect((await csv({}, limited)).join('\n')).not.toMatch(/5432|13812341234|13812345678/);
    const [entry] = await workbook(ofCustomer('An'), limited);
    expect(entry!.changes).toEqual({
      name: { from: null, to: 'An' },
      city: { from: null, to: 'east' },
      phone: { from: null, to: '138****1234' },
    });
  });

  it('leave out customers of nobody’s scope, and say what is restricted', async () => {
    const made = await workbook({ search: 'customer.created' }, east);
    expect(made.map(({ target }) => target)).toEqual([`customer:${ids['An']}`]);
    expect(await workbook(ofCustomer('Cy'), east)).toEqual([]);
    const roles = (await workbook({ search: 'role.' }, east)).map(({ changes }) => changes);
    expect([roles.length > 0, ...new Set(roles)]).toEqual([true, 'restricted']);
  });

  it('tell what was searched for to who may see the whole log', async () => {
    await csv({ search: 'somebody@example.com' });
    await csv({ customerId: ids['An']!, search: 'somebody@example.com' });
    for (const token of [limited, east]) {
      const told = await workbook({ search: 'auditLog.exported' }, token);
      expect([told.length > 1, ...new Set(told.map(({ changes }) => changes))]).toEqual([true, 'restricted']);
    }
  });

  it('note of each customer what sensitive fields were told', async () => {
    const noted = () =>
      server.database.source.query<object[]>(
        `select channel, field_keys as fields, customer_ids as customers from sensitive_read order by id`,
      );
    const before = (await noted()).length;
    await csv(ofCustomer('An'));
    await csv(ofCustomer('An'), limited);
    expect((await noted()).slice(before)).toEqual([
      { channel: 'export', fields: ['income', 'phone'], customers: [ids['An']] },
    ]);
  });

  it('refuse who may not export, who may not view the log, and who is not signed in', async () => {
    const withOnly = async (name: string, capabilities: Capability[]) =>
      server.signInAs([await role({ name, capabilities })]);
    const before = await workbook({ search: 'auditLog.exported' });
    for (const path of ['csv', 'xlsx']) {
      expect(await refusal(path, await withOnly(`Views ${path}`, ['VIEW_AUDIT']))).toEqual([403, 'FORBIDDEN']);
      expect(await refusal(path, await withOnly(`Exports ${path}`, ['EXPORT']))).toEqual([403, 'FORBIDDEN']);
      expect(await refusal(path, null)).toEqual([401, 'UNAUTHENTICATED']);
    }
    expect((await workbook({ search: 'auditLog.exported' })).length).toBe(before.length + 1);
  });

  it.each<[string, string, unknown[]]>([
    ['an instant that is none', 'csv?from=yesterday', [422, 'VALIDATION_FAILED', 'from INVALID']],
    ['a day without an instant', 'csv?to=2026-01-01', [422, 'VALIDATION_FAILED', 'to INVALID']],
    ['a parameter twice', 'csv?search=a&search=b', [422, 'VALIDATION_FAILED', 'search INVALID']],
  ])('refuse %s', async (_, path, expected) => {
    expect(await refusal(path)).toEqual(expected);
  });

  it('taken away while it goes on end a file without the rest', async () => {
    const held = await role({ name: 'Exports the log' });
    await server.database.source.query(
      `insert into audit_entry (at, actor_id, address, action, target, changes)
       select now(), null, null, 'long', 'job:' || n, jsonb_build_object('x', repeat(md5(n::text), 100))
         from generate_series(1, 10000) n`,
    );
    const answer = await get('csv', await server.signInAs([held]));
    const reader = answer.body!.getReader();
    await reader.read();
    await server.ask(
      `mutation ($id: ID!) { saveRole(input: { id: $id, version: 1, name: "No more", capabilities: [VIEW_AUDIT], defaultAccess: READ }) { id } }`,
      { id: held },
    );
    const readAll = async () => {
      for (;;) if ((await reader.read()).done) return;
    };
    await expect(readAll()).rejects.toThrow(/terminated|aborted|closed/);
  });
});
