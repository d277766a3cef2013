import type { FieldItem, FormLayout } from '@kequn/rules';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFields } from '../testing/calls.ts';
import { makeRole, refusalOf } from '../testing/role-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: '姓名', required: true },
    { key: 'phone', type: 'PHONE', label: '电话' },
    { key: 'age', type: 'NUMBER', label: '年龄' },
    { key: 'income', type: 'MONEY', label: '收入' },
    { key: 'old', type: 'TEXT', label: '旧' },
  ]);
});
afterAll(() => server.close());
beforeEach(async () => {
  await server.database.source.query(
    `delete from form_version; delete from form; delete from reference where owner_kind = 'form'`,
  );
});

interface AnsweredForm {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly layout: FormLayout;
  readonly settings: Record<string, unknown>;
  readonly publicSlug: string | null;
  readonly restricted: string | null;
  readonly published: { readonly number: number; readonly layout: FormLayout } | null;
  readonly versions: readonly { readonly number: number; readonly publishedBy: { readonly name: string } }[];
}

const parts =
  '{ id name version layout settings publicSlug restricted published { number layout } versions { number publishedBy { name } } }';

const SAVE = `mutation ($input: FormInput!) { form: saveForm(input: $input) ${parts} }`;

function layoutOf(...items: readonly FieldItem[]): FormLayout {
  return { pages: [{ sections: [{ columns: [{ items }] }] }] };
}

async function save(input: object, token = server.token): Promise<AnsweredForm> {
  return (await server.ask<{ form: AnsweredForm }>(SAVE, { input }, { token })).form;
}

async function act(name: 'publishForm' | 'setFormPublic' | 'restoreFormVersion', args: string): Promise<AnsweredForm> {
  return (await server.ask<{ form: AnsweredForm }>(`mutation { form: ${name}(${args}) ${parts} }`)).form;
}

async function shown(id: string, token = server.token): Promise<AnsweredForm | null> {
  const document = `query ($id: ID!) { form(id: $id) ${parts} }`;
  return (await server.ask<{ form: AnsweredForm | null }>(document, { id }, { token })).form;
}

const simple = { name: 'Visit', layout: layoutOf({ field: 'name' }, { field: 'phone' }) };

