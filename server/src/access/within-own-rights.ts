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
    keys.some((key) => isBeyond((role) => degreeOf(accessOf(role, key))));
  if (givesMore) throw refused('FORBIDDEN');
}

/**
 * The same of a role whose customers may become any others, because what its scope asks for changes.
 *
 * @throws {Refused} FORBIDDEN.
 */
export async function requireWithinOwnRightsOnAll(
  tx: Transactional<Context>,
  { role, entries }: KnownRole,
): Promise<void> {
  await requireWithinOwnRights(tx, { role: Object.assign(new Role(), role, { rowScope: null }), entries });
}

/** Whether one role sees at least the customers of another: which of two rules holds for more cannot be decided, so they must be the same. */
function seesAsMuch({ role: { rowScope } }: KnownRole, { role: { rowScope: other } }: KnownRole): boolean {
  return rowScope === null || JSON.stringify(rowScope) === JSON.stringify(other);
}
