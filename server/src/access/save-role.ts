import { sentence, type Problem } from '@kequn/rules';
import { recordAudit } from '../audit/audit.ts';
import type { Transactional } from '../platform/context.ts';
import { labelIn } from '../platform/label-in.ts';
import { limits } from '../platform/limits.ts';
import { invalid, notFound, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { change } from '../platform/transaction.ts';
import { isGiven, newId } from '../platform/uuid.ts';
import { requireCapability, roles, type KnownRole } from './gate.ts';
import { requireAdministrator } from './require-administrator.ts';
import { Role, type RoleInput } from './role.ts';
import type { Context } from './viewer.ts';
import { requireWithinOwnRights } from './within-own-rights.ts';

/**
 * Checks the scope of a role and notes what it reads.
 *
 * @throws {Refused} RULE_INVALID, FIELD_FORBIDDEN.
 */
export type KeepScope = (tx: Transactional<Context>, role: Role) => Promise<void>;

/**
 * Makes a role, or changes one at the version that was read. Needs MANAGE_ROLES, and gives nothing that the giver does not have.
 *
 * @throws {Refused} FORBIDDEN, NOT_FOUND, CONFLICT, LIMIT_EXCEEDED, RULE_INVALID, VALIDATION_FAILED, also where nobody would be left who
 * manages roles and users.
 */
export async function saveRole(ctx: Context, input: RoleInput, keepScope: KeepScope): Promise<Role> {
  return change(ctx, async (tx) => {
    const before = isGiven(input.id) ? await roleToChange(tx, input.id, requiredVersion(input)) : undefined;
    if (!before) await requireRoom(tx);
    const role = await appliedTo(tx, before?.role, input);
    await requireWithinOwnRights(tx, { entries: new Map(), shares: new Map(), ...before, role });
    if (input.rowScope !== undefined) await keepScope(tx, role);
    await tx.manager.save(Role, role);
    await requireAdministrator(tx, 'capabilities');
    await recordAudit(tx, {
      action: before ? 'role.updated' : 'role.created',
      target: `role:${role.id}`,
      changes: { from: before ? publicPart(before.role) : null, to: publicPart(role) },
    });
    return role;
  });
}

/**
 * A role by id, to be changed: with a version, it must be the present one. Needs MANAGE_ROLES, and nobody changes a role that allows more
 * than they may themselves.
 *
 * @throws {Refused} FORBIDDEN, NOT_FOUND, CONFLICT.
 */
export async function roleToChange(
  tx: Transactional<Context>,
  id: string,
  version?: number | null,
): Promise<KnownRole> {
  await requireCapability(tx, 'MANAGE_ROLES');
  const known = (await kept(tx, roles)).get(id.toLowerCase());
  if (!known) throw notFound();
  if (version !== undefined && version !== null && version !== known.role.version)
    throw refused('CONFLICT', { currentVersion: known.role.version });
  await requireWithinOwnRights(tx, known);
  return known;
}

function requiredVersion({ version }: RoleInput): number {
  if (version !== undefined && version !== null) return version;
  throw invalid([{ path: 'version', code: 'REQUIRED', message: sentence('缺少版本号', 'The version is required') }]);
}

async function requireRoom(tx: Transactional<Context>): Promise<void> {
  await requireCapability(tx, 'MANAGE_ROLES');
  if ((await kept(tx, roles)).size >= limits.roles)
    throw refused('LIMIT_EXCEEDED', { limit: 'roles', max: limits.roles });
}

async function appliedTo(tx: Transactional<Context>, before: Role | undefined, input: RoleInput): Promise<Role> {
  const problems: Problem[] = [];
  const name = labelIn('name', input.name, problems);
  const others = [...(await kept(tx, roles)).values()].filter(({ role }) => role.id !== before?.id);
  if (others.some(({ role }) => role.name === name))
    problems.push({
      path: 'name',
      code: 'NOT_UNIQUE',
      message: sentence('已有同名角色', 'A role of this name exists'),
    });
  if (problems.length > 0) throw invalid(problems);
  return Object.assign(new Role(), {
    id: before?.id ?? newId(),
    version: (before?.version ?? 0) + 1,
    name,
    capabilities: [...new Set(input.capabilities)],
    defaultAccess: input.defaultAccess,
    rowScope: input.rowScope === undefined ? (before?.rowScope ?? null) : input.rowScope,
    mayLeaveScope: input.mayLeaveScope ?? before?.mayLeaveScope ?? true,
  });
}

function publicPart({ name, capabilities, defaultAccess, rowScope, mayLeaveScope }: Role) {
  return { name, capabilities, defaultAccess, rowScope, ...(rowScope !== null && { mayLeaveScope }) };
}
