import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { noteReads } from '../fields/references.ts';
import { change } from '../platform/transaction.ts';
import { retentionRuleToChange } from './find-retention-rule.ts';
import { stop } from './pause-retention-rule.ts';
import { RetentionRule } from './retention-rule.ts';

/**
 * Deletes a retention rule; a run that is under way ends after its step. Needs ERASE_CUSTOMERS.
 *
 * @throws {Refused} NOT_FOUND; FORBIDDEN, for a restricted one too.
 */
export async function deleteRetentionRule(ctx: Context, id: string): Promise<boolean> {
  return change(ctx, async (tx) => {
    const rule = await retentionRuleToChange(tx, id);
    await stop(tx, rule, null);
    await noteReads(tx.manager, { ownerKind: 'retention', ownerId: rule.id }, { fields: [] });
    await tx.manager.delete(RetentionRule, { id: rule.id });
    const changes = { name: rule.name, rule: rule.rule };
    await recordAudit(tx, { action: 'retention.deleted', target: `retention:${rule.id}`, changes });
    return true;
  });
}
