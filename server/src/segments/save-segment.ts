import { fieldsOf, segmentsOf, sentence, type Node } from '@kequn/rules';
import { requireCapability } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { checkedRule } from '../fields/check-rule.ts';
import { noteReads } from '../fields/references.ts';
import { noteReadsOfVersions } from '../fields/restriction.ts';
import { requireMayShift } from '../fields/shifts.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid, refused } from '../platform/refused.ts';
import { change } from '../platform/transaction.ts';
import { isGiven, newId } from '../platform/uuid.ts';
import { requireNoCycle } from './check-cycle.ts';
import { checkSegmentInput } from './check-segment-input.ts';
import { evaluateDependents } from './evaluate-dependents.ts';
import { evaluateEverybody } from './evaluate-everybody.ts';
import { segmentToChange } from './find-segment.ts';
import type { Job } from '../jobs/job.ts';
import { afterRebuild, type ChangedSegment } from './rebuild/after-rebuild.ts';
import { noteBothReads } from './rebuild/note-reads.ts';
import { isForAJob, requireNoRebuild, startRebuild } from './rebuild/start-rebuild.ts';
import { Segment, SegmentVersion, type SegmentInput } from './segment.ts';

/**
 * Makes a segment (a draft), or changes one. Saving the rule of an active segment re-evaluates everybody: in the same transaction, or by a
 * job among many customers, until whose end the rule stays what it was; who does not wait gets the segment as it is meanwhile.
 * Needs MANAGE_SEGMENTS.
 *
 * @throws {Refused} RULE_INVALID, FIELD_FORBIDDEN, VALIDATION_FAILED, NOT_FOUND, CONFLICT; FORBIDDEN for a restricted segment.
 */
export async function saveSegment(ctx: Context, input: SegmentInput, wait: boolean): Promise<Segment> {
  const changed = await change(ctx, async (tx) => {
    await requireCapability(tx, 'MANAGE_SEGMENTS');
    return writeSegment(tx, input);
  });
  return afterRebuild(ctx, changed, wait);
}

/** The one road of everything that is saved of a segment, in the change that the caller began and was found to have the right to. */
export async function writeSegment(tx: Transactional<Context>, input: SegmentInput): Promise<ChangedSegment> {
  const now = await tx.clock.now(tx.manager);
  const before = isGiven(input.id) ? await presentVersion(tx, input.id, input.version) : undefined;
  const rule =
    input.rule === undefined || input.rule === null ? undefined : await checkedRule(tx, input.rule, 'filter');
  if (before && rule) await requireMayShift(tx, 'segment', before.key);
  const segment = await applyInput(tx, before ?? newSegment(tx, now), input);
  const job = await store(tx, segment, rule && { node: rule, json: input.rule }, now);
  await recordAudit(tx, {
    action: before ? 'segment.updated' : 'segment.created',
    target: `segment:${segment.id}`,
    changes: { from: before && publicPart(before), to: { ...publicPart(segment), ...(rule && { rule: input.rule }) } },
  });
  return { segment, job };
}

async function presentVersion(
  tx: Transactional<Context>,
  id: string,
  version: number | null | undefined,
): Promise<Segment> {
  const segment = await segmentToChange(tx, id);
  if (version === undefined || version === null) {
    throw invalid([{ path: 'version', code: 'REQUIRED', message: sentence('缺少版本号', 'The version is required') }]);
  }
  if (version !== segment.version) throw refused('CONFLICT', { currentVersion: segment.version });
  return segment;
}

function newSegment(tx: Transactional<Context>, now: string): Segment {
  return Object.assign(new Segment(), {
    id: newId(),
    key: '',
    description: null,
    status: 'DRAFT',
    version: 0,
    rule: null,
    ruleVersion: null,
    generationId: null,
    problem: null,
    folder: null,
    tags: [],
    ownerId: tx.viewer.user.id,
    createdAt: now,
    deletedAt: null,
  });
}

async function applyInput(tx: Transactional<Context>, before: Segment, input: SegmentInput): Promise<Segment> {
  const { settings, problems } = await checkSegmentInput(tx, before, input);
  if (problems.length > 0) throw invalid(problems);
  return Object.assign(new Segment(), before, settings, { version: before.version + 1 });
}

async function store(
  tx: Transactional<Context>,
  segment: Segment,
  rule: { node: Node; json: unknown } | undefined,
  now: string,
): Promise<Job | undefined> {
  const changed = rule !== undefined && JSON.stringify(rule.json) !== JSON.stringify(segment.rule);
  if (changed && segment.generationId && (await isForAJob(tx))) return replaceByJob(tx, segment, rule, now);
  // Another rule is not broken as the one was that the segment was paused for.
  if (changed) Object.assign(segment, { rule: rule.json, ruleVersion: segment.version, problem: null });
  await tx.manager.save(Segment, segment);
  if (!changed) return undefined;
  await requireNoCycle(tx, segment.key, rule.node);
  const version = {
    segmentId: segment.id,
    number: segment.version,
    rule: rule.json,
    reads: [...fieldsOf(rule.node)],
    savedAt: now,
    savedBy: tx.viewer.user.id,
  };
  await tx.manager.save(SegmentVersion, Object.assign(new SegmentVersion(), version));
  const reads = { fields: fieldsOf(rule.node), segments: segmentsOf(rule.node).keys() };
  await noteReads(tx.manager, { ownerKind: 'segment', ownerId: segment.id }, reads);
  await noteReadsOfVersions(tx.manager);
  if (!segment.generationId) return undefined;
  await evaluateEverybody(tx, segment.generationId, rule.node, now);
  await evaluateDependents(tx, segment.key, now);
  return undefined;
}

/** Until the job's end the present rule stays, and so do both rules' fields. */
async function replaceByJob(
  tx: Transactional<Context>,
  segment: Segment,
  { node, json }: { node: Node; json: unknown },
  now: string,
): Promise<Job> {
  await requireNoRebuild(tx, segment.id);
  await requireNoCycle(tx, segment.key, node);
  await tx.manager.save(Segment, segment);
  await noteBothReads(tx, segment, node);
  const { id: segmentId, version } = segment;
  return startRebuild(tx, {
    act: 'RULE',
    segmentId,
    rule: json,
    version,
    savedAt: now,
    savedBy: tx.viewer.user.id,
  });
}

function publicPart({ name, description, rule, folder, tags, ownerId }: Segment) {
  return { name, description, rule, folder, tags, ownerId };
}
