import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activeSegment, createFields, saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

async function issuesOf(mutation: string, variables: object): Promise<unknown> {
  const { errors } = await server.call(mutation, variables);
  const issues = errors?.[0]?.extensions['issues'] as { path: string; code: string }[] | undefined;
  return issues?.map(({ path, code }) => `${path} ${code}`) ?? errors?.[0]?.extensions.code;
}

const CREATE = 'mutation ($input: FieldInput!) { createField(input: $input) { key } }';
const UPDATE =
  'mutation ($input: FieldInput!, $version: Int) { updateField(key: "level", input: $input, version: $version) { version options { key archived } } }';

describe('fields', () => {
  test('are real columns of a native type', async () => {
    await createFields(
      server,
      ['TEXT', 'NUMBER', 'BOOLEAN', 'DATE', 'SELECT'].map((type) => ({
        key: `a_${type.toLowerCase()}`,
        type,
        label: type,
      })),
    );
    const columns = await server.database.source.query<{ name: string; type: string }[]>(
      `select column_name as name, data_type as type from information_schema.columns where table_name = 'customer' and column_name like 'f\\_a\\_%' order by 1`,
    );
    expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'f_a_boolean boolean',
      'f_a_date date',
      'f_a_number double precision',
      'f_a_select text',
      'f_a_text text',
    ]);
  });

  test("are listed behind the system fields, labelled in the reader's language", async () => {
    await createFields(server, [{ key: 'age', type: 'NUMBER', label: '年龄', labels: { en: 'Age' }, help: '周岁' }]);
    const list = (language: string) =>
      server.ask<{
        fields: { key: string; label: string; system: boolean; valueType: string; access: string; usedBy: unknown[] }[];
      }>(
        '{ fields { key label system valueType access help usedBy { id } } }',
        {},
        { headers: { 'accept-language': language } },
      );
    const { fields } = await list('en');
    expect(fields.slice(0, 3).map(({ key, label, system }) => `${key} ${label} ${system}`)).toEqual([
      'created_at Created true',
      'updated_at Updated true',
      'owner Owner true',
    ]);
    expect(fields.at(-1)).toMatchObject({
      key: 'age',
      label: 'Age',
      valueType: 'NUMBER',
      access: 'WRITE',
      help: '周岁',
      usedBy: [],
    });
    expect((await list('zh-TW,zh;q=0.9')).fields.at(-1)?.label).toBe('年龄');
  });

  test('P31: keys, labels and options are refused or harmless', async () => {
    for (const key of ["a'b", 'a"b', 'a;b', 'A', 'events', 'a'.repeat(42), '', 'owner', '__proto__', 'a\u0000', '😀']) {
      expect(await issuesOf(CREATE, { input: { key, type: 'TEXT', label: 'x' } })).toEqual(['key INVALID']);
    }
    expect(await issuesOf(CREATE, { input: { key: 'age', type: 'TEXT', label: 'x' } })).toEqual(['key NOT_UNIQUE']);
    expect(await issuesOf(CREATE, { input: {} })).toEqual(['key INVALID', 'type REQUIRED', 'label REQUIRED']);
    expect(
      await issuesOf(CREATE, {
        input: {
          key: 'b',
          type: 'SELECT',
          label: 'x\u0007',
          options: [
            { key: "o'", label: '' },
            { key: 'p', label: 'p', color: 'red' },
            { key: 'p', label: 'p' },
          ],
        },
      }),
    ).toEqual([
      'label FORBIDDEN_CHARACTER',
      'options/0/key INVALID',
      'options/0/label REQUIRED',
      'options/1/color INVALID',
      'options/2/key NOT_UNIQUE',
    ]);
    expect(
      await issuesOf(CREATE, {
        input: { key: 'b', type: 'NUMBER', label: 'x', validation: { pattern: '(a+)+$', min: 'a' } },
      }),
    ).toEqual(['validation/pattern INVALID', 'validation/min INVALID']);
    await createFields(server, [
      {
        key: 'quoted',
        type: 'SELECT',
        label: `'; drop table customer; -- <script>`,
        options: [{ key: 'constructor', label: '"><img src=x>' }],
      },
    ]);
    expect((await saveCustomer(server, { values: { quoted: 'constructor' } })).customer.values).toMatchObject({
      quoted: 'constructor',
    });
  });

  test('options left out are archived while somebody has them or a rule reads the field, else removed', async () => {
    const options = ['gold', 'silver', 'bronze'].map((key) => ({ key, label: key }));
    await createFields(server, [{ key: 'level', type: 'SELECT', label: '等级', options }]);
    const { customer } = await saveCustomer(server, { values: { level: 'gold' } });
    const update = (keep: number) => server.ask(UPDATE, { input: { options: options.slice(keep) } });
    expect(await update(2)).toEqual({
      updateField: {
        version: 2,
        options: [
          { key: 'bronze', archived: false },
          { key: 'gold', archived: true },
        ],
      },
    });
    expect(
      await issuesOf('mutation ($v: JSON!) { saveCustomer(input: { values: $v }) { customer { id } } }', {
        v: { level: 'gold' },
      }),
    ).toEqual(['level NOT_AN_OPTION']);
    expect(
      (await saveCustomer(server, { id: customer.id, version: 1, values: { level: 'gold' } })).customer.version,
    ).toBe(2);
    await activeSegment(server, 'gold', { '==': [{ var: 'level' }, 'bronze'] });
    expect(await server.ask(UPDATE, { input: { options: [] } })).toMatchObject({
      updateField: {
        options: [
          { key: 'bronze', archived: true },
          { key: 'gold', archived: true },
        ],
      },
    });
  });

  test('what is fixed, and versions', async () => {
    expect(await issuesOf(UPDATE, { input: { key: 'other' } })).toEqual(['key READ_ONLY']);
    expect(await issuesOf(UPDATE, { input: { key: 'other', type: 'TEXT' } })).toEqual(['key READ_ONLY']);
    expect(await issuesOf(UPDATE, { input: { label: 'x' }, version: 1 })).toBe('CONFLICT');
    expect(await issuesOf('mutation { archiveField(key: "nope") { key } }', {})).toBe('NOT_FOUND');
  });

  test('P79: fields made in parallel all come to be', async () => {
    const keys = Array.from({ length: 10 }, (_, i) => `parallel_${i}`);
    await Promise.all([
      ...keys.map((key) => createFields(server, [{ key, type: 'TEXT', label: key }])),
      ...keys.map(() => saveCustomer(server, { values: { age: 1 } })),
    ]);
    const { fields } = await server.ask<{ fields: { key: string }[] }>('{ fields { key } }');
    expect(keys.every((key) => fields.some((field) => field.key === key))).toBe(true);
  });
});