describe('a draft', () => {
  test('is made and saved at the version that was read', async () => {
    const form = await save(simple);
    expect(form).toMatchObject({
      name: 'Visit',
      version: 1,
      layout: simple.layout,
      settings: { hiddenValues: 'KEEP' },
      published: null,
      publicSlug: null,
      restricted: null,
      versions: [],
    });
    const layout = layoutOf({ field: 'name', label: { en: 'Who?' } });
    expect(await save({ id: form.id, version: 1, name: ' Visits ', layout })).toMatchObject({
      name: 'Visits',
      version: 2,
      layout,
    });
    const late = { input: { ...simple, id: form.id, version: 1 } };
    expect(await refusalOf(server, SAVE, late)).toBe('CONFLICT');
    expect(await refusalOf(server, SAVE, { input: { ...simple, id: form.id } })).toBe(
      'VALIDATION_FAILED, version REQUIRED',
    );
  });

  test.each<[string, object, string]>([
    ['no name', { ...simple, name: ' ' }, 'VALIDATION_FAILED, name REQUIRED'],
    ['no layout', { name: 'a', layout: [] }, 'VALIDATION_FAILED, layout WRONG_TYPE'],
    ['no page', { name: 'a', layout: { pages: [] } }, 'VALIDATION_FAILED, layout/pages TOO_SHORT'],
    [
      'an unknown part',
      { name: 'a', layout: { pages: [{ sections: [], script: 'x' }] } },
      'VALIDATION_FAILED, layout/pages/0 INVALID',
    ],
    [
      'five columns',
      { name: 'a', layout: { pages: [{ sections: [{ columns: Array.from({ length: 5 }, () => ({ items: [] })) }] }] } },
      'VALIDATION_FAILED, layout/pages/0/sections/0/columns TOO_LONG',
    ],
    [
      'a character that no text may hold',
      { name: 'a', layout: layoutOf({ field: 'name', label: 'a\u0000' }) },
      'VALIDATION_FAILED, layout/pages/0/sections/0/columns/0/items/0/label FORBIDDEN_CHARACTER',
    ],
    [
      'an unknown field',
      { name: 'a', layout: layoutOf({ field: 'nothing' }) },
      'VALIDATION_FAILED, layout/pages/0/sections/0/columns/0/items/0 UNKNOWN_FIELD',
    ],
    [
      'a rule that reads an unknown field',
      { name: 'a', layout: layoutOf({ field: 'name', visibleWhen: { '==': [{ var: 'nothing' }, 1] } }) },
      'RULE_INVALID, layout/pages/0/sections/0/columns/0/items/0/visibleWhen/==/0/var UNKNOWN_FIELD',
    ],
    [
      'rules that go round',
      {
        name: 'a',
        layout: layoutOf(
          { field: 'name', visibleWhen: { '>': [{ var: 'age' }, 1] } },
          { field: 'age', compute: { length: [{ var: 'name' }] } },
        ),
      },
      'RULE_INVALID, layout/pages/0/sections/0/columns/0/items/0 CYCLE',
    ],
    [
      'settings that it does not have',
      { ...simple, settings: { hiddenValues: 'LOSE', limit: 0, opensAt: 'soon' } },
      'VALIDATION_FAILED, settings/hiddenValues INVALID, settings/opensAt INVALID, settings/limit TOO_SHORT',
    ],
    [
      'a close before it opens',
      { ...simple, settings: { opensAt: '2026-02-01T00:00:00Z', closesAt: '2026-01-01T00:00:00Z' } },
      'VALIDATION_FAILED, settings/closesAt TOO_SMALL',
    ],
    [
      'matching by a field that stands elsewhere, and by a number',
      {
        name: 'a',
        layout: layoutOf({ field: 'name' }, { field: 'age' }),
        settings: { matchOn: ['name', 'phone', 'age'] },
      },
      'VALIDATION_FAILED, settings/matchOn/1 INVALID, settings/matchOn/2 INVALID',
    ],
  ])('with %s is refused', async (_, input, expected) => {
    expect(await refusalOf(server, SAVE, { input })).toBe(expected);
  });

  test('keeps its password to itself', async () => {
    const form = await save({ ...simple, settings: { password: 'sesame', limit: 5 } });
    expect(form.settings).toEqual({ hiddenValues: 'KEEP', limit: 5, password: true });
    const again = await save({ ...simple, id: form.id, version: 1, settings: { password: true } });
    expect(again.settings).toEqual({ hiddenValues: 'KEEP', password: true });
    const [stored] =
      await server.database.source.query<{ settings: { passwordHash: string } }[]>('select settings from form');
    expect(stored!.settings.passwordHash).toMatch(/^\$argon2id\$/);
    const without = await save({ ...simple, id: form.id, version: 2, settings: {} });
    expect(without.settings).toEqual({ hiddenValues: 'KEEP' });
  });

  test('says whether publishing it would change anything, be it another password', async () => {
    const { id } = await save({ ...simple, settings: { password: 'sesame' } });
    const changed = async () =>
      (await server.ask<{ form: { changed: boolean } }>('query ($id: ID!) { form(id: $id) { changed } }', { id })).form
        .changed;
    expect(await changed()).toBe(false);
    await act('publishForm', `id: "${id}"`);
    expect(await changed()).toBe(false);
    await save({ ...simple, id, version: 2, settings: { password: true } });
    expect(await changed()).toBe(false);
    await save({ ...simple, id, version: 3, settings: { password: 'open up' } });
    expect(await changed()).toBe(true);
    await act('publishForm', `id: "${id}"`);
    expect(await changed()).toBe(false);
  });
});

describe('publishing', () => {
  test('makes a version of the draft, once, and an earlier one comes back as the draft', async () => {
    const { id } = await save(simple);
    expect(await act('publishForm', `id: "${id}"`)).toMatchObject({
      version: 2,
      published: { number: 1, layout: simple.layout },
    });
    expect(await act('publishForm', `id: "${id}"`)).toMatchObject({ version: 2, published: { number: 1 } });
    const other = layoutOf({ field: 'age' });
    expect(await save({ id, version: 2, name: 'Visit', layout: other })).toMatchObject({
      layout: other,
      published: { layout: simple.layout },
    });
    expect(await act('publishForm', `id: "${id}"`)).toMatchObject({ published: { number: 2, layout: other } });
    const restored = await act('restoreFormVersion', `id: "${id}", number: 1`);
    expect(restored).toMatchObject({ version: 5, layout: simple.layout, published: { number: 2 } });
    expect(restored.versions.map(({ number }) => number)).toEqual([2, 1]);
    expect(await refusalOf(server, `mutation { restoreFormVersion(id: "${id}", number: 3) { id } }`, {})).toBe(
      'NOT_FOUND',
    );
  });

  test('asks for a field', async () => {
    const { id } = await save({ name: 'a', layout: { pages: [{ sections: [] }] } });
    expect(await refusalOf(server, `mutation { publishForm(id: "${id}") { id } }`, {})).toBe(
      'VALIDATION_FAILED, layout REQUIRED',
    );
  });

  test('opens a form to everybody by a link that is never given twice', async () => {
    const { id } = await save(simple);
    const open = `mutation { setFormPublic(id: "${id}", public: true) { id } }`;
    expect(await refusalOf(server, open, {})).toBe('VALIDATION_FAILED, public INVALID');
    await act('publishForm', `id: "${id}"`);
    const first = await act('setFormPublic', `id: "${id}", public: true`);
    expect(first.publicSlug).toMatch(/^[\w-]{24}$/);
    expect((await act('setFormPublic', `id: "${id}", public: true`)).publicSlug).toBe(first.publicSlug);
    expect((await act('setFormPublic', `id: "${id}", public: false`)).publicSlug).toBeNull();
    const again = await act('setFormPublic', `id: "${id}", public: true`);
    expect(again.publicSlug).not.toBe(first.publicSlug);
  });

  test('deleting takes it away', async () => {
    const { id } = await save(simple);
    await server.ask(`mutation { deleteForm(id: "${id}") }`);
    expect(await shown(id)).toBeNull();
    expect(await refusalOf(server, `mutation { deleteForm(id: "${id}") }`, {})).toBe('NOT_FOUND');
  });
});

