import { rightsOf, type Rights } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { seenCustomers } from '../fields/scoped-customers.ts';
import type { Transactional } from '../platform/context.ts';
import { SensitiveRead } from './sensitive-read.ts';

/** A read as it was noted: of each customer the fields of its set, the place of which `setOf` tells. */
export interface StoredRead {
  readonly id: string;
  readonly at: string;
  readonly actorId: string | null;
  readonly address: string | null;
  readonly channel: string;
  readonly customerIds: readonly string[];
  readonly fieldSets: readonly (readonly string[])[];
  readonly setOf: readonly number[];
}

/** What a viewer may know of one customer: undefined where not even that it is there. */
type RightsOn = (customerId: string) => Rights | undefined;

/**
 * What may be told of reads to the viewer, who knows hidden fields by no name and sees no customers beyond a scope; a read of which nothing
 * is left is left out. Whoever may only see the mask of a field may know who read it: that there is a value they see anyway. Where
 * `customerId` is given, reads of this customer alone.
 */
export async function shownReads(
  tx: Transactional<Context>,
  reads: readonly StoredRead[],
  customerId: string | null,
): Promise<readonly SensitiveRead[]> {
  if (reads.length === 0) return [];
  const seen = await seenCustomers(tx, [...new Set(reads.flatMap(({ customerIds }) => customerIds))]);
  const ofErased = await rightsOnErased(tx);
  return reads.flatMap((read) => {
    const told = shownRead(read, (id) => seen.get(id) ?? ofErased, customerId);
    if (!told) return [];
    const [customerIds, erasedIds] = [told.ids.filter((id) => seen.has(id)), told.ids.filter((id) => !seen.has(id))];
    const { id, at, actorId, address, channel } = read;
    const customerCount = told.ids.length;
    const { fieldKeys } = told;
    const parts = { id, at, actorId, address, channel, fieldKeys, customerIds, erasedIds, customerCount };
    return [Object.assign(new SensitiveRead(), parts)];
  });
}

/** In whose scope somebody was who is gone nobody can tell any more: that is for roles that see everybody. */
async function rightsOnErased(tx: Transactional<Context>): Promise<Rights | undefined> {
  const rights = await rightsOf(tx);
  const counting = rights.held.map(({ role }) => role.rowScope === null);
  return counting.includes(true) ? rights.counting(counting) : undefined;
}

/**
 * The customers of whom something was read that may be known of them, and what that is; undefined where there are none, or not the one that
 * is asked for. What else was read with it leaves no trace.
 */
function shownRead({ customerIds, fieldSets, setOf }: StoredRead, rightsOn: RightsOn, customerId: string | null) {
  const known = new Map<Rights, readonly (readonly string[])[]>();
  const keysOf = (rights: Rights): readonly (readonly string[])[] => {
    const sets = known.get(rights) ?? fieldSets.map((keys) => keys.filter((key) => rights.accessTo(key) !== 'HIDDEN'));
    known.set(rights, sets);
    return sets;
  };
  const told = customerIds.flatMap((id, index) => {
    const rights = rightsOn(id);
    const fieldKeys = rights ? keysOf(rights)[setOf[index]!]! : [];
    return fieldKeys.length > 0 ? [{ id, fieldKeys }] : [];
  });
  const asked = customerId === null ? told : told.filter(({ id }) => id === customerId);
  if (asked.length === 0) return undefined;
  const fieldKeys = [...new Set(asked.flatMap((each) => each.fieldKeys))].toSorted();
  return { fieldKeys, ids: told.map(({ id }) => id) };
}
