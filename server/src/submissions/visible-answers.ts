import { fieldsOf, type SqlParameters } from '@kequn/rules';
import { noRights, rightsOf, type KnownRole, type Rights } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { RuleAt } from '../fields/asked-now.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { CustomerSearch } from '../fields/customer-search.ts';
import { rolesThatMayUse } from '../fields/restriction.ts';
import { rightsOnCustomers, scopedCustomers } from '../fields/scoped-customers.ts';
import type { SubmissionStatus } from '../forms/record-submission.ts';
import type { Transactional } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { answerHolds, holdsOfAnswer } from './answer-values.ts';
import type { StoredAnswer } from './submission.ts';

/** Which answers are asked for. */
export interface AnswerQuery {
  readonly ids?: readonly string[] | undefined;
  readonly formId?: string | undefined;
  readonly customerId?: string | undefined;
  /** Those alone of which this became. */
  readonly statuses?: readonly SubmissionStatus[] | undefined;
  /** Sent from this instant on, and before that one. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Those for which a rule over what was answered holds. */
  readonly filter?: RuleAt | undefined;
  /** Those in which a search is found. */
  readonly search?: CustomerSearch | undefined;
  /** Older ones than this alone. */
  readonly beforeId?: string | undefined;
  /** The keys of the fields by whose answers something is found out, beside the filter and the search. */
  readonly uses?: readonly string[] | undefined;
}

/**
 * The only door for reads of answers, to be put behind FROM: `submission s` with its form `f` and the version `v` of it. An answer of a customer is
 * seen by who sees the customer. One that is of nobody yet lies in no scope and is seen by roles that see everybody; that it waits tells that
 * somebody has what it says of a field by which it was matched, so the role has to read these. Where answers are used to find something out, the
 * role has to read those fields too.
 *
 * @throws {Refused} FIELD_FORBIDDEN where no role of the viewer may read what is used.
 */
export async function visibleAnswers(
  tx: Transactional<Context>,
  query: AnswerQuery,
  parameters: SqlParameters,
): Promise<string> {
  const { filter, uses = [] } = query;
  const conditions = [...matching(query, parameters)];
  if (filter) conditions.push(holdsOfAnswer(filter, await kept(tx, fieldCatalogue), parameters));
  const used = filter ? [...new Set([...uses, ...fieldsOf(filter.rule)])] : uses;
  conditions.push(await isFound(tx, { used, search: query.search }, parameters));
  return `submission s join form f on f.id = s.form_id
            join form_version v on v.form_id = s.form_id and v.number = s.form_version
           where ${conditions.join(' and ')}`;
}

function matching(query: AnswerQuery, parameters: SqlParameters): string[] {
  const { ids, formId, customerId, statuses, from, to, beforeId } = query;
  return [
    ...(ids ? [`s.id = any(${parameters.add(ids)}::uuid[])`] : []),
    ...(formId === undefined ? [] : [`s.form_id = ${parameters.add(formId)}::uuid`]),
    ...(customerId === undefined ? [] : [`s.customer_id = ${parameters.add(customerId)}::uuid`]),
    ...(statuses ? [`s.status = any(${parameters.add(statuses)}::text[])`] : []),
    ...(from === undefined ? [] : [`s.at >= ${parameters.add(from)}::timestamptz`]),
    ...(to === undefined ? [] : [`s.at < ${parameters.add(to)}::timestamptz`]),
    ...(beforeId === undefined ? [] : [`s.id < ${parameters.add(beforeId)}::uuid`]),
  ];
}

/** By what something is found out of answers. */
interface Finding {
  /** Keys of fields. */
  readonly used: readonly string[];
  readonly search: CustomerSearch | undefined;
}

/** That an answer is seen, and found by a search in fields that one role which sees it searches in. */
async function isFound(
  tx: Transactional<Context>,
  { used, search }: Finding,
  parameters: SqlParameters,
): Promise<string> {
  if (!search) return isSeen(tx, used, parameters);
  const rights = await rightsOf(tx);
  const ways: string[] = [];
  for (const role of await readersOf(tx, used)) {
    const fieldKeys = search.fieldKeys.filter((key) => rights.alone(role).may(key, 'search'));
    const seen = await isSeen(tx, [...used, ...fieldKeys], parameters);
    ways.push(`(${seen} and ${answerHolds({ ...search, fieldKeys }, parameters)})`);
  }
  return ways.length === 0 ? 'false' : `(${ways.join(' or ')})`;
}

async function readersOf(tx: Transactional<Context>, used: readonly string[]): Promise<readonly KnownRole[]> {
  const readers = await rolesThatMayUse(tx, { fields: used });
  if (used.length > 0 && readers.length === 0) throw refused('FIELD_FORBIDDEN', { fields: used });
  return readers;
}

async function isSeen(tx: Transactional<Context>, uses: readonly string[], parameters: SqlParameters): Promise<string> {
  const seeing = (await readersOf(tx, uses)).filter(({ role }) => role.rowScope === null);
  if (seeing.length > 0) return `(s.customer_id is not null or ${await isWaitingFor(tx, uses, parameters)})`;
  const { from } = await scopedCustomers(tx, { uses: { fields: uses } }, parameters);
  return `exists (select 1 from ${from} and c.id = s.customer_id)`;
}

/** That one role which sees everybody and reads what is used reads all that an answer of nobody yet could be matched by. */
async function isWaitingFor(
  tx: Transactional<Context>,
  uses: readonly string[],
  parameters: SqlParameters,
): Promise<string> {
  const rights = await rightsOf(tx);
  const { fields } = await kept(tx, fieldCatalogue);
  const usual = parameters.add(JSON.stringify(fields.filter(isUsualMatch).map(({ key }) => key)));
  const ways = rights.held
    .filter((role) => role.role.rowScope === null && rights.alone(role).mayAll(uses, 'filter'))
    .map((role) => fields.map(({ key }) => key).filter((key) => !rights.alone(role).may(key, 'filter')))
    .map(
      (unreadable) => `not exists (
        select 1 from jsonb_each(s."values") a
         where a.value <> 'null' and a.key = any(${parameters.add(unreadable)}::text[])
           and coalesce(v.settings -> 'matchOn', ${usual}::jsonb) ? a.key)`,
    );
  return ways.length === 0 ? 'false' : `(${ways.join(' or ')})`;
}

/** Whether answers are matched by a field of which the form does not say otherwise. */
export function isUsualMatch({ unique, type }: { readonly unique: boolean; readonly type: string }): boolean {
  return unique || type === 'EMAIL' || type === 'PHONE';
}

/** What the viewer may know of answers that are of nobody yet: no scope counts on them. */
export async function rightsOnWaiting(tx: Transactional<Context>): Promise<Rights> {
  const rights = await rightsOf(tx);
  return rights.counting(rights.held.map(({ role }) => role.rowScope === null));
}

/** What the viewer may know of each of these answers, which were read through the door. */
export async function rightsOnAnswers(
  tx: Transactional<Context>,
  answers: readonly StoredAnswer[],
): Promise<(answer: StoredAnswer) => Rights> {
  const ids = [...new Set(answers.flatMap(({ customerId }) => customerId ?? []))];
  const onCustomer = await rightsOnCustomers(tx, ids);
  const waiting = await rightsOnWaiting(tx);
  return ({ customerId }) => (customerId === null ? waiting : (onCustomer(customerId) ?? noRights));
}
