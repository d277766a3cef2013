import { eventsKey } from '@kequn/rules';
import type { Transactional } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import { kept, type Kept } from '../platform/rule-set.ts';
import { accessOf, degreeOf, rightsOf, type KnownRole } from './gate.ts';
import { Role } from './role.ts';
import type { Context } from './viewer.ts';

/** The keys of all fields, archived ones too, and of what customers did. */
export const fieldKeys: Kept<readonly string[]> = {
  name: 'field keys',
  async load({ manager }) {
    const rows = await manager.query<{ key: string }[]>('select key from field');
    return [...rows.map(({ key }) => key), eventsKey];
  },
};

/**
 * Nobody gives what they do not have: whatever a role allows, its giver must be allowed too, on the same customers at least.
 *
 * @throws {Refused} FORBIDDEN.
 */
export async function requireWithinOwnRights(tx: Transactional<Context>, given: KnownRole): Promise<void> {
  const rights = await rightsOf(tx);
  const own = rights.held.filter((held) => seesAsMuch(held, given));
  const isBeyond = (degree: (role: KnownRole) => number) => degree(given) > Math.max(0, ...own.map(degree));
  const keys = await kept(tx, fieldKeys);
  const givesMore =
    given.role.capabilities.some((capability) => !rights.has(capability)) ||
    isBeyond(({ role }) => degreeOf(role.defaultAccess)) ||
    keys.some((key) => isBeyond((role) => degreeOf(accessOf(role, key)))) ||
    (mayLetGo(given) && !own.some(mayLetGo)) ||
    [...given.shares].some(([id, reads]) => !own.some((role) => isTold(role, id, reads)));
  if (givesMore) throw refused('FORBIDDEN');
}

/**
 * The same of a role whose customers may become any others, because what its scope asks for changes.
 *
 * @throws {Refused} FORBIDDEN.
 */
export async function requireWithinOwnRightsOnAll(tx: Transactional<Context>, given: KnownRole): Promise<void> {
  await requireWithinOwnRights(tx, { ...given, role: Object.assign(new Role(), given.role, { rowScope: null }) });
}

/** Whether a role may let customers out of what it sees, if there is an out. */
function mayLetGo({ role }: KnownRole): boolean {
  return role.rowScope === null || role.mayLeaveScope;
}

/** Whether the members of a segment may tell a role of these fields. */
function isTold(role: KnownRole, segmentId: string, reads: ReadonlySet<string>): boolean {
  const shared = role.shares.get(segmentId);
  return [...reads].every((key) => shared?.has(key) || degreeOf(accessOf(role, key)) >= degreeOf('READ'));
}

/**
 * Whether one role sees at least the customers of another, whoever has it: which of two rules holds for more cannot be decided, so they must be
 * the same, and not ask for the viewer.
 */
export function seesAsMuch(role: KnownRole, other: KnownRole): boolean {
  const { rowScope } = role.role;
  if (rowScope === null) return true;
  return JSON.stringify(rowScope) === JSON.stringify(other.role.rowScope) && !asksForViewer(role);
}

/** Whether which customers a role sees depends on who has it. */
export function asksForViewer({ role }: KnownRole): boolean {
  return JSON.stringify(role.rowScope).includes('"me"');
}
