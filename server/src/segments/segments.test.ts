import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  activeSegment,
  createFields,
  membershipErrors,
  saveCustomer,
  saveSegment,
  setSegment,
} from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { pauseBrokenSegments } from './pause-broken-segments.ts';
import { databaseClock } from '../platform/context.ts';
import { createLog } from '../platform/log.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'city', type: 'TEXT', label: '城市' },
    { key: 'charges', type: 'NUMBER', label: '月费', labels: { en: 'Charges' } },
    {
      key: 'level',
      type: 'SELECT',
      label: '等级',
      options: [
        { key: 'gold', label: '金' },
        { key: 'silver', label: '银' },
      ],
    },
  ]);
});
afterAll(() => server.close());

const dear = { '>': [{ var: 'charges' }, 70] };

interface Change {
  kind: string;
  cause: string;
  ruleVersion: number | null;
  segment: { key: string };
}

async function historyOf(id: string): Promise<string[]> {
  const { customer } = await server.ask<{ customer: { membershipHistory: Change[] } }>(
    'query ($id: ID!) { customer(id: $id) { membershipHistory { kind cause ruleVersion segment { key } } } }',
    { id },
  );
  return customer.membershipHistory.map(
    ({ kind, cause, ruleVersion, segment }) => `${segment.key} ${kind} ${cause} v${ruleVersion}`,
  );
}

async function refusalOf(mutation: string, variables: object): Promise<unknown> {
  const { errors } = await server.call(mutation, variables);
  return errors?.[0]?.extensions;
}

