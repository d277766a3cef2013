import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FieldItem, FormItem, FormLayout, Rule } from '@kequn/rules';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Capability } from '../access/role.ts';
import { picturesIn } from '../forms/keep-pictures.ts';
import { createFields } from '../testing/calls.ts';
import { fetchPicture, png, uploadPicture } from '../testing/file-calls.ts';
import { makeRole, refusalOf } from '../testing/role-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { withPictures } from './bring-pictures.ts';
import type { FormDocument } from './export-form.ts';

/** The system that forms come from, and one that begins with nothing. */
let server: TestServer;
let other: TestServer;

beforeAll(async () => {
  [server, other] = await Promise.all([startTestServer(), startTestServer()]);
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: '姓名', labels: { en: 'Name' }, required: true, help: 'As written' },
    { key: 'age', type: 'NUMBER', label: 'Age', validation: { min: 0, decimals: 0 } },
    { key: 'spend', type: 'MONEY', label: 'Spend', sensitive: true },
    { key: 'orders', type: 'NUMBER', label: 'Orders' },
    { key: 'average', type: 'FORMULA', label: 'Average', formula: { '/': [{ var: 'spend' }, { var: 'orders' }] } },
    { key: 'tier', type: 'SELECT', label: 'Tier', options: ['gold', 'silver'].map((key) => ({ key, label: key })) },
    { key: 'email', type: 'EMAIL', label: 'Email', unique: true },
    {
      key: 'child',
      type: 'BOOLEAN',
      label: 'Child',
      validation: { rule: { '<': [{ var: 'age' }, 18] }, message: 'No child' },
    },
    { key: 'old', type: 'TEXT', label: 'Old' },
  ]);
  await server.ask('mutation { archiveField(key: "old") { key } }');
});
afterAll(() => Promise.all([server.close(), other.close()]));

const EXPORT = 'query ($id: ID!) { document: exportForm(id: $id) }';
const IMPORT = 'mutation ($document: JSON!) { form: importForm(document: $document) { id name layout settings } }';

interface Answered {
  readonly id: string;
  readonly name: string;
  readonly layout: FormLayout;
  readonly settings: object;
}

async function saved(layout: FormLayout, settings: object = {}): Promise<Answered> {
  const query = 'mutation ($input: FormInput!) { form: saveForm(input: $input) { id name layout settings } }';
  return (await server.ask<{ form: Answered }>(query, { input: { name: 'Visit', layout, settings } })).form;
}

async function exported(id: string, from = server): Promise<FormDocument> {
  return (await from.ask<{ document: FormDocument }>(EXPORT, { id })).document;
}

async function imported(document: object, to: TestServer): Promise<Answered> {
  return (await to.ask<{ form: Answered }>(IMPORT, { document })).form;
}

function layoutOf(...items: readonly FormItem[]): FormLayout {
  return { pages: [{ sections: [{ columns: [{ items }] }] }] };
}

/* Rules read fields that stand on no form, or those of which the item is none, so that none depends on itself. */
const text = fc.oneof(
  fc.string({ maxLength: 12 }).map((each) => each.replaceAll(/[^ -~]/g, '')),
  fc.record({ 'zh-CN': fc.constantFrom('姓名', '您好'), en: fc.constantFrom('Name', 'Hello') }),
);
const rule: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: 'small' },
    fc.integer({ min: -5, max: 90 }).map((age): Rule => ({ '>': [{ var: 'age' }, age] })),
    fc.constantFrom<Rule>(true, { '==': [{ var: 'orders' }, null] }),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((rules): Rule => ({ and: rules })),
    tie('rule').map((inner): Rule => ({ '!': [inner] })),
  ),
})).rule;
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

function given<T extends object>(parts: T): T {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as T;
}

const asked = fc.record({
  label: optional(text),
  help: optional(text),
  required: optional(fc.boolean()),
  visibleWhen: optional(rule),
  requiredWhen: optional(rule),
  readOnlyWhen: optional(rule),
});
const fieldItems = fc
  .shuffledSubarray(['name', 'spend', 'average', 'tier', 'email', 'child'])
  .chain((keys) => fc.tuple(...keys.map((key) => asked.map((parts) => given({ field: key, ...parts }) as FieldItem))));
const otherItem: fc.Arbitrary<FormItem> = fc.oneof(
  fc.record({ text, visibleWhen: optional(rule) }).map((parts) => given(parts) as FormItem),
  fc.constant<FormItem>({ divider: true }),
  fc
    .record({
      picture: fc.constantFrom('one', 'two'),
      alt: fc.oneof(fc.constantFrom('', 'A cup'), fc.constant({ 'zh-CN': '杯子', en: 'A cup' })),
      width: optional(fc.constantFrom('SMALL', 'MEDIUM', 'FULL')),
      visibleWhen: optional(rule),
    })
    .map((parts) => given(parts) as FormItem),
);