describe('a field that a form uses', () => {
  const usages = async (key: string) => {
    const { fields } = await server.ask<{ fields: { key: string; usedBy: { kind: string; name: string }[] }[] }>(
      '{ fields { key usedBy { kind name } } }',
    );
    return fields.find((field) => field.key === key)!.usedBy;
  };

  test('says so; a rule of what is published keeps it, standing on a form does not', async () => {
    const layout = layoutOf({ field: 'old' }, { field: 'name', visibleWhen: { '>': [{ var: 'age' }, 17] } });
    const { id } = await save({ name: 'Visit', layout });
    expect([await usages('old'), await usages('age')]).toEqual([
      [{ kind: 'form', name: 'Visit' }],
      [{ kind: 'form', name: 'Visit' }],
    ]);
    await act('publishForm', `id: "${id}"`);
    expect(await refusalOf(server, 'mutation { archiveField(key: "age") { key } }', {})).toBe('IN_USE');
    await server.ask('mutation { archiveField(key: "old") { key } }');
    const without = layoutOf({ field: 'name', visibleWhen: { '>': [{ var: 'age' }, 17] } });
    expect((await shown(id))!.published!.layout).toEqual(without);
    await act('publishForm', `id: "${id}"`);
    await server.ask('mutation { restoreField(key: "old") { key } }');
    expect((await shown(id))!.published!.layout).toEqual(layout);
  });
});

