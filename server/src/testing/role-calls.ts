import type { Capability, FieldAccess } from '../access/role.ts';
import type { TestServer } from './test-server.ts';

/** What a role of a test is given; by default no capability, and every field to write. */
export interface RoleParts {
  readonly rowScope?: object;
  readonly capabilities?: readonly Capability[];
  readonly defaultAccess?: FieldAccess;
}

let made = 0;

/** Makes a role through the API; gives its id. */
export async function makeRole(
  server: TestServer,
  parts: RoleParts = {},
  entries: Readonly<Record<string, FieldAccess>> = {},
): Promise<string> {
  const input = { name: `role ${(made += 1)}`, capabilities: [], defaultAccess: 'WRITE', ...parts };
  const { saveRole } = await server.ask<{ saveRole: { id: string } }>(
    'mutation ($input: RoleInput!) { saveRole(input: $input) { id } }',
    { input },
  );
  await setAccess(server, saveRole.id, entries);
  return saveRole.id;
}

/** Sets what a role may do with some fields through the API. */
export async function setAccess(
  server: TestServer,
  roleId: string,
  access: Readonly<Record<string, FieldAccess>>,
): Promise<void> {
  const entries = Object.entries(access).map(([fieldKey, allowed]) => ({ fieldKey, access: allowed }));
  await server.ask(
    'mutation ($roleId: ID!, $entries: [FieldAccessInput!]!) { setFieldAccess(roleId: $roleId, entries: $entries) { id } }',
    { roleId, entries },
  );
}

/** How a call is refused: the code, and of each issue its path and code; undefined where it is not. */
export async function refusalOf(
  server: TestServer,
  query: string,
  variables: object,
  token: string = server.token,
): Promise<string | undefined> {
  const { errors } = await server.call(query, variables, { token });
  const extensions = errors?.[0]?.extensions;
  if (!extensions) return undefined;
  const issues = extensions['issues'] as { path: string; code: string }[] | undefined;
  return [extensions.code, ...(issues ?? []).map(({ path, code }) => `${path} ${code}`)].join(', ');
}