/** Items in places at random: each goes to a page, a section and a column. */
const layouts: fc.Arbitrary<FormLayout> = fc
  .record({
    fields: fieldItems,
    others: fc.array(otherItem, { maxLength: 3 }),
    title: optional(text),
    when: optional(rule),
  })
  .chain(({ fields, others, title, when }) => {
    const items = [...fields, ...others];
    return fc.array(fc.nat({ max: 7 }), { minLength: items.length, maxLength: items.length }).map((places) => {
      const at = (place: number) => ({ items: items.filter((_, index) => places[index] === place) });
      const section = (first: number) => given({ title, visibleWhen: when, columns: [at(first), at(first + 1)] });
      const page = (first: number) => given({ title, sections: [section(first), section(first + 2)] });
      return { pages: [page(0), page(4)] } as FormLayout;
    });
  });
const settings = fc
  .record({
    hiddenValues: fc.constantFrom('KEEP', 'CLEAR', 'SKIP'),
    opensAt: optional(fc.constant('2026-01-01T00:00:00.000Z')),
    limit: optional(fc.integer({ min: 1, max: 500 })),
    thanks: optional(text),
    proofOfWork: optional(fc.boolean()),
  })
  .map(given);

/** A layout with pictures of its own under the names that it has. */
async function drawn(layout: FormLayout): Promise<FormLayout> {
  const ids = new Map<string, string>();
  for (const name of picturesIn(layout)) ids.set(name, await uploadPicture(server, { name: `${name}.png` }));
  return withPictures(layout, ids);
}

/** A layout with its pictures named in their order: of each form they are others. */
function ordered(layout: FormLayout): FormLayout {
  return withPictures(layout, new Map(picturesIn(layout).map((id, at) => [id, `${at}`])));
}

test('whatever a form is, exported and imported it is the same, with its pictures, here and elsewhere', async () => {
  await fc.assert(
    fc.asyncProperty(layouts, settings, async (layout, set) => {
      const form = await saved(await drawn(layout), set);
      const document = await exported(form.id);
      for (const to of [server, other]) {
        const { id, ...copy } = await imported(document, to);
        expect({ ...copy, layout: ordered(copy.layout) }).toEqual({
          name: 'Visit',
          layout: ordered(layout),
          settings: set,
        });
        const again = await exported(id, to);
        const { fields: _fields, ...others } = document;
        expect(again).toMatchObject(others);
        const pictures = picturesIn(copy.layout);
        for (const picture of pictures) {
          const answer = await fetchPicture(to, picture);
          expect(Buffer.from(await answer.arrayBuffer())).toEqual(png);
        }
        await to.ask('mutation ($id: ID!) { deleteForm(id: $id) }', { id });
      }
      await server.ask('mutation ($id: ID!) { deleteForm(id: $id) }', { id: form.id });
    }),
    { numRuns: 40 },
  );
}, 120_000);

const written = (fields: readonly object[], layout: FormLayout, parts: object = {}) => ({
  format: 'kequn-form',
  version: 1,
  name: 'Visit',
  settings: {},
  ...parts,
  layout,
  fields,
});
const place = 'document/layout/pages/0/sections/0/columns/0/items';

