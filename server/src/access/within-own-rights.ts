import { eventsKey } from '@kequn/rules';
import type { Transactional } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import { kept, type Kept } from '../platform/rule-set.ts';
import { accessOf, degreeOf, Rights, rightsOf, type KnownRole } from './gate.ts';
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
 * Nobody gives what they do not have: what a role is to allow beyond what it allowed before, its giver must be allowed too, on the same
 * customers at least. A role that is to see other customers than before gives everything anew, unless it saw all of them.
 *
 * @throws {Refused} FORBIDDEN.
 */
export async function requireWithinOwnRights(
  tx: Transactional<Context>,
  after: KnownRole,
  before?: KnownRole,
): Promise<void> {
  const rights = await rightsOf(tx);
  const stands = before && seesAsMuch(before, after) ? before : undefined;
  const had = new Set(stands?.role.capabilities);
  const givesMore =
    after.role.capabilities.some((capability) => !had.has(capability) && !rights.has(capability)) ||
    (await opensMore(tx, rights, { after, before: stands }));
  if (givesMore) throw refused('FORBIDDEN');
}

async function opensMore(
  tx: Transactional<Context>,
  rights: Rights,
  { after, before }: { readonly after: KnownRole; readonly before: KnownRole | undefined },
): Promise<boolean> {
  const own = rights.held.filter((held) => seesAsMuch(held, after));
  const opens = (degree: (role: KnownRole) => number) =>
    degree(after) > (before ? degree(before) : 0) && degree(after) > Math.max(0, ...own.map(degree));
  const keys = await kept(tx, fieldKeys);
  return (
    opens(({ role }) => degreeOf(role.defaultAccess)) ||
    keys.some((key) => opens((role) => degreeOf(accessOf(role, key))))
  );
}

/** Whether one role sees at least the customers of another: which of two rules holds for more cannot be decided, so they must be the same. */
function seesAsMuch({ role: { rowScope } }: KnownRole, { role: { rowScope: other } }: KnownRole): boolean {
  return rowScope === null || JSON.stringify(rowScope) === JSON.stringify(other);
}
