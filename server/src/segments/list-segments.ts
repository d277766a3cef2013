import { ArrayOverlap, type FindOptionsWhere, IsNull, Not } from 'typeorm';
import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import { read } from '../platform/transaction.ts';
import type { Job } from '../jobs/job.ts';
import { findSegment, findSegments } from './find-segment.ts';
import { memberRestriction, rolesThatMayUse, ruleRestriction, unreadableByRole } from '../fields/restriction.ts';
import { scopedCustomers } from '../fields/scoped-customers.ts';
import { rebuildsOf } from './rebuild/rebuild.ts';
import { Segment, SegmentVersion } from './segment.ts';

/** All segments, newest first. */
export async function listSegments(ctx: Context): Promise<Segment[]> {
  return read(ctx, (tx) =>
    tx.manager.find(Segment, { where: { deletedAt: IsNull() }, order: { createdAt: 'DESC', id: 'DESC' } }),
  );
}

/** One segment, or null. */
export async function getSegment(ctx: Context, id: string): Promise<Segment | null> {
  return read(ctx, async (tx) => (await findSegment(tx, id)) ?? null);
}

/** Segments by id in the order of the ids, deleted ones too: history names them. */
export async function segmentsById(ctx: Context, ids: readonly string[]): Promise<Segment[]> {
  return read(ctx, (tx) => findSegments(tx, ids));
}

/** Whether the rule of each of these segments is closed to the viewer. */
export async function closedRules(ctx: Context, ids: readonly string[]): Promise<boolean[]> {
  return read(ctx, async (tx) => ids.map(await ruleRestriction(tx)));
}

/** Whether the members of each of these segments are closed to the viewer. */
export async function closedMembers(ctx: Context, ids: readonly string[]): Promise<boolean[]> {
  return read(ctx, async (tx) => ids.map(await memberRestriction(tx)));
}

/** How many members each of these segments has whom the viewer sees. */
export async function memberCounts(ctx: Context, ids: readonly string[]): Promise<number[]> {
  return read(ctx, async (tx) => {
    const { isScoped } = await rightsOf(tx);
    const byId = new Map<string, number>();
    for (const segmentIds of await countedTogether(tx, ids)) {
      const { from, parameters } = await scopedCustomers(tx, isScoped ? { uses: { members: segmentIds } } : {});
      const seen = isScoped ? ` and m.customer_id in (select c.id from ${from})` : '';
      const rows = await tx.manager.query<{ id: string; members: number }[]>(
        `select s.id, count(m.customer_id) as members
           from segment s join membership m on m.generation_id = s.generation_id
          where s.id = any(${parameters.add(segmentIds)}::uuid[])${seen} group by s.id`,
        parameters.values,
      );
      for (const { id, members } of rows) byId.set(id, members);
    }
    return ids.map((id) => byId.get(id) ?? 0);
  });
}

/** Segments whose members the same roles of the viewer may know: they are counted by one statement. */
async function countedTogether(tx: Transactional<Context>, ids: readonly string[]): Promise<(readonly string[])[]> {
  const rights = await rightsOf(tx);
  if (!rights.isScoped) return [ids];
  const groups = new Map<string, string[]>();
  for (const id of ids) {
    const roles = (await rolesThatMayUse(tx, { members: [id] })).map(({ role }) => role.id).join();
    groups.set(roles, [...(groups.get(roles) ?? []), id]);
  }
  groups.delete('');
  return [...groups.values()];
}

/** Of each of these segments the job that is about to change by what it divides, or null. */
export async function jobsOfSegments(ctx: Context, ids: readonly string[]): Promise<(Job | null)[]> {
  return read(ctx, async (tx) => {
    const jobs = await rebuildsOf(tx, ids);
    return ids.map((id) => jobs.get(id) ?? null);
  });
}

/** The states of a segment's rule, newest first, without those that read what the viewer may not. */
export async function listVersions(ctx: Context, segmentId: string, limit: number): Promise<SegmentVersion[]> {
  return read(ctx, async (tx) => {
    const where = await readable(tx, { segmentId });
    return where.length === 0 ? [] : tx.manager.find(SegmentVersion, { where, order: { number: 'DESC' }, take: limit });
  });
}

/** One of those states, or null. */
export async function findVersion(
  tx: Transactional<Context>,
  segmentId: string,
  number: number,
): Promise<SegmentVersion | null> {
  const where = await readable(tx, { segmentId, number });
  return where.length === 0 ? null : tx.manager.findOneBy(SegmentVersion, where);
}

/** One of these conditions holds for versions that a role of the viewer may read; without one nothing may be asked for at all. */
async function readable(
  tx: Transactional<Context>,
  of: FindOptionsWhere<SegmentVersion>,
): Promise<FindOptionsWhere<SegmentVersion>[]> {
  const unreadable = await unreadableByRole(tx);
  return unreadable.map((keys) => ({ ...of, reads: Not(ArrayOverlap([...keys])) }));
}
