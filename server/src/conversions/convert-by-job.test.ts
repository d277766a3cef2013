import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { activeSegment, createFields, membershipErrors, saveCustomer, saveSegment } from '../testing/calls.ts';
import { CONVERT, conversionsOf, convert, undoLast, valuesOf } from '../testing/conversion-calls.ts';
import { leftOfConversions, worldOf } from '../testing/conversion-world.ts';
import { formulaErrors } from '../testing/formula-errors.ts';
import { historyErrors } from '../testing/history-errors.ts';
import { refusalOf } from '../testing/role-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let made = 0;
/** The field of each test. */
let key: string;

beforeAll(async () => {
  server = await startTestServer({ many: 2 });
  await createFields(server, [{ key: 'name', type: 'TEXT', label: '姓名' }]);
});
afterAll(() => server.close());

async function errors(): Promise<number> {
  const now = new Date().toISOString();
  return (await membershipErrors(server)) + (await historyErrors(server)) + (await formulaErrors(server, now));
}

async function asOwner(statement: string): Promise<void> {
  await server.database.source.query(`set role none; ${statement}; set role kequn_app`);
}

/** Until it is let go, the job waits in its queue. */
async function holdJobs(): Promise<() => Promise<void>> {
  const queue = (set: string) =>
    asOwner(`update graphile_worker._private_job_queues set ${set} where queue_name = 'segments.rebuild'`);
  await queue(`locked_at = now(), locked_by = 'test'`);
  return () => queue('locked_at = null, locked_by = null');
}

interface SeenField {
  readonly type: string;
  readonly version: number;
  readonly job: { readonly id: string; readonly status: string; readonly cancellable: boolean } | null;
}

async function look(): Promise<SeenField> {
  const { fields } = await server.ask<{ fields: (SeenField & { key: string })[] }>(
    '{ fields { key type version job { id status cancellable } } }',
  );
  const { type, version, job } = fields.find((field) => field.key === key)!;
  return { type, version, job };
}

async function begin(input: object, force = false): Promise<string> {
  const { updateField } = await server.ask<{ updateField: SeenField }>(
    `mutation ($key: ID!, $input: FieldInput!, $force: Boolean) {
       updateField(key: $key, input: $input, force: $force, wait: false) { type version job { id status cancellable } } }`,
    { key, input, force },
  );
  return updateField.job!.id;
}

interface Ended {
  readonly status: string;
  readonly error: string | null;
}

async function ended(id: string): Promise<Ended> {
  for (;;) {
    const { job } = await server.ask<{ job: Ended }>('query ($id: ID!) { job(id: $id) { status error } }', { id });
    if (!['QUEUED', 'RUNNING'].includes(job.status)) return job;
    await sleep(20);
  }
}

async function fieldOf(type: string, values: Readonly<Record<string, unknown>>, input: object = {}): Promise<void> {
  await createFields(server, [{ key, type, label: key, ...input }]);
  for (const [name, value] of Object.entries(values)) await saveCustomer(server, { values: { name, [key]: value } });
}

beforeEach(async () => {
  key = `f${(made += 1)}`;
  await asOwner('truncate membership, membership_change, customer_due cascade; delete from customer');
});

const texts = { An: '5', Bo: '12.50', Cy: 'five', Di: null };

