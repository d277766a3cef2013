import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { streamXlsxRows } from 'hucre/xlsx';
import { builtInRoles } from '../access/role.ts';
import { activeSegment, createFields, saveCustomer, type SavedSegment } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let rich: SavedSegment;
/** May export; income HIDDEN, phone MASKED. */
let limited: string;
beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: '姓名', labels: { en: 'Name' } },
    { key: 'income', type: 'MONEY', label: 'Income' },
    { key: 'phone', type: 'PHONE', label: 'Phone' },
    { key: 'level', type: 'SELECT', label: 'Level', options: [{ key: 'g', label: '金', labels: { en: 'Gold' } }] },
    {
      key: 'tags',
      type: 'MULTI_SELECT',
      label: 'Tags',
      options: ['a', 'b'].map((key) => ({ key, label: key.toUpperCase() })),
    },
    { key: 'born', type: 'DATE', label: 'Born' },
    { key: 'seen', type: 'DATETIME', label: 'Seen' },
    { key: 'vip', type: 'BOOLEAN', label: 'VIP' },
    { key: 'place', type: 'REGION', label: 'Place' },
    { key: 'note', type: 'LONG_TEXT', label: '=Note' },
  ]);
  rich = await activeSegment(server, 'rich', { '>': [{ var: 'income' }, 1_000] });
  await saveCustomer(server, { values: { name: '=1+1', income: -5.5, note: '-2+3 "x", 甲\n+4' } });
  await saveCustomer(server, {
    values: {
      name: '王晨海',
      income: 5_000,
      phone: '13812341234',
      level: 'g',
      tags: ['b', 'a'],
      born: '1990-01-02',
      seen: '2026-01-31T01:05:00Z',
      vip: true,
      place: '310115',
      note: '@cmd',
    },
  });
  const { saveRole } = await server.ask<{ saveRole: { id: string } }>(
    'mutation { saveRole(input: { name: "Limited", capabilities: [EXPORT], defaultAccess: READ }) { id } }',
  );
  await server.ask(
    `mutation ($id: ID!) { setFieldAccess(roleId: $id, entries: [
       { fieldKey: "income", access: HIDDEN }, { fieldKey: "phone", access: MASKED }]) { id } }`,
    { id: saveRole.id },
  );
  limited = await server.signInAs([saveRole.id]);
});
afterAll(() => server.close());

const get = (path: string, token: string | null = server.token) =>
  fetch(`${server.url}/exports/customers.${path}`, {
    headers: { 'accept-language': 'en', ...(token && { authorization: `Bearer ${token}` }) },
  });
const csv = async (query = '', token = server.token) => {
  const answer = await get(`csv${query}`, token);
  expect(answer.status).toBe(200);
  // Its reader takes the mark of UTF-8 away.
  const text = await answer.text().catch((error: unknown) => String(error));
  return text.split('\r\n').filter((line) => line !== '');
};
const refusal = async (path: string, token: string | null = server.token) => {
  const answer = await get(path, token);
  if (answer.status === 200) return [200];
  const { code, issues, fields } = (await answer.json()) as {
    code: string;
    issues?: { path: string; code: string }[];
    fields?: string[];
  };
  return [answer.status, code, ...(issues ?? []).map((issue) => `${issue.path} ${issue.code}`), ...(fields ?? [])];
};

describe('an export of customers', () => {
  it('holds every field, in words of the reader, newest first, with nothing that a spreadsheet would compute', async () => {
    const columns = 'name,income,phone,level,tags,born,seen,vip,place,note';
    expect((await csv(`?columns=${columns}`)).join('\n')).toBe(
      [
        `Name,Income,Phone,Level,Tags,Born,Seen,VIP,Place,'=Note`,
        `王晨海,5000,'+8613812341234,Gold,A; B,1990-01-02,2026-01-31 09:05:00,Yes,上海市浦东新区,'@cmd`,
        `'=1+1,-5.5,,,,,,,,"'-2+3 ""x"", 甲`,
        `+4"`,
      ].join('\n'),
    );
  });

  it('is a file with a mark of UTF-8, which is kept nowhere', async () => {
    const answer = await get('csv');
    const start = new Uint8Array(await answer.arrayBuffer()).subarray(0, 3);
    expect([...start]).toEqual([0xef, 0xbb, 0xbf]);
    expect(['content-type', 'content-disposition', 'cache-control'].map((name) => answer.headers.get(name))).toEqual([
      'text/csv; charset=utf-8',
      'attachment; filename="customers.csv"',
      'no-store',
    ]);
  });

  it('as a workbook holds the same, numbers as numbers and text as text', async () => {
    const answer = await get('xlsx?columns=name,income,note');
    const rows: unknown[] = [];
    for await (const { values } of streamXlsxRows(new Uint8Array(await answer.arrayBuffer()))) rows.push(values);
    expect(rows).toEqual([
      ['Name', 'Income', '=Note'],
      ['王晨海', 5_000, '@cmd'],
      ['=1+1', -5.5, '-2+3 "x", 甲\n+4'],
    ]);
  });

  it('is of a segment, by a filter, or by a search', async () => {
    const names = async (query: string) => (await csv(`?columns=name&${query}`)).slice(1);
    expect(await names(`segment=${rich.id}`)).toEqual(['王晨海']);
    expect(await names(`filter=${encodeURIComponent('{"<":[{"var":"income"},0]}')}`)).toEqual([`'=1+1`]);
    expect(await names('search=wch')).toEqual(['王晨海']);
  });

  it('goes on from page to page without missing anybody', async () => {
    await server.database.source.query(
      `insert into customer (id, version, created_at, updated_at, f_name)
       select gen_random_uuid(), 1, now(), now(), 'n' || n from generate_series(1, 2500) n`,
    );
    const names = (await csv('?columns=name')).slice(1);
    expect([names.length, new Set(names).size]).toEqual([2_502, 2_502]);
    await server.database.source.query(`delete from customer where f_name like 'n%'`);
  });

  it('is recorded', async () => {
    await csv('?columns=name,born');
    const [entry] = await server.database.source.query<unknown[]>('select * from audit_entry order by id desc limit 1');
    expect(entry).toMatchObject({ action: 'customers.exported', changes: { columns: ['name', 'born'], search: null } });
  });
});

