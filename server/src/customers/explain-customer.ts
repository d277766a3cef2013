import { explainRule, fieldsOf, scheduleRule, sentence, type Node } from '@kequn/rules';
import { noteReads, type ReadNote } from '../access-log/note-reads.ts';
import { sensitiveValues } from '../access-log/sensitive-values.ts';
import type { Context } from '../access/viewer.ts';
import { momentNow } from '../fields/asked-now.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { checkedQuestion, checkedRule } from '../fields/check-rule.ts';
import { toRuleRow } from '../fields/customer-table.ts';
import { sourcesOf } from '../fields/segment-reads.ts';
import { rightsOnRow, selectCustomers } from '../fields/scoped-customers.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid, notFound } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { isUuid } from '../platform/uuid.ts';
import { segmentToChange } from '../segments/find-segment.ts';
import { withBehaviour } from './behaviour.ts';
import { Explanation } from './customer.ts';

/** Of whom, and which rule: one that is sent, or that of a segment. */
export interface ExplanationInput {
  readonly customerId: string;
  readonly rule?: unknown;
  readonly segmentId?: string | null;
}

/**
 * Why a rule holds for a customer, or why not, condition by condition with what is actually there.
 *
 * @throws {Refused} NOT_FOUND; FORBIDDEN for a restricted segment; RULE_INVALID, FIELD_FORBIDDEN; VALIDATION_FAILED unless exactly one of
 * rule and segment is given.
 */
export async function explainCustomer(ctx: Context, input: ExplanationInput): Promise<Explanation> {
  const { explanation, told } = await read(ctx, (tx) => explain(tx, input));
  await noteReads(ctx, [told]);
  return explanation;
}

/** The explanation, and what is to be noted before it is told: each condition shows what is actually there. */
async function explain(
  tx: Transactional<Context>,
  input: ExplanationInput,
): Promise<{ explanation: Explanation; told: ReadNote }> {
  const rule = await ruleOf(tx, input);
  const [customer] = isUuid(input.customerId) ? await findBy(tx, rule, input.customerId) : [];
  if (!customer) throw notFound();
  const { rules: catalogue } = await kept(tx, fieldCatalogue);
  const rights = (await rightsOnRow(tx))(customer);
  const moment = await momentNow(tx);
  const row = await withBehaviour(tx, { id: customer.id, row: toRuleRow(customer) }, rule);
  const reader = { ...catalogue, locale: tx.locale };
  const tree = explainRule(rule, { row, moment, reader, mayRead: (key) => rights.may(key, 'filter') });
  const explanation = Object.assign(new Explanation(), {
    result: tree.result,
    tree,
    nextChangeAt: scheduleRule(rule)(row, moment),
  });
  const asked = fieldsOf(rule);
  const fieldKeys = (await sensitiveValues(tx))(customer.values, rights).filter((key) => asked.has(key));
  return { explanation, told: { channel: 'explanation', customerId: customer.id, fieldKeys } };
}

/** A rule tells of what it reads, so the customer has to be one of those whom the viewer may ask it of. */
async function findBy(tx: Transactional<Context>, rule: Node, id: string) {
  return selectCustomers(tx, { ids: [id], uses: await sourcesOf(tx, rule) }, 1);
}

async function ruleOf(tx: Transactional<Context>, { rule, segmentId }: ExplanationInput): Promise<Node> {
  const isRule = rule !== undefined && rule !== null;
  const isSegment = segmentId !== undefined && segmentId !== null;
  if (isRule === isSegment) {
    const message = sentence('请给出规则或分群之一', 'Give exactly one of rule and segmentId');
    throw invalid([{ path: 'rule', code: 'INVALID', message }]);
  }
  if (isRule) return checkedQuestion(tx, rule);
  // A segment without a rule has nobody.
  return checkedRule(tx, (await segmentToChange(tx, segmentId!)).rule ?? false, 'filter');
}
