import { sentence, type Problem } from '@kequn/rules';
import { In, Not } from 'typeorm';
import { requireCapability, roles, type KnownRole } from '../access/gate.ts';
import { SegmentShare } from '../access/role.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { segmentReads } from '../fields/segment-reads.ts';
import { requireMayShare } from '../fields/shares.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { change } from '../platform/transaction.ts';
import { segmentToChange } from './find-segment.ts';
import type { Segment } from './segment.ts';

/**
 * Shares a segment with exactly these roles: its members, their number and their moves are open to them, whatever of its rule they may not
 * read; the rule stays closed. It holds for what the rule reads now: once it reads more, it has to be shared again. Needs MANAGE_SEGMENTS, and
 * for each role that it is not shared with already the right to share it.
 *
 * @throws {Refused} NOT_FOUND; FORBIDDEN, also for a restricted segment; VALIDATION_FAILED for a role that does not exist.
 */
export async function shareSegment(ctx: Context, id: string, roleIds: readonly string[]): Promise<Segment> {
  return change(ctx, async (tx) => {
    await requireCapability(tx, 'MANAGE_SEGMENTS');
    const segment = await segmentToChange(tx, id);
    const given = await rolesBy(tx, roleIds);
    const before = await tx.manager.findBy(SegmentShare, { segmentId: segment.id });
    const reads = (await kept(tx, segmentReads)).readBy(segment.id);
    const staying = before.filter((share) => [...reads].every((key) => share.reads.includes(key)));
    const made = given.filter(({ role }) => !staying.some(({ roleId }) => roleId === role.id));
    await requireMayShare(tx, segment.id, made);
    await store(tx, segment.id, { given, made, reads: [...reads] });
    await recordAudit(tx, {
      action: 'segment.shared',
      target: `segment:${segment.id}`,
      changes: { from: await namesOf(tx, before), to: given.map(({ role }) => role.name) },
    });
    return segment;
  });
}

async function rolesBy(tx: Transactional<Context>, ids: readonly string[]): Promise<readonly KnownRole[]> {
  const known = await kept(tx, roles);
  const problems = ids.flatMap((id, index): Problem[] => {
    if (known.has(id.toLowerCase())) return [];
    return [{ path: `roleIds/${index}`, code: 'INVALID', message: sentence('没有这个角色', 'There is no such role') }];
  });
  if (problems.length > 0) throw invalid(problems);
  return [...new Set(ids.map((id) => known.get(id.toLowerCase())!))];
}

async function store(
  { manager, clock, viewer }: Transactional<Context>,
  segmentId: string,
  { given, made, reads }: { given: readonly KnownRole[]; made: readonly KnownRole[]; reads: string[] },
): Promise<void> {
  const madeIds = made.map(({ role }) => role.id);
  const keptIds = given.map(({ role }) => role.id).filter((id) => !madeIds.includes(id));
  await manager.delete(SegmentShare, { segmentId, roleId: Not(In(keptIds)) });
  const shared = { segmentId, reads, sharedAt: await clock.now(manager), sharedBy: viewer.user.id };
  if (made.length > 0)
    await manager.insert(
      SegmentShare,
      madeIds.map((roleId) => ({ ...shared, roleId })),
    );
}

async function namesOf(tx: Transactional<Context>, shares: readonly SegmentShare[]): Promise<string[]> {
  const known = await kept(tx, roles);
  return shares.flatMap(({ roleId }) => known.get(roleId)?.role.name ?? []).toSorted();
}