describe('the rights of an export', () => {
  it('P07 leave out what is hidden and what is masked', async () => {
    const lines = await csv('', limited);
    expect(lines[0]).toBe(`Name,Level,Tags,Born,Seen,VIP,Place,'=Note,Created,Updated,Owner`);
    expect(lines.join()).not.toMatch(/5000|1381|1234/);
  });

  it('leave out of each customer what the roles that count there may not read', async () => {
    const role = async (name: string, rowScope: object) => {
      const input = { name, capabilities: ['EXPORT'], defaultAccess: 'READ', rowScope };
      const made = await server.ask<{ saveRole: { id: string } }>(
        'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }',
        { input },
      );
      return made.saveRole.id;
    };
    const one = await role('One', { '==': [{ var: 'name' }, '王晨海'] });
    const others = await role('Others', { '!=': [{ var: 'name' }, '王晨海'] });
    await server.ask(
      'mutation ($id: ID!) { setFieldAccess(roleId: $id, entries: [{ fieldKey: "income", access: HIDDEN }]) { id } }',
      { id: others },
    );
    const lines = await csv('?columns=name,income', await server.signInAs([one, others]));
    expect(lines.slice(1)).toEqual(['王晨海,5000', `'=1+1,`]);
  });

  it.each<[string, string, unknown[]]>([
    [
      'a hidden column as one that is none',
      'csv?columns=name,income',
      [422, 'VALIDATION_FAILED', 'columns/income UNKNOWN_FIELD'],
    ],
    ['no such column', 'csv?columns=nosuch', [422, 'VALIDATION_FAILED', 'columns/nosuch UNKNOWN_FIELD']],
    ['a masked column', 'xlsx?columns=phone', [403, 'FIELD_FORBIDDEN', 'phone']],
    [
      'a filter by a hidden field',
      `csv?filter=${encodeURIComponent('{"<":[{"var":"income"},0]}')}`,
      [422, 'RULE_INVALID', '/</0/var UNKNOWN_FIELD'],
    ],
    ['what is no rule', 'csv?filter=%7B', [422, 'VALIDATION_FAILED', 'filter INVALID']],
    ['a parameter twice', 'csv?columns=name&columns=income', [422, 'VALIDATION_FAILED', 'columns INVALID']],
    ['a segment that is none', 'csv?segment=nosuch', [404, 'NOT_FOUND']],
  ])('refuse %s', async (_, path, expected) => {
    expect(await refusal(path, limited)).toEqual(expected);
  });

  it('refuse a restricted segment, who may not export, and who is not signed in', async () => {
    expect(await refusal(`csv?segment=${rich.id}`, limited)).toEqual([403, 'FORBIDDEN']);
    expect(await refusal('csv', await server.signInAs([builtInRoles.staff]))).toEqual([403, 'FORBIDDEN']);
    expect(await refusal('csv', null)).toEqual([401, 'UNAUTHENTICATED']);
  });

  it.each(['csv', 'xlsx'])('P62 taken away while it goes on end a %s without the rest', async (extension) => {
    const { saveRole } = await server.ask<{ saveRole: { id: string } }>(
      `mutation { saveRole(input: { name: "Exports ${extension}", capabilities: [EXPORT], defaultAccess: READ }) { id } }`,
    );
    const role = saveRole.id;
    await server.database.source.query(
      `insert into customer (id, version, created_at, updated_at, f_note)
       select gen_random_uuid(), 1, now(), now(), repeat(md5(n::text), 100) from generate_series(1, 20000) n`,
    );
    const answer = await get(extension, await server.signInAs([role]));
    const reader = answer.body!.getReader();
    await reader.read();
    await server.ask(
      `mutation ($id: ID!) { saveRole(input: { id: $id, version: 1, name: "No more ${extension}", capabilities: [], defaultAccess: READ }) { id } }`,
      { id: role },
    );
    const readAll = async () => {
      for (;;) if ((await reader.read()).done) return;
    };
    await expect(readAll()).rejects.toThrow(/terminated|aborted|closed/);
  });
});