describe('a customer follows the rules', () => {
  test('enters and leaves in the saving transaction, with cause and rule version', async () => {
    const segment = await activeSegment(server, 'dear', dear);
    const entered = await saveCustomer(server, { values: { city: '上海', charges: 80 } });
    expect(entered.entered).toEqual([{ key: 'dear' }]);
    const { id } = entered.customer;
    expect((await saveCustomer(server, { id, version: 1, values: { city: '北京' } })).entered).toEqual([]);
    expect((await saveCustomer(server, { id, version: 2, values: { charges: 10 } })).left).toEqual([{ key: 'dear' }]);
    await saveCustomer(server, { id, version: 3, values: { charges: 71 } });
    await saveSegment(server, {
      id: segment.id,
      version: segment.version,
      name: 'dear',
      rule: { '>': [{ var: 'charges' }, 100] },
    });
    expect(await historyOf(id)).toEqual([
      'dear LEFT RULE v2',
      'dear ENTERED SAVE v1',
      'dear LEFT SAVE v1',
      'dear ENTERED SAVE v1',
    ]);
    expect(await membershipErrors(server)).toBe(0);
  });

  test('a rule change divides everybody anew; those who stay keep since', async () => {
    const segment = await activeSegment(server, 'shanghai', { '==': [{ var: 'city' }, '上海'] });
    const { customer } = await saveCustomer(server, { values: { city: '上海', charges: 5 } });
    const since = () =>
      server.ask<{ customer: { memberships: { since: string; segment: { key: string } }[] } }>(
        'query ($id: ID!) { customer(id: $id) { memberships { since segment { key } } } }',
        { id: customer.id },
      );
    const before = await since();
    const changed = await saveSegment(server, {
      id: segment.id,
      version: 1,
      name: 'shanghai',
      rule: { in: [{ var: 'city' }, ['上海', '北京']] },
    });
    expect(changed).toMatchObject({ version: 2, status: 'ACTIVE', memberCount: 2 });
    expect(await since()).toEqual(before);
    expect(await membershipErrors(server)).toBe(0);
  });

  test('an edit of the name alone moves nobody and makes no version', async () => {
    const segment = await activeSegment(server, 'named', true);
    const renamed = await saveSegment(server, { id: segment.id, version: 1, name: '新名字' });
    expect(renamed).toMatchObject({ version: 2, memberCount: segment.memberCount });
    const { segment: read } = await server.ask<{ segment: { versions: { number: number; rule: unknown }[] } }>(
      'query ($id: ID!) { segment(id: $id) { versions { number rule } } }',
      { id: segment.id },
    );
    expect(read.versions).toEqual([{ number: 1, rule: true }]);
  });

  test('pausing lets all leave, activating lets them in again; deleting keeps the history', async () => {
    const segment = await activeSegment(server, 'everybody', true);
    const { customer } = await saveCustomer(server, { values: {} });
    expect(await setSegment(server, 'pause', segment.id)).toMatchObject({ status: 'PAUSED', memberCount: 0 });
    expect((await setSegment(server, 'activate', segment.id)).memberCount).toBeGreaterThan(0);
    await server.ask('mutation ($id: ID!) { deleteSegment(id: $id) }', { id: segment.id });
    expect((await historyOf(customer.id)).filter((line) => line.startsWith('everybody'))).toEqual([
      'everybody LEFT RULE v1',
      'everybody ENTERED RULE v1',
      'everybody LEFT RULE v1',
      'everybody ENTERED SAVE v1',
    ]);
    expect(await server.ask('query ($id: ID!) { segment(id: $id) { id } }', { id: segment.id })).toEqual({
      segment: null,
    });
    expect((await saveSegment(server, { key: 'everybody', name: 'again', rule: false })).version).toBe(1);
  });

  test('only rules that read a changed field are asked', async () => {
    await activeSegment(server, 'city_known', { '!=': [{ var: 'city' }, null] });
    const { customer } = await saveCustomer(server, { values: { city: 'x' } });
    await server.database.source.query(
      `delete from membership m using segment s where s.generation_id = m.generation_id and s.key = 'city_known' and m.customer_id = $1`,
      [customer.id],
    );
    expect(
      (await saveCustomer(server, { id: customer.id, version: 1, values: { charges: 1 } })).entered.map(
        ({ key }) => key,
      ),
    ).not.toContain('city_known');
    expect(
      (await saveCustomer(server, { id: customer.id, version: 2, values: { city: 'y' } })).entered.map(
        ({ key }) => key,
      ),
    ).toContain('city_known');
  });

  test('stored membership is that of the rules after random saves by several writers and rule changes between them', async () => {
    const segment = await activeSegment(server, 'moving', dear);
    const writer = async (seed: number): Promise<void> => {
      for (let i = 0; i < 12; i += 1) {
        const charges = (seed * 37 + i * 53) % 140;
        const { customer } = await saveCustomer(server, { values: { charges, city: charges % 2 ? '上海' : null } });
        await saveCustomer(server, { id: customer.id, version: 1, values: { charges: 140 - charges } });
      }
    };
    const changer = async (): Promise<void> => {
      for (let version = 1; version < 6; version += 1) {
        await saveSegment(server, {
          id: segment.id,
          version,
          name: 'moving',
          rule: { '>': [{ var: 'charges' }, version * 20] },
        });
      }
    };
    await Promise.all([...Array.from({ length: 6 }, (_, i) => writer(i + 1)), changer()]);
    expect(await membershipErrors(server)).toBe(0);
  });
});

