import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activeSegment, createFields, type SavedSegment } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const EFFECTS = `query ($id: ID!, $entries: [FieldAccessInput!]!) {
  accessEffects(roleId: $id, entries: $entries) { closed { name } opened { name } } }`;

let server: TestServer;
let sales: string;
let rich: SavedSegment;

beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'income', type: 'NUMBER', label: 'Income' },
    { key: 'salary', type: 'NUMBER', label: 'Salary' },
    { key: 'doubled', type: 'FORMULA', label: 'Doubled', formula: { '*': [{ var: 'income' }, 2] } },
  ]);
  rich = await activeSegment(server, 'rich', { '>': [{ var: 'income' }, 1] });
  await activeSegment(server, 'paid', { '>': [{ var: 'salary' }, 1] });
  await activeSegment(server, 'rich_too', { in_segment: ['rich'] });
  await activeSegment(server, 'twice', { '>': [{ var: 'doubled' }, 1] });
  sales = await makeRole('sales', 'READ');
  await server.ask(
    'mutation ($id: ID!) { setFieldAccess(roleId: $id, entries: [{ fieldKey: "salary", access: HIDDEN }]) { id } }',
    { id: sales },
  );
});
afterAll(() => server.close());

async function makeRole(name: string, defaultAccess: string, capabilities: string[] = []): Promise<string> {
  const { saveRole } = await server.ask<{ saveRole: { id: string } }>(
    'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }',
    { input: { name, capabilities, defaultAccess } },
  );
  return saveRole.id;
}

async function effects(entries: Record<string, string | null>, token = server.token) {
  const list = Object.entries(entries).map(([fieldKey, access]) => ({ fieldKey, access }));
  const { accessEffects } = await server.ask<{
    accessEffects: { closed: { name: string }[]; opened: { name: string }[] };
  }>(EFFECTS, { id: sales, entries: list }, { token });
  const names = (segments: { name: string }[]) => segments.map(({ name }) => name);
  return { closed: names(accessEffects.closed), opened: names(accessEffects.opened) };
}

const codeOf = async (variables: object, token = server.token) =>
  (await server.call(EFFECTS, variables, { token })).errors?.[0]?.extensions?.['code'];

describe('what setting the access of a role would do to the segments that it sees', () => {
  it.each([
    ['a field hidden', { income: 'HIDDEN' }, { closed: ['rich', 'rich_too', 'twice'], opened: [] }],
    ['a field masked', { income: 'MASKED' }, { closed: ['rich', 'rich_too', 'twice'], opened: [] }],
    ['a field opened', { salary: 'READ' }, { closed: [], opened: ['paid'] }],
    ['a field back to what it gets by default', { salary: null }, { closed: [], opened: ['paid'] }],
    ['both', { income: 'HIDDEN', salary: 'WRITE' }, { closed: ['rich', 'rich_too', 'twice'], opened: ['paid'] }],
    ['nothing', {}, { closed: [], opened: [] }],
  ])('%s', async (_, entries, expected) => {
    expect(await effects(entries)).toEqual(expected);
  });

  it('leaves out what is shared with the role', async () => {
    const share = 'mutation ($id: ID!, $roleIds: [ID!]!) { shareSegment(id: $id, roleIds: $roleIds) { id } }';
    await server.ask(share, { id: rich.id, roleIds: [sales] });
    expect(await effects({ income: 'HIDDEN' })).toEqual({ closed: ['twice'], opened: [] });
    await server.ask(share, { id: rich.id, roleIds: [] });
  });

  it('changes nothing', async () => {
    expect(await effects({ income: 'HIDDEN' })).toEqual(await effects({ income: 'HIDDEN' }));
  });

  it('tells nothing of rules that are closed to who asks', async () => {
    const manager = await makeRole('manages roles', 'READ', ['MANAGE_ROLES']);
    await server.ask(
      'mutation ($id: ID!) { setFieldAccess(roleId: $id, entries: [{ fieldKey: "income", access: MASKED }]) { id } }',
      { id: manager },
    );
    const token = await server.signInAs([manager]);
    expect(await effects({ income: 'HIDDEN', salary: 'READ' }, token)).toEqual({ closed: [], opened: ['paid'] });
  });

  it('is refused to who does not manage roles, for a role that is none, and for a field that is none', async () => {
    const nobody = await server.signInAs([sales]);
    expect(await codeOf({ id: sales, entries: [] }, nobody)).toBe('FORBIDDEN');
    expect(await codeOf({ id: rich.id, entries: [] })).toBe('NOT_FOUND');
    expect(await codeOf({ id: sales, entries: [{ fieldKey: 'nothing', access: 'READ' }] })).toBe('VALIDATION_FAILED');
  });
});
