import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RequestContext } from '../platform/context.ts';
import { createLog } from '../platform/log.ts';
import { activeSegment, createFields, saveCustomer, saveSegment } from '../testing/calls.ts';
import { ACTIVATE, DELETE, PAUSE, retentionCalls, RUN, SAVE } from '../testing/retention-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { runDueRules } from './run-due-rules.ts';

const start = '2026-07-01T08:00:00.000Z';
const HOUR = 3_600_000;

let now = start;
let server: TestServer;
let ctx: RequestContext;

beforeAll(async () => {
  server = await startTestServer({ clock: { now: async () => now } });
  ctx = {
    database: server.database,
    clock: { now: async () => now },
    log: createLog('error'),
    locale: 'en',
    requestId: 'retention',
    address: '',
    actorId: null,
  };
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: '姓名' },
    { key: 'city', type: 'TEXT', label: '城市' },
    { key: 'seen', type: 'DATETIME', label: '到店' },
    { key: 'spend', type: 'NUMBER', label: '消费' },
    { key: 'double', type: 'FORMULA', label: '两倍', formula: { '*': [{ var: 'spend' }, 2] } },
  ]);
  await activeSegment(server, 'west', { '==': [{ var: 'city' }, 'west'] });
});
afterAll(() => server.close());
beforeEach(async () => {
  now = start;
  await server.database.source.query(
    `update session set expires_at = '2100-01-01', last_used_at = '2100-01-01';
     delete from retention_rule; delete from reference where owner_kind = 'retention';
     delete from membership; delete from customer_due; delete from customer_search; delete from customer`,
  );
});

const notSeenForAYear = { '>': [{ days_since: [{ var: 'seen' }] }, 365] };

const calls = retentionCalls(() => server);
const { ask, save, activeRule, listed, refusal, makeRole, setAccess } = calls;

async function make(values: Record<string, unknown>): Promise<string> {
  return (await saveCustomer(server, { values })).customer.id;
}
const lastSeen = (days: number) => new Date(Date.parse(now) - days * 24 * HOUR).toISOString();

/** The names of those who are left, once no job goes on any more. */
async function left(): Promise<readonly string[]> {
  await calls.untilIdle();
  const { customers } = await server.ask<{ customers: { nodes: { values: { name: string } }[] } }>(
    '{ customers(first: 500) { nodes { values } } }',
  );
  return customers.nodes.map(({ values }) => values.name).toSorted();
}

function pass(hours: number): void {
  now = new Date(Date.parse(now) + hours * HOUR).toISOString();
}

describe('an active rule', () => {
  test('erases whom it holds for and nobody else, and tells how many', async () => {
    await make({ name: 'An', seen: lastSeen(400) });
    await make({ name: 'Bo', seen: lastSeen(300) });
    await make({ name: 'Cy' });
    const rule = await activeRule(notSeenForAYear);
    expect(rule).toMatchObject({ active: true, nextRunAt: now, lastRunAt: null, lastErased: null });
    expect(await left()).toEqual(['An', 'Bo', 'Cy']);
    expect(await runDueRules(ctx)).toBe(1);
    expect(await left()).toEqual(['Bo', 'Cy']);
    const [after] = await listed();
    expect(after).toMatchObject({
      lastRunAt: now,
      lastErased: 1,
      nextRunAt: '2026-07-02T08:00:00.000Z',
      problem: null,
    });
  });

  test('runs again once a day has passed, by the time that it is then', async () => {
    await make({ name: 'Bo', seen: lastSeen(365) });
    await activeRule(notSeenForAYear);
    expect(await runDueRules(ctx)).toBe(1);
    expect(await left()).toEqual(['Bo']);
    pass(23);
    expect(await runDueRules(ctx)).toBe(0);
    expect(await left()).toEqual(['Bo']);
    pass(1);
    expect(await runDueRules(ctx)).toBe(1);
    expect(await left()).toEqual([]);
  });

  test('is run once a day, however many processes look', async () => {
    await make({ name: 'An', seen: lastSeen(400) });
    await activeRule(notSeenForAYear);
    const runs = await Promise.all(Array.from({ length: 6 }, () => runDueRules(ctx)));
    expect(runs.reduce((sum, each) => sum + each)).toBe(1);
    expect(await left()).toEqual([]);
  });

  test('leaves no value of those whom it erases', async () => {
    const id = await make({ name: 'Canary', seen: lastSeen(400), city: 'Atlantis' });
    await activeRule(notSeenForAYear);
    await runDueRules(ctx);
    await left();
    const [found] = await server.database.source.query<{ told: string }[]>(
      `select concat((select string_agg(changes::text, ' ') from audit_entry where target = 'customer:' || $1),
                     (select string_agg(payload::text, ' ') from outbox where customer_id = $1::uuid),
                     (select string_agg(c::text, ' ') from customer_search c where customer_id = $1::uuid)) as told`,
      [id],
    );
    expect(found!.told).not.toMatch(/Canary|Atlantis/);
  });

  test('does not run while it is paused, nor before it was activated', async () => {
    await make({ name: 'An', seen: lastSeen(400) });
    const { id, version } = await save(notSeenForAYear);
    expect(await runDueRules(ctx)).toBe(0);
    await ask(ACTIVATE, { id, version });
    expect(await ask(PAUSE, { id })).toMatchObject({ active: false, nextRunAt: null });
    expect(await runDueRules(ctx)).toBe(0);
    expect(await left()).toEqual(['An']);
  });

  test('is paused by another rule, not by another name', async () => {
    const { id, version } = await activeRule(notSeenForAYear);
    const renamed = await save(notSeenForAYear, { id, version, name: 'other' });
    expect(renamed).toMatchObject({ active: true, version: version + 1 });
    const other = await save({ '==': [{ var: 'city' }, 'x'] }, { id, version: version + 1 });
    expect(other).toMatchObject({ active: false, version: version + 2 });
  });

  test('keeps its fields and segments from being taken away', async () => {
    const segment = await activeSegment(server, 'kept', { '==': [{ var: 'city' }, 'kept'] });
    await activeRule({ and: [notSeenForAYear, { in_segment: ['kept'] }] });
    const archive = 'mutation { archiveField(key: "seen") { key } }';
    const { errors } = await server.call(archive);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'IN_USE',
      usedBy: [{ kind: 'retention', name: 'long gone' }],
    });
    expect(await refusal('mutation ($id: ID!) { deleteSegment(id: $id) }', { id: segment.id })).toBe('IN_USE');
    await ask(PAUSE, { id: (await listed())[0]!.id });
    await server.ask(archive);
    await server.ask('mutation { restoreField(key: "seen") { key } }');
  });
});

