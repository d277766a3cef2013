import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Capability, FieldAccess } from '../access/role.ts';
import { newId } from '../platform/uuid.ts';
import {
  activeSegment,
  createFields,
  membershipErrors,
  saveCustomer,
  saveSegment,
  type SavedSegment,
} from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'city', type: 'TEXT', label: 'City' },
    { key: 'income', type: 'NUMBER', label: 'Income' },
    { key: 'gone', type: 'TEXT', label: 'Gone' },
  ]);
});
afterAll(() => server.close());

const inShanghai = { '==': [{ var: 'city' }, '上海'] };
const inBeijing = { '==': [{ var: 'city' }, '北京'] };
const rich = { '>': [{ var: 'income' }, 1_000] };

const RESTORE = `mutation ($id: ID!, $number: Int!) { restoreSegmentVersion(id: $id, number: $number) {
  id version status rule memberCount versions { number rule } } }`;

interface Restored {
  version: number;
  status: string;
  rule: unknown;
  memberCount: number;
  versions: { number: number; rule: unknown }[];
}

async function restore(id: string, number: number): Promise<Restored> {
  const answer = await server.ask<{ restoreSegmentVersion: Restored }>(RESTORE, { id, number });
  return answer.restoreSegmentVersion;
}

async function refusal(id: string, number: number, token = server.token) {
  return (await server.call(RESTORE, { id, number }, { token })).errors?.[0]?.extensions;
}

/** Signs in with a role of its own. */
async function viewer(entries: Record<string, FieldAccess>, capabilities: Capability[]): Promise<string> {
  const id = newId();
  const { source } = server.database;
  await source.query(`insert into role (id, name, capabilities, default_access) values ($1, 'role', $2, 'WRITE')`, [
    id,
    capabilities,
  ]);
  for (const [key, access] of Object.entries(entries))
    await source.query('insert into role_field_access values ($1, $2, $3)', [id, key, access]);
  await source.query('update rule_set set version = version + 1');
  return server.signInAs([id]);
}

async function changed(segment: SavedSegment, rule: unknown): Promise<SavedSegment> {
  return saveSegment(server, { id: segment.id, version: segment.version, name: segment.key, rule });
}

describe('an earlier version', () => {
  test('comes back as a new one, and everybody is divided by it', async () => {
    await saveCustomer(server, { values: { city: '上海' } });
    const first = await activeSegment(server, 'coast', inShanghai);
    const second = await changed(first, inBeijing);
    expect([first.memberCount, second.memberCount]).toEqual([1, 0]);
    expect(await restore(first.id, 1)).toEqual({
      id: first.id,
      version: 3,
      status: 'ACTIVE',
      rule: inShanghai,
      memberCount: 1,
      versions: [
        { number: 3, rule: inShanghai },
        { number: 2, rule: inBeijing },
        { number: 1, rule: inShanghai },
      ],
    });
    expect(await membershipErrors(server)).toBe(0);
  });

  test('is recorded as saving it would be', async () => {
    const { id } = await changed(await saveSegment(server, { key: 'recorded', name: 'r', rule: inShanghai }), rich);
    await restore(id, 1);
    const [entry] = await server.database.source.query<{ action: string; changes: object }[]>(
      'select action, changes from audit_entry where target = $1 order by id desc limit 1',
      [`segment:${id}`],
    );
    expect(entry).toMatchObject({
      action: 'segment.updated',
      changes: { from: { rule: rich }, to: { rule: inShanghai } },
    });
  });

  test('that is the present one makes no other', async () => {
    const { id } = await saveSegment(server, { name: 'present', rule: inShanghai });
    expect((await restore(id, 1)).versions).toEqual([{ number: 1, rule: inShanghai }]);
  });

  test('of a rule that is none any more is refused as saving it would be', async () => {
    const first = await saveSegment(server, { name: 'g', rule: { '!=': [{ var: 'gone' }, null] } });
    const { id } = await changed(first, inBeijing);
    await server.ask('mutation { archiveField(key: "gone") { key } }');
    expect(await refusal(id, 1)).toMatchObject({ code: 'RULE_INVALID', issues: [{ code: 'UNKNOWN_FIELD' }] });
  });
});

describe('refused', () => {
  test('numbers and segments that there are not', async () => {
    const { id } = await saveSegment(server, { name: 'x', rule: rich });
    await saveSegment(server, { id, version: 1, name: 'renamed' });
    for (const number of [0, -1, 2, 99]) expect(await refusal(id, number)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal('nope', 1)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(newId(), 1)).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('without the right to manage segments', async () => {
    const { id } = await saveSegment(server, { name: 'x', rule: rich });
    expect(await refusal(id, 1, await viewer({}, ['MANAGE_FIELDS']))).toMatchObject({ code: 'FORBIDDEN' });
  });

  test.each<FieldAccess>(['HIDDEN', 'MASKED'])('what reads a field that is %s for the viewer', async (access) => {
    const token = await viewer({ income: access }, ['MANAGE_SEGMENTS']);
    const restricted = await changed(await saveSegment(server, { name: 'x', rule: inShanghai }), rich);
    expect(await refusal(restricted.id, 1, token)).toMatchObject({ code: 'FORBIDDEN' });
    const once = await changed(await saveSegment(server, { name: 'y', rule: rich }), inShanghai);
    expect(await refusal(once.id, 1, token)).toEqual(await refusal(once.id, 99, token));
  });
});
