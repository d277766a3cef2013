import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activeSegment, createFields, membershipErrors, saveCustomer } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: '姓名', required: true },
    { key: 'code', type: 'TEXT', label: '编号', unique: true },
    { key: 'spend', type: 'NUMBER', label: '消费', validation: { min: 0 } },
    { key: 'limit', type: 'NUMBER', label: '额度' },
  ]);
  await server.ask('mutation ($input: FieldInput!) { updateField(key: "limit", input: $input) { key } }', {
    input: {
      validation: {
        rule: { or: [{ '==': [{ var: 'limit' }, null] }, { '>=': [{ var: 'limit' }, { var: 'spend' }] }] },
        message: { 'zh-CN': '额度不能低于消费', en: 'The limit is below the spend' },
      },
    },
  });
  await activeSegment(server, 'big', { '>=': [{ var: 'spend' }, 100] });
});
afterAll(() => server.close());

interface Job {
  id: string;
  kind: string;
  status: string;
  done: number;
  total: number;
  result: Record<string, unknown> | null;
  error: string | null;
}
const JOB = '{ id kind status done total result error }';
const UPDATE = `mutation ($selection: CustomerSelectionInput!, $values: JSON!) { job: updateCustomers(selection: $selection, values: $values) ${JOB} }`;
const ERASE = `mutation ($selection: CustomerSelectionInput!) { job: eraseCustomers(selection: $selection) ${JOB} }`;

/** Starts a job and waits for its end. */
async function run(mutation: string, variables: object): Promise<Job> {
  const { job } = await server.ask<{ job: Job }>(mutation, variables);
  for (;;) {
    const { job: now } = await server.ask<{ job: Job }>(`query ($id: ID!) { job(id: $id) ${JOB} }`, { id: job.id });
    if (now.status !== 'QUEUED' && now.status !== 'RUNNING') return now;
    await sleep(20);
  }
}

async function refusal(mutation: string, variables: object, token?: string): Promise<unknown> {
  const { errors } = await server.call(mutation, variables, token ? { token } : {});
  const extensions = errors?.[0]?.extensions;
  const issues = extensions?.['issues'] as { path: string; code: string }[] | undefined;
  return [extensions?.code, ...(issues ?? []).map(({ path, code }) => `${path} ${code}`)].join(', ');
}

async function makeCustomers(count: number, values: (n: number) => object): Promise<readonly string[]> {
  const saved = [];
  for (let n = 0; n < count; n += 1) saved.push((await saveCustomer(server, { values: values(n) })).customer.id);
  return saved;
}

async function valuesOf(id: string): Promise<Record<string, unknown> | undefined> {
  const { customer } = await server.ask<{ customer: { values: Record<string, unknown> } | null }>(
    'query ($id: ID!) { customer(id: $id) { values } }',
    { id },
  );
  return customer?.values;
}

describe('updateCustomers', () => {
  test('P36: gives a selection the same values, each customer checked as a save of its own is', async () => {
    const ids = await makeCustomers(5, (n) => ({ name: `顾客${n}`, limit: n * 100, spend: 0 }));
    const job = await run(UPDATE, { selection: { ids }, values: { spend: 200 } });
    expect(job).toMatchObject({ kind: 'customers.update', status: 'SUCCEEDED', done: 5, total: 5, error: null });
    const refused = ids.slice(0, 2).map((customerId) => ({
      customerId,
      issues: [{ path: 'limit', code: 'RULE', message: 'The limit is below the spend' }],
    }));
    expect(job.result).toEqual({ changed: 3, unchanged: 0, refusedCount: 2, refused });
    expect(await valuesOf(ids[1]!)).toMatchObject({ spend: 0 });
    expect(await valuesOf(ids[2]!)).toMatchObject({ spend: 200 });
    expect(await membershipErrors(server)).toBe(0);
    const again = await run(UPDATE, { selection: { ids }, values: { spend: 200 } });
    expect(again.result).toMatchObject({ changed: 0, unchanged: 3, refusedCount: 2 });
  });

  test('goes through everybody who matches, more than one step of them, each once though they cease to match', async () => {
    const ids = await makeCustomers(130, (n) => ({ name: `批量${n}`, spend: 1 }));
    const matching = { filter: { '==': [{ var: 'spend' }, 1] }, search: 'piliang' };
    const job = await run(UPDATE, { selection: { matching }, values: { spend: 150 } });
    expect(job).toMatchObject({ status: 'SUCCEEDED', done: 130, total: 130, result: { changed: 130 } });
    const { customers } = await server.ask<{ customers: { nodes: { version: number }[] } }>(
      'query { customers(search: "批量", first: 200) { nodes { version } } }',
    );
    expect(customers.nodes.map(({ version }) => version)).toEqual(ids.map(() => 2));
    expect(await membershipErrors(server)).toBe(0);
    const [told] = await server.database.source.query<{ audit: number; outbox: number }[]>(
      `select (select count(*) from audit_entry where action = 'customer.updated' and target = any($1)) as audit,
              (select count(*) from outbox where kind = 'segment.entered' and customer_id = any($2)) as outbox`,
      [ids.map((id) => `customer:${id}`), ids],
    );
    expect(told).toEqual({ audit: 130, outbox: 130 });
  });

  test('an emptied unique value can be had by somebody else', async () => {
    const [id] = await makeCustomers(1, () => ({ name: '甲', code: 'A-1' }));
    await run(UPDATE, { selection: { ids: [id] }, values: { code: null } });
    const other = await saveCustomer(server, { values: { name: '乙', code: 'A-1' } });
    expect(other.customer.values).toMatchObject({ code: 'A-1' });
  });

  test('is refused at once for what no customer could be given', async () => {
    const [id] = await makeCustomers(1, () => ({ name: '丙' }));
    const update = (values: unknown, selection: object = { ids: [id] }) => refusal(UPDATE, { selection, values });
    expect(await update({ spend: -1, nope: 1 })).toBe('VALIDATION_FAILED, spend TOO_SMALL, nope UNKNOWN_FIELD');
    expect(await update({ name: null })).toBe('VALIDATION_FAILED, name REQUIRED');
    expect(await update({ code: 'X' })).toBe('VALIDATION_FAILED, code NOT_UNIQUE');
    expect(await update({})).toBe('VALIDATION_FAILED, values REQUIRED');
    expect(await update([])).toBe('VALIDATION_FAILED, values WRONG_TYPE');
    expect(await update({ spend: 1 }, {})).toBe('VALIDATION_FAILED, selection INVALID');
    expect(await update({ spend: 1 }, { ids: [id], matching: {} })).toBe('VALIDATION_FAILED, selection INVALID');
    expect(await update({ spend: 1 }, { matching: { filter: { nope: 1 } } })).toMatch(/^RULE_INVALID/);
    expect(await update({ spend: 1 }, { ids: Array.from({ length: 10_001 }, () => id) })).toBe('LIMIT_EXCEEDED');
  });
});

