import { checkRule, sentence } from '@kequn/rules';
import { requireCapability, rightsOf, type KnownRole } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { rolesThatMayUse, unreadableByRole } from '../fields/restriction.ts';
import { sourcesOf } from '../fields/segment-reads.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid, notFound, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { isUuid } from '../platform/uuid.ts';
import { RetentionRule } from './retention-rule.ts';

/**
 * Whether a rule reads, itself or by way of segments, what the viewer may not. What is no rule any more is for who reads every field:
 * nobody can tell what it read.
 */
export async function isRestricted(tx: Transactional<Context>, rule: RetentionRule): Promise<boolean> {
  return (await rolesThatRead(tx, rule)).length === 0;
}

/** Whether the viewer may read a rule by a role that sees every customer: how many it erases is told of all of them. */
export async function isReadOfEverybody(tx: Transactional<Context>, rule: RetentionRule): Promise<boolean> {
  return (await rolesThatRead(tx, rule)).some(({ role }) => role.rowScope === null);
}

async function rolesThatRead(tx: Transactional<Context>, { rule }: RetentionRule): Promise<readonly KnownRole[]> {
  const checked = checkRule(rule, (await kept(tx, fieldCatalogue)).rules);
  if (checked.ok) return rolesThatMayUse(tx, await sourcesOf(tx, checked.value));
  const unreadable = await unreadableByRole(tx);
  return (await rightsOf(tx)).held.filter((_, index) => unreadable[index]!.length === 0);
}

/**
 * A retention rule that is to be stopped, which nobody needs to read. Needs ERASE_CUSTOMERS.
 *
 * @throws {Refused} FORBIDDEN, NOT_FOUND.
 */
export async function retentionRuleToStop(tx: Transactional<Context>, id: string): Promise<RetentionRule> {
  await requireCapability(tx, 'ERASE_CUSTOMERS');
  const rule = isUuid(id) ? await tx.manager.findOneBy(RetentionRule, { id }) : null;
  if (!rule) throw notFound();
  return rule;
}

/**
 * A retention rule that is to be changed or run. Needs ERASE_CUSTOMERS.
 *
 * @throws {Refused} FORBIDDEN, of one that is restricted for the viewer too; NOT_FOUND.
 */
export async function retentionRuleToChange(tx: Transactional<Context>, id: string): Promise<RetentionRule> {
  const rule = await retentionRuleToStop(tx, id);
  if (await isRestricted(tx, rule)) throw refused('FORBIDDEN');
  return rule;
}

/**
 * The same, at the version that was read.
 *
 * @throws {Refused} CONFLICT; VALIDATION_FAILED without a version.
 */
export async function presentRetentionRule(
  tx: Transactional<Context>,
  id: string,
  version: number | null | undefined,
): Promise<RetentionRule> {
  const rule = await retentionRuleToChange(tx, id);
  if (version === undefined || version === null) {
    throw invalid([{ path: 'version', code: 'REQUIRED', message: sentence('缺少版本号', 'The version is required') }]);
  }
  if (version !== rule.version) throw refused('CONFLICT', { currentVersion: rule.version });
  return rule;
}