describe('a run', () => {
  test('at once is for who may erase, by their rights, and counts as that of the day', async () => {
    await make({ name: 'An', seen: lastSeen(400), city: 'west' });
    await make({ name: 'Bo', seen: lastSeen(400), city: 'east' });
    await make({ name: 'Cy' });
    const { id } = await activeRule(notSeenForAYear);
    const west = await server.signInAs([await makeRole({ rowScope: { '==': [{ var: 'city' }, 'west'] } })]);
    await server.ask(RUN, { id }, { token: west });
    expect(await left()).toEqual(['Bo', 'Cy']);
    expect(await runDueRules(ctx)).toBe(0);
  });

  test('of a rule that is not active is refused', async () => {
    const { id } = await save(notSeenForAYear);
    expect(await refusal(RUN, { id })).toBe('VALIDATION_FAILED, active INVALID');
  });

  test('erases nobody whom its activator does not see', async () => {
    await make({ name: 'An', seen: lastSeen(400), city: 'west' });
    await make({ name: 'Bo', seen: lastSeen(400), city: 'east' });
    const west = await server.signInAs([await makeRole({ rowScope: { '==': [{ var: 'city' }, 'west'] } })]);
    await activeRule(notSeenForAYear, west);
    expect(await runDueRules(ctx)).toBe(1);
    expect(await left()).toEqual(['Bo']);
  });
});

describe('a rule that cannot be run any more is paused, and says why', () => {
  const lost: readonly [string, string, (of: { roleId: string; email: string }) => Promise<unknown>][] = [
    [
      'the user is deactivated',
      'The user who activated it is no longer active',
      ({ email }) => server.database.source.query('update app_user set active = false where email = $1', [email]),
    ],
    [
      'the user may erase no more',
      'The user who activated it may no longer erase customers',
      ({ roleId }) =>
        server.ask('mutation ($input: RoleInput!) { saveRole(input: $input) { id } }', {
          input: { id: roleId, version: 2, name: roleId, capabilities: [], defaultAccess: 'WRITE' },
        }),
    ],
    [
      'a field is hidden from the user',
      'The user who activated it may no longer read the fields that it uses',
      ({ roleId }) => setAccess(roleId, { seen: 'HIDDEN' }),
    ],
    [
      'a field is masked for the user',
      'The user who activated it may no longer read the fields that it uses',
      ({ roleId }) => setAccess(roleId, { seen: 'MASKED' }),
    ],
  ];
  test.each(lost)('%s', async (_, problem, lose) => {
    await make({ name: 'An', seen: lastSeen(400) });
    const roleId = await makeRole();
    const token = await server.signInAs([roleId]);
    const { me } = await server.ask<{ me: { name: string } }>('{ me { name } }', {}, { token });
    await activeRule(notSeenForAYear, token);
    await lose({ roleId, email: me.name });
    expect(await runDueRules(ctx)).toBe(0);
    expect((await listed())[0]).toMatchObject({ active: false, problem, lastRunAt: null });
    expect(await left()).toEqual(['An']);
  });

  test('a segment that it asks for is another one', async () => {
    await make({ name: 'An', city: 'north' });
    const segment = await activeSegment(server, 'gone', { '==': [{ var: 'city' }, 'gone'] });
    await activeRule({ in_segment: ['gone'] });
    await saveSegment(server, {
      id: segment.id,
      version: segment.version,
      name: 'gone',
      rule: { '==': [{ var: 'city' }, 'north'] },
    });
    expect(await runDueRules(ctx)).toBe(0);
    expect((await listed())[0]).toMatchObject({ active: false, problem: expect.stringContaining('was changed') });
    expect(await left()).toEqual(['An']);
  });

  test('a formula that it reads is another one', async () => {
    await make({ name: 'An', spend: 1 });
    await activeRule({ '>': [{ var: 'double' }, 10] });
    await server.ask('mutation ($input: FieldInput!) { updateField(key: "double", input: $input) { key } }', {
      input: { formula: { '*': [{ var: 'spend' }, 20] } },
    });
    expect(await runDueRules(ctx)).toBe(0);
    expect((await listed())[0]).toMatchObject({ active: false, problem: expect.stringContaining('was changed') });
    expect(await left()).toEqual(['An']);
  });
});