describe('the pictures of a document', () => {
  const holding = (pictures: object, ...names: readonly string[]) => ({
    ...written([], layoutOf({ field: 'name' }, ...names.map((picture) => ({ picture, alt: 'A cup' })))),
    pictures,
  });
  const cup = { name: 'cup.png', data: png.toString('base64') };

  test('stand in it by names of its own, with the names of their files', async () => {
    const ids = [await uploadPicture(server, { name: 'b.png' }), await uploadPicture(server, { name: 'a.png' })];
    const [first, second] = ids.map((picture): FormItem => ({ picture, alt: '' }));
    const { id } = await saved(layoutOf({ field: 'name' }, first!, second!, first!));
    const told = await exported(id);
    expect(picturesIn(told.layout)).toEqual(['picture-1', 'picture-2']);
    expect(told.pictures).toEqual({ 'picture-1': { ...cup, name: 'b.png' }, 'picture-2': { ...cup, name: 'a.png' } });
    expect(JSON.stringify(told)).not.toMatch(new RegExp(ids.join('|')));
  });

  test('may have been uploaded before, as those that are too large for a request', async () => {
    const picture = await uploadPicture(server);
    const { layout } = await imported(holding({ more: cup }, picture, 'more'), server);
    expect(picturesIn(layout)).toEqual([picture, expect.not.stringMatching(/^more$/)]);
  });

  test.each<[string, object, string]>([
    [
      'none of that name',
      holding({ cup }, 'cup', 'other'),
      'layout/pages/0/sections/0/columns/0/items/2/picture INVALID',
    ],
    [
      'what is no picture, with what else is wrong',
      { ...holding({ cup: { ...cup, data: btoa('<svg/>') } }, 'cup'), name: '' },
      'document/pictures/cup/file INVALID, document/name REQUIRED',
    ],
    ['what is no base64', holding({ cup: { ...cup, data: 'x' } }, 'cup'), 'document/pictures/cup/data INVALID'],
  ])('are refused as %s', async (_, sent, refusal) => {
    const before = await server.ask('{ forms { id } }');
    expect(await refusalOf(server, IMPORT, { document: sent })).toBe(`VALIDATION_FAILED, ${refusal}`);
    expect(await server.ask('{ forms { id } }')).toEqual(before);
  });

  test('are kept only where its layout names them, and only so many', async () => {
    const keptOnes = async () => (await server.database.source.query<object[]>('select from picture')).length;
    const before = await keptOnes();
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`p${at}`, cup]));
    await imported(holding(many, 'p7'), server);
    expect(await keptOnes()).toBe(before + 1);
    expect(await refusalOf(server, IMPORT, { document: holding(many, ...Object.keys(many)) })).toBe('LIMIT_EXCEEDED');
    expect(await keptOnes()).toBe(before + 1);
  });

  test('that are of another form are not taken', async () => {
    const picture = await uploadPicture(server);
    await saved(layoutOf({ field: 'name' }, { picture, alt: '' }));
    expect(await refusalOf(server, IMPORT, { document: holding({}, picture) })).toMatch(/^VALIDATION_FAILED, layout/);
  });
});

describe('a document', () => {
  test('holds the fields that a form places and those that they and its rules read, each after what it reads', async () => {
    const when: Rule = { '==': [{ var: 'tier' }, 'gold'] };
    const { id } = await saved(layoutOf({ field: 'average' }, { field: 'child', visibleWhen: when }), {
      password: 'secret word',
    });
    const document = await exported(id);
    expect(document).toMatchObject({
      format: 'kequn-form',
      version: 1,
      name: 'Visit',
      settings: { hiddenValues: 'KEEP' },
    });
    expect(JSON.stringify(document)).not.toMatch(/password|argon/i);
    expect(document.fields.map(({ key }) => key)).toEqual(['spend', 'orders', 'average', 'age', 'child', 'tier']);
    expect(document.fields[2]).toMatchObject({
      type: 'FORMULA',
      formula: { '/': [{ var: 'spend' }, { var: 'orders' }] },
    });
    expect(document.fields[0]).toMatchObject({ sensitive: true });
  });

  test('makes the same fields elsewhere', async () => {
    const fresh = await startTestServer();
    const query =
      '{ fields { key type label labels help options { key label } validation required unique sensitive formula system } }';
    type Told = { fields: { key: string; system: boolean }[] };
    const keys = ['name', 'average', 'child', 'tier', 'email', 'spend', 'orders', 'age'];
    const { id } = await saved(layoutOf(...keys.slice(0, 5).map((field) => ({ field }))));
    await imported(await exported(id), fresh);
    const fieldsOf = async (of: TestServer) =>
      (await of.ask<Told>(query)).fields
        .filter(({ key, system }) => !system && keys.includes(key))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1));
    expect(await fieldsOf(fresh)).toEqual(await fieldsOf(server));
    await fresh.close();
  });

  test('leaves out a field that was archived since', async () => {
    const { id } = await saved(layoutOf({ field: 'name' }, { field: 'orders' }));
    await server.ask('mutation { restoreField(key: "old") { key } }');
    const placing = await saved(layoutOf({ field: 'name' }, { field: 'old' }));
    await server.ask('mutation { archiveField(key: "old") { key } }');
    expect((await exported(placing.id)).layout).toEqual(layoutOf({ field: 'name' }));
    expect((await exported(id)).layout).toEqual(layoutOf({ field: 'name' }, { field: 'orders' }));
  });

  test('that there is not is null', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    expect(await server.ask(EXPORT, { id })).toEqual({ document: null });
  });
});

