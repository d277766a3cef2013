import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activeSegment, createFields, membershipErrors, saveCustomer } from '../testing/calls.ts';
import { valuesOf } from '../testing/conversion-calls.ts';
import { historyErrors } from '../testing/history-errors.ts';
import { makeRole, refusalOf } from '../testing/role-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
const options = ['gold', 'silver', 'bronze'].map((key) => ({ key, label: key }));
beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: 'name' },
    { key: 'tier', type: 'SELECT', label: 'tier', options },
    { key: 'tags', type: 'MULTI_SELECT', label: 'tags', options },
    { key: 'one', type: 'SELECT', label: 'one', options, unique: true },
  ]);
});
afterAll(() => server.close());

const REPLACE =
  'mutation ($key: ID!, $option: ID!, $with: ID) { replaceOption(key: $key, option: $option, with: $with) { id total } }';

async function replace(key: string, option: string, into: string | null): Promise<string> {
  const { replaceOption } = await server.ask<{ replaceOption: { id: string } }>(REPLACE, { key, option, with: into });
  for (;;) {
    const { job } = await server.ask<{ job: { status: string; error: string | null } }>(
      'query ($id: ID!) { job(id: $id) { status error } }',
      { id: replaceOption.id },
    );
    if (job.status !== 'QUEUED' && job.status !== 'RUNNING') return job.error ?? job.status;
    await sleep(20);
  }
}

async function optionsOf(key: string): Promise<readonly string[]> {
  const { fields } = await server.ask<{ fields: { key: string; options: { key: string; archived: boolean }[] }[] }>(
    '{ fields { key options { key archived } } }',
  );
  return fields
    .find((field) => field.key === key)!
    .options.map((each) => each.key + (each.archived ? ' archived' : ''));
}

test('whoever has the option has the other one, or none, saved as by anybody, and it is gone', async () => {
  for (let n = 0; n < 230; n += 1)
    await saveCustomer(server, {
      values: { name: `c${n}`, tier: options[n % 3]!.key, tags: n % 2 ? ['gold', 'silver'] : ['gold'] },
    });
  await activeSegment(server, 'with_tier', { '!=': [{ var: 'tier' }, null] });
  await activeSegment(server, 'silver_tags', { has_any: [{ var: 'tags' }, ['silver']] });
  expect(await replace('tier', 'gold', 'silver')).toBe('SUCCEEDED');
  expect(await optionsOf('tier')).toEqual(['silver', 'bronze']);
  expect(Object.values(await valuesOf(server, 'tier')).filter((tier) => tier === 'silver')).toHaveLength(154);
  expect(await replace('tier', 'bronze', null)).toBe('SUCCEEDED');
  expect(Object.values(await valuesOf(server, 'tier')).filter((tier) => tier === null)).toHaveLength(76);
  expect(await replace('tags', 'gold', null)).toBe('SUCCEEDED');
  expect(await valuesOf(server, 'tags')).toMatchObject({ c0: null, c1: ['silver'] });
  expect(await membershipErrors(server)).toBe(0);
  expect(await historyErrors(server)).toBe(0);
  const { auditLog } = await server.ask<{ auditLog: { nodes: { action: string; changes: object }[] } }>(
    '{ auditLog(first: 500) { nodes { action changes } } }',
  );
  expect(auditLog.nodes.find(({ action }) => action === 'field.optionReplaced')?.changes).toEqual({
    option: 'gold',
    with: null,
  });
  expect(auditLog.nodes.some(({ action }) => action === 'customer.updated')).toBe(true);
});

test('what cannot be put in its place is refused, and what names it is told', async () => {
  expect(await refusalOf(server, REPLACE, { key: 'name', option: 'gold', with: null })).toBe(
    'VALIDATION_FAILED, option NOT_AN_OPTION',
  );
  expect(await refusalOf(server, REPLACE, { key: 'tags', option: 'silver', with: 'silver' })).toBe(
    'VALIDATION_FAILED, with NOT_AN_OPTION',
  );
  expect(await refusalOf(server, REPLACE, { key: 'one', option: 'gold', with: 'silver' })).toBe(
    'VALIDATION_FAILED, with NOT_UNIQUE',
  );
  expect(await refusalOf(server, REPLACE, { key: 'tags', option: 'silver', with: null })).toBe('IN_USE');
  expect(await optionsOf('tags')).toEqual(['silver', 'bronze']);
  await saveCustomer(server, { values: { name: 'unique', one: 'gold' } });
  expect(await replace('one', 'gold', null)).toBe('SUCCEEDED');
  const reader = await server.signInAs([
    await makeRole(server, { capabilities: ['MANAGE_FIELDS'], defaultAccess: 'READ' }),
  ]);
  expect(await refusalOf(server, REPLACE, { key: 'one', option: 'silver', with: null }, reader)).toBe('FORBIDDEN');
});