describe('what is refused', () => {
  const SAVE = 'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }';

  test('rules that are none, with every place', async () => {
    expect(
      await refusalOf(SAVE, { input: { name: 'a', rule: { and: [{ '==': [{ var: 'city' }, 5] }, { nope: 1 }] } } }),
    ).toMatchObject({
      code: 'RULE_INVALID',
      issues: [
        { path: '/and/0/==/1', code: 'TYPE' },
        { path: '/and/1', code: 'UNKNOWN_OPERATION' },
      ],
    });
  });

  test('keys that are taken, versions that are old, names that are empty', async () => {
    await saveSegment(server, { key: 'taken', name: 'a' });
    expect(await refusalOf(SAVE, { input: { key: 'taken', name: ' ' } })).toMatchObject({
      issues: [
        { path: 'name', code: 'REQUIRED' },
        { path: 'key', code: 'NOT_UNIQUE' },
      ],
    });
    const { id } = await saveSegment(server, { name: 'b' });
    await saveSegment(server, { id, version: 1, name: 'c' });
    expect(await refusalOf(SAVE, { input: { id, version: 1, name: 'd' } })).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 2,
    });
    expect(await refusalOf(SAVE, { input: { id: 'nope', version: 1, name: 'd' } })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('archiving a field that an active segment reads names the segment', async () => {
    await createFields(server, [{ key: 'gone', type: 'TEXT', label: '要归档' }]);
    const segment = await activeSegment(server, 'reads_gone', { '!=': [{ var: 'gone' }, null] });
    const archive = 'mutation { archiveField(key: "gone") { archived } }';
    expect(await refusalOf(archive, {})).toMatchObject({
      code: 'IN_USE',
      usedBy: [{ kind: 'segment', id: segment.id, name: 'reads_gone' }],
    });
    await setSegment(server, 'pause', segment.id);
    expect(await server.ask(archive)).toEqual({ archiveField: { archived: true } });
    expect(
      await refusalOf('mutation ($id: ID!) { activateSegment(id: $id) { id } }', { id: segment.id }),
    ).toMatchObject({ code: 'RULE_INVALID' });
    expect(
      await refusalOf('mutation ($v: JSON!) { saveCustomer(input: { values: $v }) { customer { id } } }', {
        v: { gone: 'x' },
      }),
    ).toMatchObject({
      issues: [{ path: 'gone', code: 'UNKNOWN_FIELD' }],
    });
    await server.ask('mutation { restoreField(key: "gone") { archived } }');
    await setSegment(server, 'activate', segment.id);
  });
});

test('a rule that is broken behind our back holds for nobody and pauses its segment, with the reason', async () => {
  const segment = await activeSegment(server, 'broken', true);
  await server.database.source.query(`update segment set rule = '{"==":[{"var":"vanished"},1]}' where id = $1`, [
    segment.id,
  ]);
  await server.database.source.query('update rule_set set version = version + 1');
  const { customer, entered } = await saveCustomer(server, { values: {} });
  expect(entered.map(({ key }) => key)).not.toContain('broken');
  const log = createLog('error');
  const system = {
    database: server.database,
    clock: databaseClock,
    log,
    locale: 'en',
    requestId: '',
    address: '',
    actorId: null,
  } as const;
  expect(await pauseBrokenSegments(system)).toEqual([segment.id]);
  const { segment: read } = await server.ask<{ segment: unknown }>(
    'query ($id: ID!) { segment(id: $id) { status problem memberCount } }',
    { id: segment.id },
  );
  expect(read).toEqual({ status: 'PAUSED', problem: 'There is no such field', memberCount: 0 });
  expect((await historyOf(customer.id)).some((line) => line.startsWith('broken'))).toBe(false);
  await saveSegment(server, { id: segment.id, version: segment.version, name: 'broken', rule: false });
  const { segment: mended } = await server.ask<{ segment: unknown }>(
    'query ($id: ID!) { segment(id: $id) { status problem } }',
    { id: segment.id },
  );
  expect(mended).toEqual({ status: 'PAUSED', problem: null });
});

test('a preview counts the rule, everybody, and each condition alone', async () => {
  await saveCustomer(server, { values: { level: 'gold', charges: 1 } });
  const { previewRule } = await server.ask<{
    previewRule: {
      count: number;
      total: number;
      text: string;
      sample: unknown[];
      conditions: { path: string; count: number }[];
    };
  }>(
    'query ($rule: Rule!) { previewRule(rule: $rule, sample: 3) { count total exact margin text sample { id } conditions { path count exact } } }',
    { rule: { and: [{ '==': [{ var: 'level' }, 'gold'] }, { '!': [{ '>': [{ var: 'charges' }, 70] }] }] } },
  );
  expect(previewRule).toMatchObject({
    count: 1,
    exact: true,
    margin: 0,
    text: '等级 is “金” and not (Charges is greater than 70)',
  });
  expect(previewRule.sample).toHaveLength(1);
  expect(previewRule.conditions.map(({ path }) => path)).toEqual(['/and/0', '/and/1/!/0']);
  expect(previewRule.total).toBeGreaterThan(50);
});