describe('an import is refused with everything that stands in the way', () => {
  test.each<[string, unknown, string]>([
    ['no document of ours', { fields: [] }, 'document INVALID'],
    ['no document', 'x', 'document INVALID'],
    [
      'a later version, and an unknown part',
      written([], layoutOf(), { version: 2, more: 1 }),
      'document/version INVALID, document INVALID',
    ],
    [
      'fields of other types, an archived one, a rule, a setting and a name at once',
      written(
        [
          { key: 'age', type: 'TEXT', label: 'Age' },
          { key: 'old', type: 'TEXT', label: 'Old' },
          { key: 'No', type: 'TEXT', label: '' },
          { key: 'fresh', type: 'NUMBER', label: 'Fresh', validation: { pattern: 'x' } },
        ],
        layoutOf({ field: 'name', visibleWhen: { '>': [{ var: 'age' }, 'x'] } }, { field: 'fresh' }),
        { name: ' ', settings: { matchOn: ['tier'] } },
      ),
      [
        'document/fields/0/type WRONG_TYPE',
        'document/fields/1/key INVALID',
        'document/fields/2/key INVALID',
        'document/fields/2/label REQUIRED',
        'document/fields/3/validation/pattern INVALID',
        'document/name REQUIRED',
        `${place}/0/visibleWhen/>/1 TYPE`,
        'document/settings/matchOn/0 INVALID',
      ].join(', '),
    ],
    [
      'a field that is neither here nor in the document',
      written([], layoutOf({ field: 'nowhere' })),
      `${place}/0 UNKNOWN_FIELD`,
    ],
  ])('%s', async (_, sent, refusal) => {
    const before = await server.ask('{ fields(includeArchived: true) { key } forms { id } }');
    expect(await refusalOf(server, IMPORT, { document: sent })).toBe(`VALIDATION_FAILED, ${refusal}`);
    expect(await server.ask('{ fields(includeArchived: true) { key } forms { id } }')).toEqual(before);
  });
});

describe('who may', () => {
  const as = async (capabilities: readonly Capability[], access: Parameters<typeof makeRole>[2] = {}) =>
    server.signInAs([await makeRole(server, { capabilities }, access)]);
  const fresh = written([{ key: 'fresh', type: 'TEXT', label: 'Fresh' }], layoutOf({ field: 'fresh' }));

  test('export: who designs forms, and knows all that this one reads', async () => {
    const { id } = await saved(layoutOf({ field: 'name', visibleWhen: { '>': [{ var: 'spend' }, 1] } }));
    expect(await refusalOf(server, EXPORT, { id }, await as([]))).toBe('FORBIDDEN');
    expect(await refusalOf(server, EXPORT, { id }, await as(['MANAGE_FORMS'], { spend: 'HIDDEN' }))).toBe('FORBIDDEN');
    expect(await refusalOf(server, EXPORT, { id }, await as(['MANAGE_FORMS']))).toBe(undefined);
  });

  test('export: a rule of a field that reads what is hidden is left out', async () => {
    const { id } = await saved(layoutOf({ field: 'child' }));
    const token = await as(['MANAGE_FORMS'], { age: 'HIDDEN' });
    const { document: told } = await server.ask<{ document: FormDocument }>(EXPORT, { id }, { token });
    expect(JSON.stringify(told)).not.toContain('"age"');
  });

  test('import: who designs forms, and makes fields where one is missing; a hidden one is as one that is missing', async () => {
    const known = written([{ key: 'name', type: 'TEXT', label: 'Name' }], layoutOf({ field: 'name' }));
    expect(await refusalOf(server, IMPORT, { document: known }, await as(['MANAGE_FIELDS']))).toBe('FORBIDDEN');
    expect(await refusalOf(server, IMPORT, { document: known }, await as(['MANAGE_FORMS']))).toBe(undefined);
    const unknown = 'VALIDATION_FAILED, document/fields/0/key UNKNOWN_FIELD';
    expect(await refusalOf(server, IMPORT, { document: fresh }, await as(['MANAGE_FORMS']))).toBe(unknown);
    const hidden = await as(['MANAGE_FORMS'], { name: 'HIDDEN' });
    expect(await refusalOf(server, IMPORT, { document: known }, hidden)).toBe(unknown);
  });
});

describe('the JSON Schema', () => {
  const committed = readFileSync(path.join(import.meta.dirname, '../../../docs/form.schema.json'), 'utf8');

  test('that is committed is the one that is served', async () => {
    const answer = await fetch(`${server.url}/schemas/form.json`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'application/schema+json; charset=utf-8',
    ]);
    expect(await answer.json(), 'npm run form-schema -w server writes it anew').toEqual(JSON.parse(committed));
  });

  test('names every part of a document', () => {
    const schema = JSON.parse(committed) as { $schema: string; properties: object; required: string[] };
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema.required).toEqual(['format', 'version', 'name', 'layout', 'settings', 'fields']);
  });
});
