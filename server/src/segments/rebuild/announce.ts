import { IsNull } from 'typeorm';
import { fieldCatalogue } from '../../fields/catalogue.ts';
import { addComingColumns, startComingColumn } from '../../fields/customer-table.ts';
import type { Field } from '../../fields/field.ts';
import { formulasFrom } from '../../fields/formulas.ts';
import type { RequestContext, Transactional } from '../../platform/context.ts';
import { notFound, refused } from '../../platform/refused.ts';
import { kept } from '../../platform/rule-set.ts';
import { alterTables, change } from '../../platform/transaction.ts';
import { newId } from '../../platform/uuid.ts';
import { dependentsOf } from '../dependency-order.ts';
import { liveRules, rulesReading, type LiveRule } from '../live-rules.ts';
import { Segment } from '../segment.ts';
import { asThen } from './as-then.ts';
import type { RebuildTarget } from './rebuild.ts';
import { starterOf, type RebuildRun } from './type-changes.ts';

/** What is noted of a part. */
interface NewPart {
  readonly segmentId: string;
  readonly oldGenerationId: string | null;
  readonly newGenerationId: string | null;
}

/**
 * Makes the rebuild of a job known to every writer that begins from now on; those under way have ended.
 *
 * @throws {Refused} NOT_FOUND, CONFLICT or RULE_INVALID when what was to be done cannot be done any more.
 */
export async function announce(run: RebuildRun): Promise<void> {
  const target = run.input as RebuildTarget;
  const starter = await starterOf(run);
  await beginsBy(target)(run.ctx, async (tx) => {
    if (target.act === 'CONVERT') await run.typeChanges.check({ ...tx, viewer: starter!.viewer }, target);
    const then = await asThen(tx, target);
    const fields = await fieldsMadeAnew(then, target);
    const formulaKeys = fields.map(({ key }) => key);
    const parts = await partsOf(then, target, formulaKeys);
    await addComing(tx, target, fields);
    await tx.manager.query(`insert into rebuild (id, state, target, formula_keys) values ($1, 'BUILDING', $2, $3)`, [
      run.jobId,
      JSON.stringify(target),
      formulaKeys,
    ]);
    await tx.manager.query(
      `insert into rebuild_part (rebuild_id, position, segment_id, old_generation_id, new_generation_id)
       select $1, position, segment_id, old, new
         from unnest($2::uuid[], $3::uuid[], $4::uuid[]) with ordinality as part (segment_id, old, new, position)`,
      [
        run.jobId,
        parts.map(({ segmentId }) => segmentId),
        parts.map(({ oldGenerationId }) => oldGenerationId),
        parts.map(({ newGenerationId }) => newGenerationId),
      ],
    );
    await run.advance(tx.manager, { done: 0, cursor: null, result: null });
  });
}

/** What is made anew of fields stands in columns of its own until the swap. */
export function beginsBy({ act }: RebuildTarget): typeof change {
  return act === 'FORMULA' || act === 'CONVERT' || act === 'EDITION' ? alterTables : change;
}

/** What an earlier time has left for a formula is of its type; of a field that becomes of another one it may be of any. */
async function addComing(
  { manager }: Transactional<RequestContext>,
  target: RebuildTarget,
  fields: readonly Field[],
): Promise<void> {
  if (target.act !== 'CONVERT') return addComingColumns(manager, fields);
  const [own, ...computed] = fields;
  await startComingColumn(manager, own!);
  await addComingColumns(manager, computed);
}

/** The fields that are made anew, in the order in which they are. */
async function fieldsMadeAnew(tx: Transactional<RequestContext>, target: RebuildTarget): Promise<readonly Field[]> {
  const { byKey, formulas } = await kept(tx, fieldCatalogue);
  if (target.act === 'EDITION') return formulas.levels.flat().map(({ field }) => field);
  if (target.act !== 'FORMULA' && target.act !== 'CONVERT') return [];
  const own = byKey.get(target.fieldKey);
  if (!own) throw notFound();
  const others = formulasFrom(formulas.levels, own.key).map(({ field }) => field);
  return [own, ...others.filter(({ key }) => key !== own.key)];
}

async function partsOf(
  tx: Transactional<RequestContext>,
  target: RebuildTarget,
  formulaKeys: readonly string[],
): Promise<readonly NewPart[]> {
  const { levels } = await kept(tx, liveRules);
  if (target.act === 'EDITION') return levels.flat().map(madeAnew);
  if (target.act === 'FORMULA' || target.act === 'CONVERT') return rulesReading(levels, formulaKeys).map(madeAnew);
  const segment = await tx.manager.findOneBy(Segment, { id: target.segmentId, deletedAt: IsNull() });
  if (!segment) throw notFound();
  const isActive = segment.status === 'ACTIVE';
  if (isActive === (target.act === 'ACTIVATE')) throw refused('CONFLICT', { currentVersion: segment.version });
  const hasMembers = target.act === 'ACTIVATE' || target.act === 'RULE';
  const own = {
    segmentId: segment.id,
    oldGenerationId: segment.generationId,
    newGenerationId: hasMembers ? newId() : null,
  };
  return [own, ...dependentsOf(levels, segment.key).map(madeAnew)];
}

function madeAnew({ segmentId, generationId }: LiveRule): NewPart {
  return { segmentId, oldGenerationId: generationId, newGenerationId: newId() };
}
