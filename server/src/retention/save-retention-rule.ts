import { fieldsOf, segmentsOf, type Node, type Problem } from '@kequn/rules';
import { requireCapability } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { checkedRule } from '../fields/check-rule.ts';
import { noteReads } from '../fields/references.ts';
import type { Transactional } from '../platform/context.ts';
import { labelIn } from '../platform/label-in.ts';
import { invalid } from '../platform/refused.ts';
import { change } from '../platform/transaction.ts';
import { isGiven, newId } from '../platform/uuid.ts';
import { presentRetentionRule } from './find-retention-rule.ts';
import { stop } from './pause-retention-rule.ts';
import { RetentionRule, type RetentionRuleInput } from './retention-rule.ts';

/**
 * Makes a retention rule, which is not active, or changes one: another rule pauses it, since nobody has seen yet whom it would erase.
 * Needs ERASE_CUSTOMERS.
 *
 * @throws {Refused} RULE_INVALID, FIELD_FORBIDDEN, VALIDATION_FAILED, NOT_FOUND, CONFLICT; FORBIDDEN for a restricted one too.
 */
export async function saveRetentionRule(ctx: Context, input: RetentionRuleInput): Promise<RetentionRule> {
  return change(ctx, async (tx) => {
    await requireCapability(tx, 'ERASE_CUSTOMERS');
    const before = isGiven(input.id) ? await presentRetentionRule(tx, input.id, input.version) : undefined;
    const node = await checkedRule(tx, input.rule, 'filter');
    const after = withInput(before ?? (await newRule(tx)), input);
    if (before && JSON.stringify(before.rule) !== JSON.stringify(after.rule)) await stop(tx, after, null);
    await store(tx, after, node);
    await recordAudit(tx, {
      action: 'retention.saved',
      target: `retention:${after.id}`,
      changes: { from: before && publicPart(before), to: publicPart(after) },
    });
    return after;
  });
}

async function newRule(tx: Transactional<Context>): Promise<RetentionRule> {
  return Object.assign(new RetentionRule(), {
    id: newId(),
    version: 0,
    active: false,
    activatedBy: null,
    activatedAt: null,
    basis: null,
    lastRunAt: null,
    lastJobId: null,
    problem: null,
    createdAt: await tx.clock.now(tx.manager),
  });
}

function withInput(before: RetentionRule, { name: raw, rule }: RetentionRuleInput): RetentionRule {
  const problems: Problem[] = [];
  const name = labelIn('name', raw, problems);
  if (problems.length > 0) throw invalid(problems);
  return Object.assign(new RetentionRule(), before, { name, rule, version: before.version + 1 });
}

async function store(tx: Transactional<Context>, rule: RetentionRule, node: Node): Promise<void> {
  await tx.manager.save(RetentionRule, rule);
  const reads = { fields: fieldsOf(node), segments: segmentsOf(node).keys() };
  await noteReads(tx.manager, { ownerKind: 'retention', ownerId: rule.id }, reads);
}

function publicPart({ name, rule, active }: RetentionRule) {
  return { name, rule, active };
}