describe('activation is refused', () => {
  test.each([
    [{ or: [true, notSeenForAYear] }],
    [{ or: [{ '==': [{ var: 'city' }, null] }, { '!=': [{ var: 'city' }, null] }] }],
    [{ '!': [false] }],
    [true],
  ])('of a rule that holds for everybody: %j', async (rule) => {
    const { id, version } = await save(rule);
    expect(await refusal(ACTIVATE, { id, version })).toBe('VALIDATION_FAILED, rule INVALID');
    expect((await listed())[0]).toMatchObject({ active: false });
  });

  test('at another version than the present one', async () => {
    const { id, version } = await save(notSeenForAYear);
    expect(await refusal(ACTIVATE, { id, version: version - 1 })).toBe('CONFLICT');
    expect(await refusal(SAVE, { input: { id, version: 9, name: 'x', rule: notSeenForAYear } })).toBe('CONFLICT');
  });
});

describe('who may not', () => {
  const all = (id: string): readonly [string, object][] => [
    ['{ retentionRules { id } }', {}],
    [SAVE, { input: { name: 'x', rule: notSeenForAYear } }],
    [ACTIVATE, { id, version: 1 }],
    [PAUSE, { id }],
    [RUN, { id }],
    [DELETE, { id }],
  ];

  test('erase customers does nothing with retention rules', async () => {
    const { id } = await activeRule(notSeenForAYear);
    const token = await server.signInAs([await makeRole({ capabilities: ['MANAGE_SEGMENTS', 'MANAGE_FIELDS'] })]);
    for (const [query, variables] of all(id)) expect(await refusal(query, variables, token)).toBe('FORBIDDEN');
    const usedBy = '{ fields { key usedBy { kind } } }';
    const { fields } = await server.ask<{ fields: { key: string; usedBy: { kind: string }[] }[] }>(
      usedBy,
      {},
      { token },
    );
    expect(fields.find(({ key }) => key === 'seen')!.usedBy).toEqual([]);
  });

  test('read what a rule reads sees nothing of it, and can only stop it', async () => {
    const { id } = await activeRule(notSeenForAYear);
    await runDueRules(ctx);
    await left();
    const roleId = await makeRole({ capabilities: ['ERASE_CUSTOMERS', 'VIEW_AUDIT'] }, { seen: 'HIDDEN' });
    const token = await server.signInAs([roleId]);
    const [told] = await listed(token);
    const nothing = { rule: null, ruleText: null, lastErased: null, problem: null };
    expect(told).toMatchObject({ ...nothing, restricted: 'Its rule reads a field that you may not read' });
    for (const [query, variables] of all(id).slice(2)) {
      if (query !== PAUSE) expect(await refusal(query, variables, token)).toBe('FORBIDDEN');
    }
    expect(await refusal(SAVE, { input: { id, version: 1, name: 'x', rule: true } }, token)).toBe('FORBIDDEN');
    expect(await refusal(SAVE, { input: { name: 'x', rule: notSeenForAYear } }, token)).toMatch(/UNKNOWN_FIELD/);
    const { auditLog } = await server.ask<{ auditLog: { nodes: { changes: object }[] } }>(
      `{ auditLog(search: "retention:${id}") { nodes { changes } } }`,
      {},
      { token },
    );
    expect(auditLog.nodes.map(({ changes }) => changes)).toEqual(auditLog.nodes.map(() => ({ restricted: true })));
    expect(await ask(PAUSE, { id }, token)).toMatchObject({ active: false, rule: null });
  });
});

test('everything that is done with a rule is in the audit log', async () => {
  const { id } = await activeRule(notSeenForAYear);
  await runDueRules(ctx);
  await ask(PAUSE, { id });
  await server.ask(DELETE, { id });
  expect(await listed()).toEqual([]);
  const { auditLog } = await server.ask<{ auditLog: { nodes: { action: string }[] } }>(
    `{ auditLog(search: "retention:${id}") { nodes { action } } }`,
  );
  expect(auditLog.nodes.map(({ action }) => action).toReversed()).toEqual([
    'retention.saved',
    'retention.activated',
    'retention.run',
    'retention.paused',
    'retention.deleted',
  ]);
});
