import type { EntityManager } from 'typeorm';
import type { Field } from '../../fields/field.ts';
import { Job } from '../../jobs/job.ts';
import type { RequestContext, Transactional } from '../../platform/context.ts';
import type { Kept } from '../../platform/rule-set.ts';

/** The kind of the jobs that rebuild; the queue runs one of them at a time. */
export const rebuildKind = 'segments.rebuild';

/** What a change of type may set of a field. */
export type FieldSettings = Pick<
  Field,
  'type' | 'label' | 'labels' | 'help' | 'options' | 'validation' | 'required' | 'unique' | 'sensitive' | 'released'
>;

/** That a field is to become of another type with its values. */
export interface TypeChange {
  readonly act: 'CONVERT';
  readonly fieldKey: string;
  /** That of the field when it was checked; at any other it is not done. */
  readonly version: number;
  readonly settings: FieldSettings;
  /** Whether values of which nothing becomes are set aside; otherwise they stand in the way. */
  readonly force: boolean;
  /** The earlier change that is undone, or null. */
  readonly undoes: string | null;
}

/**
 * What a rebuild is for: what becomes of a segment once its members are there, another formula of a field or another type, or everything by
 * another edition of the language or in another zone.
 */
export type RebuildTarget =
  | { readonly act: 'ACTIVATE' | 'PAUSE' | 'DELETE'; readonly segmentId: string }
  | {
      readonly act: 'RULE';
      readonly segmentId: string;
      readonly rule: unknown;
      /** The version of the segment at which the rule was saved. */
      readonly version: number;
      readonly savedAt: string;
      readonly savedBy: string | null;
    }
  | { readonly act: 'FORMULA'; readonly fieldKey: string; readonly formula: unknown }
  | TypeChange
  | { readonly act: 'EDITION'; readonly edition: string };

/** A segment whose members are made anew. */
export interface RebuildPart {
  readonly segmentId: string;
  readonly segmentKey: string;
  /** Its members before; null where it had none. */
  readonly oldGenerationId: string | null;
  /** Its members after; null where it has none any more. */
  readonly newGenerationId: string | null;
}

/**
 * Members being made anew beside the present ones (BUILDING), after they took their place and until history tells of every move (TELLING),
 * and while what nobody points at any more is deleted (RETIRING).
 */
export interface Rebuild {
  /** That of its job. */
  readonly id: string;
  readonly state: 'BUILDING' | 'TELLING' | 'RETIRING';
  readonly target: RebuildTarget;
  /** The last customer that the scan has asked, in the order of ids. */
  readonly reached: string | null;
  readonly swappedAt: string | null;
  /** The last id of the history before the swap. */
  readonly toldAfter: number | null;
  /** The keys of the fields that are made anew: one that becomes of another type, and those that formulas compute, each after what it reads. */
  readonly formulaKeys: readonly string[];
  /** What another part asks for stands before it. */
  readonly parts: readonly RebuildPart[];
}

/** The rebuild that writers have to heed: BUILDING or TELLING, at most one. */
export const rebuildUnderWay: Kept<Rebuild | undefined> = {
  name: 'rebuild',
  async load({ manager }) {
    const [rebuild] = await findRebuilds(manager, `r.state <> 'RETIRING'`);
    return rebuild;
  },
};

/** The rebuild of a job, whatever its state. */
export async function rebuildOf(manager: EntityManager, jobId: string): Promise<Rebuild | undefined> {
  const [rebuild] = await findRebuilds(manager, 'r.id = $1', [jobId]);
  return rebuild;
}

/** Every rebuild of another job than this one: theirs have died. */
export async function rebuildsBut(manager: EntityManager, jobId: string): Promise<readonly Rebuild[]> {
  return findRebuilds(manager, 'r.id <> $1', [jobId]);
}

/** By segment, the job that is about to change by what it divides, as long as it has not done so. */
export async function rebuildsOf(
  tx: Transactional<RequestContext>,
  segmentIds: readonly string[],
): Promise<ReadonlyMap<string, Job>> {
  return jobsBy(tx, 'segmentId', segmentIds);
}

/** By field, the job that is about to compute it by another formula or to make it of another type, as long as it has not done so. */
export async function rebuildsOfFields(
  tx: Transactional<RequestContext>,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Job>> {
  return jobsBy(tx, 'fieldKey', keys);
}

async function jobsBy(
  tx: Transactional<RequestContext>,
  part: 'segmentId' | 'fieldKey',
  named: readonly string[],
): Promise<ReadonlyMap<string, Job>> {
  const jobs = await tx.manager
    .createQueryBuilder(Job, 'job')
    .where(`kind = :kind and status in ('QUEUED', 'RUNNING') and not decided and input ->> '${part}' = any(:named)`, {
      kind: rebuildKind,
      named,
    })
    .getMany();
  return new Map(jobs.map((job) => [(job.input as Record<typeof part, string>)[part], job]));
}

async function findRebuilds(
  manager: EntityManager,
  condition: string,
  parameters: unknown[] = [],
): Promise<readonly Rebuild[]> {
  return manager.query<Rebuild[]>(
    `select r.id, r.state, r.target, r.reached, r.swapped_at as "swappedAt", r.told_after as "toldAfter",
            r.formula_keys as "formulaKeys",
            coalesce((select json_agg(json_build_object('segmentId', p.segment_id, 'segmentKey', s.key,
                               'oldGenerationId', p.old_generation_id, 'newGenerationId', p.new_generation_id) order by p.position)
                        from rebuild_part p join segment s on s.id = p.segment_id where p.rebuild_id = r.id), '[]') as parts
       from rebuild r where ${condition}`,
    parameters,
  );
}
