import { templates } from '@kequn/seeds';
import type { FormLayout } from '@kequn/rules';
import { afterEach, describe, expect, test } from 'vitest';
import { createFields, membershipErrors, saveCustomer } from '../testing/calls.ts';
import { makeRole, refusalOf } from '../testing/role-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import type { AppliedTemplate } from './apply-template.ts';

let server: TestServer;
afterEach(() => server.close());

const APPLY = 'mutation ($key: ID!) { applied: applyTemplate(key: $key) }';

async function apply(key: string, token = server.token): Promise<AppliedTemplate> {
  return (await server.ask<{ applied: AppliedTemplate }>(APPLY, { key }, { token })).applied;
}

interface Content {
  readonly fields: readonly {
    readonly key: string;
    readonly type: string;
    readonly system: boolean;
    readonly sensitive: boolean;
    readonly formula: unknown;
    readonly validation: unknown;
  }[];
  readonly forms: readonly { readonly name: string; readonly published: { readonly layout: FormLayout } | null }[];
  readonly segments: readonly {
    readonly key: string;
    readonly name: string;
    readonly status: string;
    readonly rule: unknown;
    readonly memberCount: number | null;
  }[];
}

async function content(): Promise<Content> {
  const query = `{ fields { key type system sensitive formula validation } forms { name published { layout } }
    segments { key name status rule memberCount } }`;
  const { fields, ...others } = await server.ask<Content>(query);
  return { ...others, fields: fields.filter(({ system }) => !system) };
}

describe('a template', () => {
  test.each(templates.map((template) => [template.key, template] as const))(
    '%s makes its fields, its published form and its active segments',
    async (key, template) => {
      server = await startTestServer();
      const { fields, form, segments } = await apply(key);
      expect([...fields, form, ...segments].every(({ made }) => made)).toBe(true);
      const there = await content();
      expect(there.fields.map((field) => field.key)).toEqual(template.fields.map((field) => field.key));
      expect(there.fields.filter(({ sensitive }) => sensitive).length).toBe(
        template.fields.filter(({ sensitive }) => sensitive).length,
      );
      expect(there.forms).toEqual([{ name: template.form.name.en, published: { layout: template.form.layout } }]);
      expect(there.segments.map(({ name, status }) => [name, status]).toSorted()).toEqual(
        template.segments.map(({ name }) => [name.en, 'ACTIVE']).toSorted(),
      );
    },
  );

  test('applied again makes nothing, and what was taken away anew', async () => {
    server = await startTestServer();
    const first = await apply('education');
    const before = await content();
    const again = await apply('education');
    expect([...again.fields, again.form, ...again.segments].filter(({ made }) => made)).toEqual([]);
    expect(again.form.id).toBe(first.form.id);
    expect(await content()).toEqual(before);
    await server.ask('mutation ($id: ID!) { deleteSegment(id: $id) }', { id: first.segments[0]!.id });
    const { fields, segments } = await apply('education');
    expect(fields.filter(({ made }) => made)).toEqual([]);
    expect(segments.filter(({ made }) => made).map(({ key }) => key)).toEqual([first.segments[0]!.key]);
  });

  test('shares what another template has made', async () => {
    server = await startTestServer();
    for (const { key } of templates) await apply(key);
    const { fields, forms, segments } = await content();
    const keys = new Set(templates.flatMap((template) => template.fields.map(({ key }) => key)));
    expect(fields.map(({ key }) => key).toSorted()).toEqual([...keys].toSorted());
    expect([forms.length, segments.length]).toEqual([5, templates.flatMap((each) => each.segments).length]);
  });

  test('divides the customers who are there', async () => {
    server = await startTestServer();
    await createFields(server, [
      { key: 'name', type: 'TEXT', label: 'Name' },
      { key: 'deal_amount', type: 'MONEY', label: 'Amount' },
      { key: 'win_chance', type: 'PERCENT', label: 'Chance' },
      {
        key: 'deal_stage',
        type: 'SELECT',
        label: 'Stage',
        options: ['lead', 'qualified', 'proposal', 'negotiation', 'won', 'lost'].map((key) => ({ key, label: key })),
      },
    ]);
    await saveCustomer(server, { values: { name: 'An', deal_amount: 200, win_chance: 50, deal_stage: 'won' } });
    const { fields } = await apply('b2b_sales');
    expect(fields.filter(({ made }) => !made).map(({ key }) => key)).toEqual([
      'name',
      'deal_stage',
      'deal_amount',
      'win_chance',
    ]);
    const { customers } = await server.ask<{ customers: { nodes: { values: object }[] } }>(
      '{ customers { nodes { values } } }',
    );
    expect(customers.nodes[0]!.values).toMatchObject({ weighted_amount: 100 });
    expect(await membershipErrors(server)).toBe(0);
  });

  test('among many customers leaves that to jobs', async () => {
    server = await startTestServer({ many: 1 });
    await saveCustomer(server, { values: {} });
    const { segments } = await apply('clinic');
    expect(segments.length).toBe(5);
    await expect
      .poll(async () => (await content()).segments.map(({ status }) => status), { timeout: 20_000 })
      .toEqual(Array.from({ length: 5 }, () => 'ACTIVE'));
    expect((await content()).fields.find(({ key }) => key === 'bmi')?.formula).not.toBe(null);
  });
});

