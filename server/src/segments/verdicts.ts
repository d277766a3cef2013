import { ruleToSql, scheduleToSql, SqlParameters, withSegments, type Moment, type Row } from '@kequn/rules';
import { customerTarget } from '../fields/customer-table.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { readingOfClock } from '../fields/readings.ts';
import type { LiveRule } from './live-rules.ts';
import type { Place } from './places.ts';
import { repeatEvaluation } from './repeat-evaluation.ts';

/** A rule to be asked of a customer. */
export interface Question {
  readonly place: Place;
  readonly rule: LiveRule;
}

/** What it answered. */
export interface Verdict extends Question {
  readonly holds: boolean;
}

/** Rules of one statement: each has parameters, of which Postgres takes 65,535. */
const RULES_AT_ONCE = 100;

/**
 * Asks rules of customers, customer by customer: of the row in hand where it tells all that the rule reads, in Postgres where it does not.
 * The places are told when time alone changes what the rules say.
 */
export async function verdictsOn(
  tx: Transactional<RequestContext>,
  questions: readonly Question[],
  { moment, begin }: { readonly moment: Moment; begin(): void },
): Promise<readonly Verdict[]> {
  const inHand: Verdict[] = [];
  const elsewhere: Question[] = [];
  let place: Place | undefined;
  for (const question of questions) {
    const row = rowFor(question);
    if (question.place !== place) begin();
    place = question.place;
    if (!row) elsewhere.push(question);
    else inHand.push(verdictInHand(tx, question, { row, moment }));
  }
  return elsewhere.length === 0 ? inHand : [...inHand, ...(await askPostgres(tx, elsewhere, moment))];
}

function verdictInHand(
  ctx: RequestContext,
  question: Question,
  asked: { readonly row: Row; readonly moment: Moment },
): Verdict {
  const verdict = { ...question, holds: question.rule.holds(asked.row, asked.moment) };
  const { rule, place, holds } = verdict;
  place.expect(rule.nextChange(asked.row, asked.moment));
  if (ctx.selfCheck?.isDue()) repeatEvaluation(ctx, { rule, customerId: place.customer.id, holds }, asked);
  return verdict;
}

/** The row that tells all that a rule reads. Nobody has yet told what a new customer did. */
function rowFor({ place, rule }: Question): Row | undefined {
  const { row } = place.customer;
  if (!row || (rule.readsEvents && !place.isNew)) return undefined;
  return rule.asks.size === 0 ? row : withSegments(row, place.segmentKeys);
}

async function askPostgres(
  { manager }: Transactional<RequestContext>,
  questions: readonly Question[],
  moment: Moment,
): Promise<readonly Verdict[]> {
  const rules = [...new Set(questions.map(({ rule }) => rule))];
  const places = new Map(questions.map(({ place }) => [place.customer.id, place]));
  const holding = new Set<string>();
  for (let from = 0; from < rules.length; from += RULES_AT_ONCE) {
    const some = rules.slice(from, from + RULES_AT_ONCE);
    const parameters = new SqlParameters();
    const target = customerTarget(parameters, moment);
    const columns = some.map(({ rule }) => ruleToSql(rule, target)).join(', ');
    const timed = some.filter(({ reads }) => reads.has(readingOfClock));
    // The least of nothing but NULL is NULL.
    const earliest =
      timed.length === 0 ? 'null' : `least(${timed.map(({ rule }) => scheduleToSql(rule, target)).join(', ')})`;
    const rows = await manager.query<{ id: string; holds: boolean[]; dueAt: string | null }[]>(
      `select c.id, array[${columns}] as holds, ${earliest} as "dueAt"
         from customer c where c.id = any(${parameters.add([...places.keys()])}::uuid[])`,
      parameters.values,
    );
    for (const { id, holds, dueAt } of rows) {
      places.get(id)?.expect(dueAt);
      for (const [index, { generationId }] of some.entries()) if (holds[index]) holding.add(id + generationId);
    }
  }
  return questions.map((question) => ({
    ...question,
    holds: holding.has(question.place.customer.id + question.rule.generationId),
  }));
}
