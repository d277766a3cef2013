import { momentAt, readsClock } from '@kequn/rules';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { computeEverybody } from '../fields/compute-everybody.ts';
import { formulasFrom, type Formula } from '../fields/formulas.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { evaluateEverybody, expectChanges } from './evaluate-everybody.ts';
import { liveRules, rulesReading } from './live-rules.ts';

/**
 * Makes right for everybody what the formula of a field computes, where it has one, what others compute of the field, and the segments that
 * read any of it, in dependency order, in a change that holds G exclusive.
 */
export async function evaluateField(tx: Transactional<RequestContext>, fieldKey: string, at: string): Promise<void> {
  const { levels } = (await kept(tx, fieldCatalogue)).formulas;
  const formulas = formulasFrom(levels, fieldKey);
  await computeForEverybody(tx, formulas, at);
  const readings = [fieldKey, ...formulas.map(({ field }) => field.key)];
  for (const { generationId, rule } of rulesReading((await kept(tx, liveRules)).levels, readings))
    await evaluateEverybody(tx, generationId, rule, at);
}

/** Computes formulas, given in dependency order, for everybody, and notes when time alone changes what they compute. */
export async function computeForEverybody(
  tx: Transactional<RequestContext>,
  formulas: readonly Formula[],
  at: string,
): Promise<void> {
  const moment = momentAt(at, tx.database.timeZone);
  for (const formula of formulas) {
    await computeEverybody(tx, formula, at);
    if (readsClock(formula.node)) await expectChanges(tx, formula.node, moment);
  }
}
