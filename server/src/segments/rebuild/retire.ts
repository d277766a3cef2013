import { Job } from '../../jobs/job.ts';
import type { RequestContext, Transactional } from '../../platform/context.ts';
import { alone, change, write } from '../../platform/transaction.ts';
import { Segment } from '../segment.ts';
import { notePresentFormula, notePresentReads } from './note-reads.ts';
import { rebuildOf, rebuildsOf, type RebuildTarget } from './rebuild.ts';
import type { TypeChanges } from './type-changes.ts';

/** Members that one step deletes, at most. */
const DELETED_AT_ONCE = 20_000;

/** Ends a rebuild of whose moves everybody has been told: writers need not heed it any more, and the former members are deleted. */
export async function retire(ctx: RequestContext, rebuildId: string, typeChanges: TypeChanges): Promise<void> {
  await change(ctx, async (tx) => {
    await tx.manager.query(`update rebuild set state = 'RETIRING' where id = $1 and state = 'TELLING'`, [rebuildId]);
  });
  await deleteUnused(ctx, rebuildId, typeChanges);
}

/**
 * Gives up what a job was to rebuild and has not swapped: everything stays as it is. Of any other nothing changes. The new rule of the
 * segment may not even have been announced.
 */
export async function abandon(ctx: RequestContext, rebuildId: string, typeChanges: TypeChanges): Promise<void> {
  const isAbandoned = await change(ctx, async (tx) => {
    await forgetRule(tx, rebuildId);
    const rebuild = await rebuildOf(tx.manager, rebuildId);
    if (rebuild?.state !== 'BUILDING') return false;
    await tx.manager.query(`update rebuild set state = 'RETIRING' where id = $1`, [rebuildId]);
    await tx.manager.query('delete from touched');
    return true;
  });
  if (isAbandoned) await deleteUnused(ctx, rebuildId, typeChanges);
}

/** What the coming rule alone reads is free again, unless another one is to come by now. */
async function forgetRule(tx: Transactional<RequestContext>, jobId: string): Promise<void> {
  const job = await tx.manager.findOneByOrFail(Job, { id: jobId });
  const target = job.input as RebuildTarget;
  if (target.act === 'FORMULA' && !job.decided) return notePresentFormula(tx, target.fieldKey);
  if (target.act !== 'RULE' || job.decided || job.status === 'QUEUED' || job.status === 'RUNNING') return;
  if ((await rebuildsOf(tx, [target.segmentId])).has(target.segmentId)) return;
  const segment = await tx.manager.findOneBy(Segment, { id: target.segmentId });
  if (segment) await notePresentReads(tx, segment);
}

/** Deletes what nobody points at, and then the rebuild: after a swap the former members, otherwise the new ones and what a field was to hold. */
async function deleteUnused(ctx: RequestContext, rebuildId: string, typeChanges: TypeChanges): Promise<void> {
  await deleteMembers(ctx, rebuildId);
  const rebuild = await alone(ctx, (manager) => rebuildOf(manager, rebuildId));
  if (rebuild?.target.act === 'CONVERT' && rebuild.swappedAt === null)
    await typeChanges.forget(ctx, { id: rebuildId, change: rebuild.target });
  await alone(ctx, (manager) => manager.query(`delete from rebuild where id = $1 and state = 'RETIRING'`, [rebuildId]));
}

async function deleteMembers(ctx: RequestContext, rebuildId: string): Promise<void> {
  for (let isDone = false; !isDone;) {
    isDone = await write(ctx, async ({ manager }) => {
      const [, deleted] = await manager.query<[unknown[], number]>(
        `delete from membership where ctid = any(array(
           select m.ctid from membership m
             join (select case when r.swapped_at is null then p.new_generation_id else p.old_generation_id end as unused
                     from rebuild r join rebuild_part p on p.rebuild_id = r.id where r.id = $1 and r.state = 'RETIRING') gone
               on m.generation_id = gone.unused limit $2))`,
        [rebuildId, DELETED_AT_ONCE],
      );
      return deleted === 0;
    });
  }
}
