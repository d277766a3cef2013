import { fieldCatalogue } from '../fields/catalogue.ts';
import { noteReadsOfVersions } from '../fields/restriction.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { liveRules } from './live-rules.ts';
import { notePresentFormula } from './rebuild/note-reads.ts';

/**
 * Makes a formula the one that a field is computed by from now on. What the one before alone read is free, and what was loaded
 * by it is loaded anew.
 */
export async function putFormula(tx: Transactional<RequestContext>, fieldKey: string, formula: unknown): Promise<void> {
  const statement = 'update field set formula = $2::jsonb where key = $1';
  await tx.manager.query(statement, [fieldKey, JSON.stringify(formula)]);
  for (const what of [fieldCatalogue, liveRules]) tx.ruleSet.values.delete(what);
  await notePresentFormula(tx, fieldKey);
  await noteReadsOfVersions(tx.manager);
}