describe('among many customers a field becomes of another type by a job', () => {
  test('which whoever waits sees the end of, and so does its undoing', async () => {
    await fieldOf('NUMBER', { An: 5, Bo: 12.5, Cy: null });
    await createFields(server, [
      { key: `${key}_double`, type: 'FORMULA', label: 'x2', formula: { '*': [{ var: key }, 2] } },
    ]);
    await activeSegment(server, `${key}_many`, { '>': [{ var: `${key}_double` }, 20] });
    await activeSegment(server, `${key}_some`, { '>': [{ var: key }, 1] });
    await convert(server, key, { type: 'MONEY', validation: { decimals: 0 } }, true);
    expect(await valuesOf(server, key)).toEqual({ An: 5, Bo: null, Cy: null });
    expect(await valuesOf(server, `${key}_double`)).toEqual({ An: 10, Bo: null, Cy: null });
    expect(await conversionsOf(server, key)).toMatchObject([
      { from: 'NUMBER', to: 'MONEY', converted: 1, setAside: 1, undoable: true, setAsideValues: [{ value: 12.5 }] },
    ]);
    expect(await errors()).toBe(0);
    await undoLast(server, key);
    expect(await valuesOf(server, `${key}_double`)).toEqual({ An: 10, Bo: 25, Cy: null });
    expect(await conversionsOf(server, key)).toMatchObject([
      { from: 'MONEY', to: 'NUMBER', converted: 2, setAside: 0, undoable: true },
      { undoable: false, setAside: 0, setAsideValues: [] },
    ]);
    expect([await errors(), await leftOfConversions(server)]).toEqual([0, 0]);
  });

  test('by whose end rules are asked of what it is then', async () => {
    await fieldOf('DATE', { An: '2020-01-31', Bo: '2021-02-01', Cy: null });
    const years = { years_since: [{ var: key }] };
    await createFields(server, [{ key: `${key}_years`, type: 'FORMULA', label: 'years', formula: years }]);
    await activeSegment(server, `${key}_old`, { '>=': [years, 1] });
    await convert(server, key, { type: 'DATETIME' });
    expect(await errors()).toBe(0);
    await undoLast(server, key);
    expect(await valuesOf(server, key)).toEqual({ An: '2020-01-31', Bo: '2021-02-01', Cy: null });
    expect(await errors()).toBe(0);
  });

  test('until whose end it is what it was, and is not changed otherwise; cancelled, nothing has happened', async () => {
    await fieldOf('TEXT', texts);
    const before = await worldOf(server, key);
    const letGo = await holdJobs();
    const id = await begin({ type: 'NUMBER' }, true);
    expect(await look()).toEqual({ type: 'TEXT', version: 1, job: { id, status: 'QUEUED', cancellable: true } });
    await saveCustomer(server, { values: { name: 'Ed', [key]: 'six' } });
    for (const input of [{ type: 'NUMBER' }, { type: 'EMAIL' }, { label: 'another' }])
      expect(await refusalOf(server, CONVERT, { key, input })).toBe('VALIDATION_FAILED, type INVALID');
    await server.ask('mutation ($id: ID!) { cancelJob(id: $id) { id } }', { id });
    await letGo();
    expect(await ended(id)).toMatchObject({ status: 'CANCELLED' });
    expect(await valuesOf(server, key)).toEqual({ ...texts, Ed: 'six' });
    expect(await look()).toEqual({ type: 'TEXT', version: 1, job: null });
    expect((await worldOf(server, key)).conversions).toEqual(before.conversions);
    await expect.poll(() => leftOfConversions(server)).toBe(0);
  });

  test('that changes nothing where values do not convert, unless it is forced; the preview tells which', async () => {
    await fieldOf('TEXT', texts);
    const before = await worldOf(server, key);
    const job = await ended(await begin({ type: 'NUMBER' }));
    expect(job).toEqual({ status: 'FAILED', error: expect.stringMatching(/^Some values do not convert/) as string });
    expect(await refusalOf(server, CONVERT, { key, input: { type: 'NUMBER' } })).toBe('VALIDATION_FAILED,  INVALID');
    expect(await worldOf(server, key)).toEqual(before);
    await expect.poll(() => leftOfConversions(server)).toBe(0);
    const { previewConversion } = await server.ask<{ previewConversion: unknown }>(
      'query ($key: ID!) { previewConversion(key: $key, type: NUMBER) { byJob converting failing failingSamples { from } } }',
      { key },
    );
    expect(previewConversion).toEqual({ byJob: true, converting: 2, failing: 1, failingSamples: [{ from: 'five' }] });
    await convert(server, key, { type: 'NUMBER' }, true);
    expect(await valuesOf(server, key)).toEqual({ An: 5, Bo: 12.5, Cy: null, Di: null });
  });

  test('that changes nothing where customers would share what each is to have alone', async () => {
    await fieldOf('TEXT', { An: 'a@b.cn', Bo: 'A@b.cn', Cy: 'c@d.cn' }, { unique: true });
    const before = await worldOf(server, key);
    const job = await ended(await begin({ type: 'EMAIL' }));
    expect(job.error).toMatch(/^Once converted, some customers have a value that another one has/);
    expect(await worldOf(server, key)).toEqual(before);
    await convert(server, key, { type: 'EMAIL', unique: false });
    expect((await worldOf(server, key)).identities).toEqual([]);
  });

  test('and what is unique is claimed as it is written from then on', async () => {
    await fieldOf('TEXT', { An: 'A@b.cn', Bo: 'c@d.cn' }, { unique: true });
    await convert(server, key, { type: 'EMAIL' });
    const save = 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id } } }';
    const input = { values: { [key]: 'a@b.cn' } };
    expect(await refusalOf(server, save, { input })).toBe(`VALIDATION_FAILED, ${key} NOT_UNIQUE`);
  });

  test('that changes nothing where a rule would be none by then', async () => {
    await fieldOf('NUMBER', { An: 5, Bo: 6 });
    const before = await worldOf(server, key);
    const letGo = await holdJobs();
    const id = await begin({ type: 'TEXT' });
    await saveSegment(server, { key: `${key}_draft`, name: 'a draft', rule: { '<': [{ var: key }, 2] } });
    await letGo();
    expect((await ended(id)).status).toBe('FAILED');
    expect(await worldOf(server, key)).toEqual(before);
    await expect.poll(() => leftOfConversions(server)).toBe(0);
  });

  test('and everybody is found by what they have then', async () => {
    await fieldOf('NUMBER', { An: 48_151, Bo: 5 });
    const found = async () => {
      const { customers } = await server.ask<{ customers: { nodes: { values: { name: string } }[] } }>(
        '{ customers(search: "4815") { nodes { values } } }',
      );
      return customers.nodes.map(({ values }) => values.name);
    };
    await ended(await begin({ type: 'TEXT' }));
    expect(await found()).toEqual(['An']);
    await ended(await begin({ type: 'NUMBER' }));
    expect(await found()).toEqual([]);
    expect((await worldOf(server, key)).search).toEqual([]);
  });

  test('while customers are saved: each save holds whole or is refused, and members are right', async () => {
    await fieldOf('TEXT', Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`c${n}`, String(n)])));
    await activeSegment(server, `${key}_filled`, { '!=': [{ var: key }, null] });
    const nodes = await server.ask<{ customers: { nodes: { id: string; values: { name: string } }[] } }>(
      '{ customers(first: 100) { nodes { id values } } }',
    );
    const saved = new Map<string, string>();
    const save = 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { version } } }';
    const saves = nodes.customers.nodes.map(async ({ id, values: { name } }, n) => {
      for (let version = 1, round = 0; round < 8; round += 1)
        for (const value of [String(n * 100 + round), n * 100 + round]) {
          const { data, errors: told } = await server.call<{ saveCustomer: { customer: { version: number } } }>(save, {
            input: { id, version, values: { [key]: value } },
          });
          if (told) expect(told[0]!.extensions.code).toBe('VALIDATION_FAILED');
          else {
            ({ version } = data.saveCustomer.customer);
            saved.set(name, String(value));
          }
        }
    });
    const changes = (async () => {
      await convert(server, key, { type: 'NUMBER' }, true);
      await undoLast(server, key);
      await convert(server, key, { type: 'NUMBER' }, true);
    })();
    await Promise.all([...saves, changes]);
    const values = await valuesOf(server, key);
    for (const [name, text] of saved) expect(values[name]).toBe(Number(text));
    expect(await errors()).toBe(0);
    await expect.poll(() => leftOfConversions(server)).toBe(0);
  });
});
