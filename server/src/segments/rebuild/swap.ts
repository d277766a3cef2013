import { fieldsOf } from '@kequn/rules';
import { recordAudit } from '../../audit/audit.ts';
import { swapComingColumns } from '../../fields/customer-table.ts';
import { noteReadsOfVersions } from '../../fields/restriction.ts';
import type { RequestContext, Transactional } from '../../platform/context.ts';
import { Segment, SegmentVersion } from '../segment.ts';
import { putFormula } from '../put-formula.ts';
import { beginsBy } from './announce.ts';
import { catchUpSome, checkedAnew } from './build.ts';
import { comingFormula } from './compute-coming.ts';
import { notePresentReads } from './note-reads.ts';
import { rebuildOf, type RebuildTarget, type TypeChange } from './rebuild.ts';
import { starterOf, type RebuildRun } from './type-changes.ts';

/**
 * Puts the new members in the place of the present ones, all segments at once, while nobody writes. From here there is no way back.
 *
 * @throws {Refused} when what was to be done cannot be done any more.
 */
export async function swap(run: RebuildRun): Promise<void> {
  const starter = await starterOf(run);
  await beginsBy(run.input as RebuildTarget)(run.ctx, async (tx) => {
    const rebuild = await rebuildOf(tx.manager, run.jobId);
    if (rebuild?.state !== 'BUILDING') return;
    const { id, target } = rebuild;
    if (target.act === 'CONVERT') await run.typeChanges.check({ ...tx, viewer: starter!.viewer }, target);
    for (let left = 1; left > 0;) left = await catchUpSome(tx, run, rebuild);
    const now = await tx.clock.now(tx.manager);
    await swapComingColumns(tx.manager, rebuild.formulaKeys);
    if (target.act === 'CONVERT') await run.typeChanges.put({ ...tx, viewer: starter!.viewer }, { id, change: target });
    else await reach(tx, target, now);
    await tx.manager.query(
      `update segment s set generation_id = p.new_generation_id from rebuild_part p where p.rebuild_id = $1 and s.id = p.segment_id`,
      [rebuild.id],
    );
    await tx.manager.query(
      `update rebuild set state = 'TELLING', reached = null, swapped_at = $2,
              told_after = coalesce(pg_sequence_last_value('membership_change_id_seq'), 0) where id = $1`,
      [rebuild.id, now],
    );
    await run.decide(tx.manager);
  });
}

async function reach(
  tx: Transactional<RequestContext>,
  target: Exclude<RebuildTarget, TypeChange>,
  now: string,
): Promise<void> {
  if (target.act === 'EDITION') {
    await tx.manager.query('update rule_set set edition = $1', [target.edition]);
    return;
  }
  if (target.act === 'FORMULA') {
    // Checked once more: what it reads may have gone meanwhile.
    await comingFormula(tx, { target }, target.fieldKey);
    return putFormula(tx, target.fieldKey, target.formula);
  }
  const segment = await tx.manager.findOneByOrFail(Segment, { id: target.segmentId });
  const { become, action } = acts[target.act];
  await tx.manager.save(Segment, Object.assign(segment, become, target.act === 'DELETE' && { deletedAt: now }));
  if (target.act === 'RULE') await replaceRule(tx, segment, target);
  if (action) await recordAudit(tx, { action, target: `segment:${segment.id}`, changes: {} });
}

// The save of a rule was recorded when it was saved.
const acts = {
  ACTIVATE: { become: { status: 'ACTIVE', problem: null }, action: 'segment.activated' },
  RULE: { become: { problem: null }, action: undefined },
  PAUSE: { become: { status: 'PAUSED', problem: null }, action: 'segment.paused' },
  DELETE: { become: { status: 'PAUSED' }, action: 'segment.deleted' },
} as const;

async function replaceRule(
  tx: Transactional<RequestContext>,
  segment: Segment,
  { rule, version, savedAt, savedBy }: RebuildTarget & { act: 'RULE' },
): Promise<void> {
  const node = await checkedAnew(tx, rule);
  await tx.manager.save(Segment, Object.assign(segment, { rule, ruleVersion: version }));
  const reads = [...fieldsOf(node)];
  const state = { segmentId: segment.id, number: version, rule, reads, savedAt, savedBy };
  await tx.manager.save(SegmentVersion, Object.assign(new SegmentVersion(), state));
  await notePresentReads(tx, segment);
  await noteReadsOfVersions(tx.manager);
}
