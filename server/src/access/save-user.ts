import { sentence, type Problem } from '@kequn/rules';
import { recordAudit } from '../audit/audit.ts';
import type { Transactional } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { invalid, notFound, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { change, read } from '../platform/transaction.ts';
import { isGiven, isUuid, newId } from '../platform/uuid.ts';
import { checkUserInput } from './check-user-input.ts';
import { requireCapability, roles, type KnownRole } from './gate.ts';
import { hashPassword } from './password.ts';
import { requireAdministrator } from './require-administrator.ts';
import { StoredSession } from './session.ts';
import { User, UserRole, type UserInput } from './user.ts';
import type { Context } from './viewer.ts';
import { asksForViewer, requireWithinOwnRights, requireWithinOwnRightsOnAll } from './within-own-rights.ts';

/**
 * Invites a user, or changes one: what is not given stays. A new password and a deactivation end all sessions at once. Needs MANAGE_USERS;
 * nobody gives a role that allows more than they may themselves, or changes somebody who may more.
 *
 * @throws {Refused} FORBIDDEN, NOT_FOUND, LIMIT_EXCEEDED, VALIDATION_FAILED, also where nobody would be left who manages roles and users.
 */
export async function saveUser(ctx: Context, input: UserInput): Promise<User> {
  await read(ctx, (tx) => requireCapability(tx, 'MANAGE_USERS'));
  // Hashing takes its time, and nobody can write while a change is under way.
  const passwordHash = input.password ? await hashPassword(input.password.slice(0, 200)) : undefined;
  return change(ctx, async (tx) => {
    await requireCapability(tx, 'MANAGE_USERS');
    const before = isGiven(input.id) ? await userToChange(tx, input.id) : undefined;
    if (!before) await requireRoom(tx);
    const { settings, problems } = checkUserInput(before?.user, input);
    const given = await rolesIn(tx, input.roleIds, problems);
    problems.push(...(await emailProblems(tx, before?.user, settings.email)));
    if (problems.length > 0) throw invalid(problems);
    const user = Object.assign(new User(), before?.user ?? { id: newId() }, settings, passwordHash && { passwordHash });
    await requireGivable(tx, { user, given }, before);
    await store(tx, user, given);
    if (passwordHash || !user.active) await tx.manager.delete(StoredSession, { userId: user.id });
    await requireAdministrator(tx, user.active ? 'roleIds' : 'active');
    await recordAudit(tx, {
      action: before ? 'user.updated' : 'user.created',
      target: `user:${user.id}`,
      changes: {
        from: before ? publicPart(before) : null,
        to: publicPart({ user, given }),
        ...(passwordHash && { passwordChanged: true }),
      },
    });
    return user;
  });
}

/** A user with the roles given to them. */
interface UserWithRoles {
  readonly user: User;
  readonly given: readonly KnownRole[];
}

async function userToChange(tx: Transactional<Context>, id: string): Promise<UserWithRoles> {
  const user = isUuid(id) ? await tx.manager.findOneBy(User, { id: id.toLowerCase() }) : null;
  if (!user) throw notFound();
  const held = await tx.manager.findBy(UserRole, { userId: user.id });
  const known = await kept(tx, roles);
  return { user, given: held.flatMap(({ roleId }) => known.get(roleId) ?? []) };
}

async function requireRoom(tx: Transactional<Context>): Promise<void> {
  if ((await tx.manager.count(User)) >= limits.users)
    throw refused('LIMIT_EXCEEDED', { limit: 'users', max: limits.users });
}

async function rolesIn(tx: Transactional<Context>, ids: readonly string[], problems: Problem[]): Promise<KnownRole[]> {
  if (ids.length > limits.userRoles) throw refused('LIMIT_EXCEEDED', { limit: 'userRoles', max: limits.userRoles });
  const known = await kept(tx, roles);
  const message = sentence('没有这个角色', 'There is no such role');
  return [...new Set(ids.map((id) => id.toLowerCase()))].flatMap((id, index) => {
    const role = known.get(id);
    if (!role) problems.push({ path: `roleIds/${index}`, code: 'INVALID', message });
    return role ?? [];
  });
}

async function emailProblems(tx: Transactional<Context>, before: User | undefined, email: string): Promise<Problem[]> {
  const other = email === '' ? null : await tx.manager.findOneBy(User, { email });
  if (!other || other.id === before?.id) return [];
  return [
    { path: 'email', code: 'NOT_UNIQUE', message: sentence('已有用户使用这个邮箱', 'Another user has this e-mail') },
  ];
}

/**
 * Whoever sets the password or the e-mail of somebody can sign in as them, and attributes open rows by way of scopes that ask for the viewer:
 * such a scope holds for other customers then, so it is judged as one of all of them.
 */
async function requireGivable(
  tx: Transactional<Context>,
  { user, given }: UserWithRoles,
  before: UserWithRoles | undefined,
): Promise<void> {
  const isOneself = user.id === tx.viewer.user.id;
  const held = before?.given ?? [];
  const opens = JSON.stringify(user.attributes) !== JSON.stringify(before?.user.attributes ?? {});
  const shifts = opens || (before !== undefined && !isOneself);
  for (const role of new Set([...given, ...held])) {
    if (shifts && asksForViewer(role)) await requireWithinOwnRightsOnAll(tx, role);
    else if (!(isOneself && held.includes(role))) await requireWithinOwnRights(tx, role);
  }
}

async function store({ manager }: Transactional<Context>, user: User, given: readonly KnownRole[]): Promise<void> {
  await manager.save(User, user);
  await manager.delete(UserRole, { userId: user.id });
  if (given.length > 0)
    await manager.insert(
      UserRole,
      given.map(({ role }) => ({ userId: user.id, roleId: role.id })),
    );
}

function publicPart({ user: { email, name, active, attributes }, given }: UserWithRoles) {
  return { email, name, active, attributes, roles: given.map(({ role }) => role.name) };
}