describe('erasing', () => {
  const ERASE_ONE = 'mutation ($id: ID!, $version: Int!) { eraseCustomer(id: $id, version: $version) }';

  test('takes a customer away with all that was recorded of her values', async () => {
    const { customer } = await saveCustomer(server, { values: { name: '秘密姓名', code: 'S-1', spend: 500 } });
    expect(await refusal(ERASE_ONE, { id: customer.id, version: 2 })).toBe('CONFLICT');
    expect(await server.ask(ERASE_ONE, { id: customer.id, version: 1 })).toEqual({ eraseCustomer: true });
    expect(await valuesOf(customer.id)).toBeUndefined();
    expect(await refusal(ERASE_ONE, { id: customer.id, version: 1 })).toBe('NOT_FOUND');
    const left = await server.database.source.query<{ action: string; changes: object }[]>(
      `select action, changes from audit_entry where target = $1 order by id`,
      [`customer:${customer.id}`],
    );
    expect(left).toEqual([
      { action: 'customer.created', changes: { name: {}, code: {}, spend: {} } },
      { action: 'customer.erased', changes: {} },
    ]);
    const [rows] = await server.database.source.query<object[]>(
      `select (select count(*) from membership where customer_id = $1) as memberships,
              (select count(*) from customer_identity where customer_id = $1) as identities,
              (select count(*) from customer_search where customer_id = $1) as searched,
              (select string_agg(kind, ' ' order by id) from outbox where customer_id = $1) as told`,
      [customer.id],
    );
    const told = 'segment.entered customer.saved segment.left customer.erased';
    expect(rows).toEqual({ memberships: 0, identities: 0, searched: 0, told });
    await saveCustomer(server, { values: { name: '新人', code: 'S-1' } });
  });

  test('of a selection is a job; customers made after it was asked for stay', async () => {
    const ids = await makeCustomers(3, (n) => ({ name: `抹去${n}` }));
    const job = await run(ERASE, { selection: { ids: [...ids, '018f0000-0000-7000-8000-000000000000', 'nobody'] } });
    expect(job).toMatchObject({ status: 'SUCCEEDED', done: 3, total: 3, result: { erased: 3 } });
    expect(await Promise.all(ids.map(valuesOf))).toEqual([undefined, undefined, undefined]);
    expect(await membershipErrors(server)).toBe(0);
  });

  test('needs ERASE_CUSTOMERS', async () => {
    const clerk = await server.signInAs(['00000000-0000-7000-8000-000000000003']);
    const [id] = await makeCustomers(1, () => ({ name: '丁' }));
    expect(await refusal(ERASE_ONE, { id, version: 1 }, clerk)).toBe('FORBIDDEN');
    expect(await refusal(ERASE, { selection: { ids: [id] } }, clerk)).toBe('FORBIDDEN');
  });
});

test('a job is its starter’s alone', async () => {
  const { job } = await server.ask<{ job: Job }>(UPDATE, { selection: { matching: {} }, values: { spend: 1 } });
  const token = await server.signInAs(['00000000-0000-7000-8000-000000000003']);
  const other = await server.ask('query ($id: ID!) { job(id: $id) { id } jobs { id } }', { id: job.id }, { token });
  expect(other).toEqual({ job: null, jobs: [] });
  for (const act of ['cancelJob', 'retryJob']) {
    expect(await refusal(`mutation ($id: ID!) { ${act}(id: $id) { id } }`, { id: job.id }, token)).toBe('NOT_FOUND');
  }
});