describe('a form tells nobody what they may not know', () => {
  const layout = layoutOf(
    { field: 'name', visibleWhen: { '>': [{ var: 'income' }, 1000] } },
    { field: 'income' },
    { field: 'age', compute: { '+': [{ var: 'income' }, 1] }, requiredWhen: { '==': [{ var: 'name' }, 'a'] } },
  );

  test('whom a field is hidden from gets neither it nor the rules that read it', async () => {
    const { id } = await save({ name: 'Visit', layout });
    await act('publishForm', `id: "${id}"`);
    const token = await server.signInAs([
      await makeRole(server, { capabilities: ['MANAGE_FORMS'] }, { income: 'HIDDEN' }),
    ]);
    const form = (await shown(id, token))!;
    const known = layoutOf(
      { field: 'name' },
      { field: 'age', readOnlyWhen: true, requiredWhen: { '==': [{ var: 'name' }, 'a'] } },
    );
    expect([form.layout, form.published!.layout]).toEqual([known, known]);
    expect(form.restricted).toBe('It places or reads a field that you may not see');
    const change = { input: { id, version: form.version, name: 'Mine', layout: simple.layout } };
    expect(await refusalOf(server, SAVE, change, token)).toBe('FORBIDDEN');
    for (const name of ['publishForm', 'deleteForm'])
      expect(
        await refusalOf(
          server,
          `mutation { ${name}(id: "${id}")${name === 'deleteForm' ? '' : ' { id }'} }`,
          {},
          token,
        ),
      ).toBe('FORBIDDEN');
  });

  test('a hidden field is answered as one that does not exist, and a masked one is not read', async () => {
    const token = await server.signInAs([
      await makeRole(server, { capabilities: ['MANAGE_FORMS'] }, { income: 'HIDDEN', age: 'MASKED' }),
    ]);
    const place = (item: FieldItem) => ({ input: { name: 'a', layout: layoutOf(item) } });
    const path = 'layout/pages/0/sections/0/columns/0/items/0';
    expect(await refusalOf(server, SAVE, place({ field: 'income' }), token)).toBe(
      `VALIDATION_FAILED, ${path} UNKNOWN_FIELD`,
    );
    expect(
      await refusalOf(server, SAVE, place({ field: 'name', visibleWhen: { '>': [{ var: 'age' }, 1] } }), token),
    ).toBe('FIELD_FORBIDDEN');
  });

  test('what a form matches by is told to who may know of it, and lost with the field', async () => {
    const { id, version } = await save({ ...simple, settings: { matchOn: ['phone', 'name'] } });
    await act('publishForm', `id: "${id}"`);
    const token = await server.signInAs([
      await makeRole(server, { capabilities: ['MANAGE_FORMS'] }, { phone: 'HIDDEN' }),
    ]);
    const document = `{ form(id: "${id}") { settings published { settings } } }`;
    const told = await server.ask<{ form: object }>(document, {}, { token });
    const settings = { hiddenValues: 'KEEP', matchOn: ['name'] };
    expect(told.form).toEqual({ settings, published: { settings } });
    const without = await save({ id, version: version + 1, name: 'Visit', layout: layoutOf({ field: 'name' }) });
    expect(without.settings).toEqual(settings);
  });

  test('who does not design sees what is published alone', async () => {
    const { id } = await save(simple);
    const token = await server.signInAs([await makeRole(server)]);
    expect(await shown(id, token)).toBeNull();
    expect(await refusalOf(server, SAVE, { input: simple }, token)).toBe('FORBIDDEN');
    await act('publishForm', `id: "${id}"`);
    const draft = layoutOf({ field: 'age' });
    await save({ id, version: 2, name: 'Visit', layout: draft });
    expect(await shown(id, token)).toMatchObject({ layout: simple.layout, versions: [] });
  });

  test('nobody opens to everybody what they may not write themselves', async () => {
    const { id } = await save(simple);
    await act('publishForm', `id: "${id}"`);
    const token = await server.signInAs([
      await makeRole(server, { capabilities: ['MANAGE_FORMS'] }, { phone: 'READ' }),
    ]);
    const open = `mutation { setFormPublic(id: "${id}", public: true) { id } }`;
    expect(await refusalOf(server, open, {}, token)).toBe('FIELD_FORBIDDEN');
  });
});

describe('a form as a role fills it', () => {
  const layout = layoutOf(
    { field: 'name', visibleWhen: { '>': [{ var: 'income' }, 1000] } },
    { field: 'income' },
    { field: 'age' },
    { field: 'phone' },
  );
  const asked =
    'query ($id: ID!, $roleId: ID!) { form(id: $id) { layoutFor(roleId: $roleId) accessFor(roleId: $roleId) { fieldKey access } } }';
  const asRole = async (id: string, roleId: string, token = server.token) =>
    (
      await server.ask<{ form: { layoutFor: FormLayout; accessFor: { fieldKey: string; access: string }[] } }>(
        asked,
        { id, roleId },
        { token },
      )
    ).form;

  test('lacks what the role may not know, and the rules that it may not read', async () => {
    const { id } = await save({ name: 'Visit', layout });
    const roleId = await makeRole(server, {}, { income: 'HIDDEN', age: 'MASKED', phone: 'READ' });
    expect(await asRole(id, roleId)).toEqual({
      layoutFor: layoutOf({ field: 'name' }, { field: 'age' }, { field: 'phone' }),
      accessFor: [
        { fieldKey: 'name', access: 'WRITE' },
        { fieldKey: 'income', access: 'HIDDEN' },
        { fieldKey: 'age', access: 'MASKED' },
        { fieldKey: 'phone', access: 'READ' },
      ],
    });
  });

  test('is told to who manages roles alone, and of no more than they may know', async () => {
    const { id } = await save({ name: 'Visit', layout });
    const roleId = await makeRole(server);
    const known = { income: 'HIDDEN' } as const;
    const designer = await server.signInAs([await makeRole(server, { capabilities: ['MANAGE_FORMS'] })]);
    expect(await refusalOf(server, asked, { id, roleId }, designer)).toBe('FORBIDDEN');
    expect(await refusalOf(server, asked, { id, roleId: id })).toBe('NOT_FOUND');
    const capabilities = ['MANAGE_FORMS', 'MANAGE_ROLES'] as const;
    const manager = await server.signInAs([await makeRole(server, { capabilities }, known)]);
    const { layoutFor, accessFor } = await asRole(id, roleId, manager);
    expect(layoutFor).toEqual(layoutOf({ field: 'name' }, { field: 'age' }, { field: 'phone' }));
    expect(accessFor.map(({ fieldKey }) => fieldKey)).toEqual(['name', 'age', 'phone']);
  });
});
