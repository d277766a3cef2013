import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { refused } from '../platform/refused.ts';
import { change, read } from '../platform/transaction.ts';
import { basisOf } from './basis.ts';
import { requireLeavesOut, requireSelectiveRule } from './check-retention-rule.ts';
import { presentRetentionRule } from './find-retention-rule.ts';
import { RetentionRule } from './retention-rule.ts';

/**
 * From now on the customers for whom a rule holds are erased once a day, by the rights that whoever activates it has by then. Activating
 * an active one changes nothing. Needs ERASE_CUSTOMERS.
 *
 * @throws {Refused} NOT_FOUND, CONFLICT, RULE_INVALID, FIELD_FORBIDDEN; VALIDATION_FAILED for a rule that holds for everybody, or for
 * all of several customers now; FORBIDDEN for a restricted one too.
 */
export async function activateRetentionRule(ctx: Context, id: string, version: number): Promise<RetentionRule> {
  const looked = await lookAt(ctx, id, version);
  return change(ctx, async (tx) => {
    const rule = await presentRetentionRule(tx, id, version);
    if (rule.active) return rule;
    const basis = await basisOf(tx.manager, id);
    if (basis !== looked) throw refused('CONFLICT', { currentVersion: version });
    await tx.manager.save(
      RetentionRule,
      Object.assign(rule, {
        active: true,
        activatedBy: tx.viewer.user.id,
        activatedAt: await tx.clock.now(tx.manager),
        basis,
        problem: null,
      }),
    );
    await recordAudit(tx, { action: 'retention.activated', target: `retention:${id}`, changes: { version } });
    return rule;
  });
}

/** Checks whom a rule would erase before anybody has to wait: among many customers that takes its time. Gives the basis of what was found. */
async function lookAt(ctx: Context, id: string, version: number): Promise<string> {
  return read(ctx, async (tx) => {
    const rule = await presentRetentionRule(tx, id, version);
    await requireSelectiveRule(tx, rule);
    if (!rule.active) await requireLeavesOut(tx, rule);
    return basisOf(tx.manager, id);
  });
}
