import { In } from 'typeorm';
import { rightsOf, roles } from '../access/gate.ts';
import { SegmentShare } from '../access/role.ts';
import type { Context } from '../access/viewer.ts';
import { ruleRestriction } from '../fields/restriction.ts';
import { segmentReads } from '../fields/segment-reads.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';

/** With whom each of these segments is shared, by the names of roles: told to who may share it. */
export async function sharesBySegment(ctx: Context, ids: readonly string[]): Promise<SegmentShare[][]> {
  return read(ctx, async (tx) => {
    const mayShare = (await rightsOf(tx)).has('MANAGE_SEGMENTS');
    const isClosed = await ruleRestriction(tx);
    const open = mayShare ? ids.filter((id) => !isClosed(id)) : [];
    const shares = open.length === 0 ? [] : await tx.manager.findBy(SegmentShare, { segmentId: In(open) });
    const known = await kept(tx, roles);
    const nameOf = ({ roleId }: SegmentShare) => known.get(roleId)!.role.name;
    const byName = shares.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    return ids.map((id) => byName.filter(({ segmentId }) => segmentId === id));
  });
}

/** Whether each of these shares holds no more: the rule reads what it did not when it was shared. */
export async function lapsedShares(ctx: Context, shares: readonly SegmentShare[]): Promise<boolean[]> {
  return read(ctx, async (tx) => {
    const known = await kept(tx, segmentReads);
    return shares.map(({ segmentId, reads }) => [...known.readBy(segmentId)].some((key) => !reads.includes(key)));
  });
}
