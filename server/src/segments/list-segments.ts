import { ArrayOverlap, type FindOptionsWhere, IsNull, Not } from 'typeorm';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import { read } from '../platform/transaction.ts';
import type { Job } from '../jobs/job.ts';
import { findSegment, findSegments } from './find-segment.ts';
import { restrictionOf, unreadableFields } from '../fields/restriction.ts';
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

/** Whether each of these segments is restricted for the viewer. */
export async function restrictedById(ctx: Context, ids: readonly string[]): Promise<boolean[]> {
  return read(ctx, async (tx) => ids.map(await restrictionOf(tx)));
}

/** How many members each of these segments has. */
export async function memberCounts(ctx: Context, ids: readonly string[]): Promise<number[]> {
  return read(ctx, async (tx) => {
    const rows = await tx.manager.query<{ id: string; members: number }[]>(
      `select s.id, count(m.customer_id) as members
         from segment s join membership m on m.generation_id = s.generation_id
        where s.id = any($1::uuid[]) group by s.id`,
      [ids],
    );
    const byId = new Map(rows.map(({ id, members }) => [id, members]));
    return ids.map((id) => byId.get(id) ?? 0);
  });
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
  return read(ctx, async (tx) =>
    tx.manager.find(SegmentVersion, {
      where: { segmentId, ...(await readableVersions(tx)) },
      order: { number: 'DESC' },
      take: limit,
    }),
  );
}

/** One of those states, or null. */
export async function findVersion(
  tx: Transactional<Context>,
  segmentId: string,
  number: number,
): Promise<SegmentVersion | null> {
  return tx.manager.findOneBy(SegmentVersion, { segmentId, number, ...(await readableVersions(tx)) });
}

async function readableVersions(tx: Transactional<Context>): Promise<FindOptionsWhere<SegmentVersion>> {
  return { reads: Not(ArrayOverlap(await unreadableFields(tx))) };
}