describe('where a key is taken', () => {
  test('by another type, by what is archived, or by other options, the field gets another key and its rules follow', async () => {
    server = await startTestServer();
    await createFields(server, [
      { key: 'home_budget', type: 'TEXT', label: 'Budget' },
      { key: 'home_budget_2', type: 'NUMBER', label: 'Budget' },
      { key: 'viewings', type: 'NUMBER', label: 'Viewings' },
      { key: 'home_stage', type: 'SELECT', label: 'Stage', options: [{ key: 'new', label: 'New' }] },
    ]);
    await server.ask('mutation { archiveField(key: "viewings") { key } }');
    const { fields } = await apply('real_estate');
    const moved = Object.fromEntries(fields.filter(({ of, key }) => of !== key).map(({ of, key }) => [of, key]));
    expect(moved).toEqual({ home_budget: 'home_budget_3', viewings: 'viewings_2', home_stage: 'home_stage_2' });
    const told = await content();
    const byKey = new Map(told.fields.map((field) => [field.key, field]));
    expect(byKey.get('loan_needed')?.formula).toEqual({ '-': [{ var: 'home_budget_3' }, { var: 'down_payment' }] });
    expect(JSON.stringify(byKey.get('down_payment')?.validation)).toContain('"home_budget_3"');
    const everything = JSON.stringify([told.forms, told.segments]);
    for (const [of, key] of Object.entries(moved)) {
      expect(everything).toContain(`"${key}"`);
      expect(everything).not.toContain(`"${of}"`);
    }
    const again = await apply('real_estate');
    expect(again.fields.filter(({ made }) => made)).toEqual([]);
  });

  test('by a segment, that segment stays as it is', async () => {
    server = await startTestServer();
    await server.ask('mutation { saveSegment(input: { key: "children", name: "Mine" }) { id } }');
    const { segments } = await apply('clinic');
    expect(segments.filter(({ made }) => !made).map(({ key }) => key)).toEqual(['children']);
    expect((await content()).segments.find(({ key }) => key === 'children')).toMatchObject({
      name: 'Mine',
      status: 'DRAFT',
    });
  });
});

describe('who may', () => {
  const all = ['MANAGE_FIELDS', 'MANAGE_FORMS', 'MANAGE_SEGMENTS'] as const;

  test.each(all)('apply one: nobody without %s', async (capability) => {
    server = await startTestServer();
    const role = await makeRole(server, { capabilities: all.filter((each) => each !== capability) });
    const token = await server.signInAs([role]);
    expect(await refusalOf(server, APPLY, { key: 'retail' }, token)).toBe('FORBIDDEN');
    expect((await content()).fields).toEqual([]);
  });

  test('not read what it makes is refused, and nothing is made', async () => {
    server = await startTestServer();
    const token = await server.signInAs([await makeRole(server, { capabilities: all, defaultAccess: 'HIDDEN' })]);
    expect(await refusalOf(server, APPLY, { key: 'retail' }, token)).toMatch(/^RULE_INVALID/);
    expect(await content()).toEqual({ fields: [], forms: [], segments: [] });
  });

  test('do all of it but reads one field not, gets another in its place', async () => {
    server = await startTestServer();
    await createFields(server, [{ key: 'birthday', type: 'DATE', label: 'Birthday' }]);
    const token = await server.signInAs([await makeRole(server, { capabilities: all }, { birthday: 'HIDDEN' })]);
    const { fields } = await apply('clinic', token);
    expect(fields.find(({ of }) => of === 'birthday')).toEqual({ of: 'birthday', key: 'birthday_2', made: true });
  });

  test('a template that there is not: NOT_FOUND', async () => {
    server = await startTestServer();
    expect(await refusalOf(server, APPLY, { key: 'nothing' })).toBe('NOT_FOUND');
  });
});

describe('the list', () => {
  interface Told {
    readonly key: string;
    readonly needs: readonly string[];
    readonly fields: readonly { readonly key: string; readonly type: string; readonly isThere: boolean }[];
    readonly form: { readonly name: string; readonly layout: FormLayout };
    readonly segments: readonly { readonly ruleText: string; readonly isThere: boolean }[];
  }
  const LIST = `{ templates { key name description trade needs fields { key type label sensitive options isThere }
    form { name layout } segments { key name description ruleText isThere } } }`;
  const list = async (token = server.token) => (await server.ask<{ templates: Told[] }>(LIST, {}, { token })).templates;

  test('tells of each what it makes, and after it was applied that it is there', async () => {
    server = await startTestServer();
    const before = await list();
    expect(before.map(({ key }) => key)).toEqual(templates.map(({ key }) => key));
    for (const { needs, fields, segments } of before) {
      expect(fields.map(({ key }) => key)).toEqual(needs);
      expect([...fields, ...segments].filter(({ isThere }) => isThere)).toEqual([]);
      expect(fields.filter(({ type }) => type === 'FORMULA').length).toBe(1);
    }
    expect(before[3]!.segments[4]!.ruleText).toBe('Birthday is less than 14 years ago');
    await apply('clinic');
    const { fields, segments } = (await list())[3]!;
    expect([...fields, ...segments].filter(({ isThere }) => !isThere)).toEqual([]);
  });

  test('does not tell of fields that are hidden from the viewer', async () => {
    server = await startTestServer();
    await apply('clinic');
    const token = await server.signInAs([await makeRole(server, { defaultAccess: 'HIDDEN' })]);
    expect((await list(token)).flatMap(({ fields }) => fields).filter(({ isThere }) => isThere)).toEqual([]);
  });
});
