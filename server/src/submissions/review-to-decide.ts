import type { Value } from '@kequn/rules';
import { degreeOf, type Rights } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { unknownField } from '../customers/check-submission.ts';
import type { Field } from '../fields/field.ts';
import { rightsOnCustomers } from '../fields/scoped-customers.ts';
import type { SubmissionStatus } from '../forms/record-submission.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid, notFound, refused } from '../platform/refused.ts';
import { isUuid } from '../platform/uuid.ts';
import { matchedKeys } from './matches.ts';
import { selectAnswers } from './read-answers.ts';
import { askedFields } from './show-answer.ts';
import type { StoredAnswer } from './submission.ts';
import { rightsOnWaiting } from './visible-answers.ts';

/** An answer that waits, and what whoever decides may do with it. */
export interface Review {
  readonly answer: StoredAnswer;
  /** What it may hold values of. */
  readonly fields: readonly Field[];
  readonly rights: Rights;
}

/**
 * An answer that waits, or was put aside, in a transaction in which nobody else decides of it. Whoever decides writes the fields by which it was matched. A
 * customer that is to be locked too is locked before, as whoever erases it does.
 *
 * @throws {Refused} NOT_FOUND; CONFLICT where somebody has decided otherwise; FIELD_FORBIDDEN.
 */
export async function reviewToDecide(
  tx: Transactional<Context>,
  id: string,
  expected: 'REVIEW' | 'DISMISSED' = 'REVIEW',
): Promise<Review> {
  if (!isUuid(id)) throw notFound();
  await tx.manager.query('select 1 from submission where id = $1 for update', [id]);
  const [answer] = await selectAnswers(tx, { ids: [id] }, 1);
  if (!answer) throw notFound();
  if (answer.status !== expected) throw refused('CONFLICT');
  const rights = await rightsOnWaiting(tx);
  requireWrites(rights, (await matchedKeys(tx, [answer]))(answer));
  return { answer, fields: (await askedFields(tx, [answer]))(answer), rights };
}

/**
 * The values to be taken of an answer: of the fields that are named, or of all. What was left empty is taken of none: it empties nothing.
 *
 * @throws {Refused} FIELD_FORBIDDEN for those that the viewer may not write; FORBIDDEN to take all of what is hidden in part; VALIDATION_FAILED for
 * fields that were not asked for.
 */
export function chosenValues(review: Review, named: readonly string[] | null): Readonly<Record<string, Value>> {
  const { answer, fields, rights } = review;
  const known = fields.filter(({ key }) => rights.accessTo(key) !== 'HIDDEN');
  if (named) requireKnown(named, known);
  else if (known.length < fields.length) throw refused('FORBIDDEN');
  // What a formula computed is computed anew.
  const asked = named ?? fields.filter(({ computed }) => !computed).map(({ key }) => key);
  const taken = asked.filter((key) => (answer.values[key] ?? null) !== null);
  requireWrites(rights, taken);
  return Object.fromEntries(taken.map((key) => [key, answer.values[key]!]));
}

function requireKnown(named: readonly string[], known: readonly Field[]): void {
  const keys = new Set(known.map(({ key }) => key));
  const unknown = named.filter((key) => !keys.has(key));
  if (unknown.length > 0) throw invalid(unknown.map(unknownField));
}

function requireWrites(rights: Rights, keys: readonly string[]): void {
  const fields = keys.filter((key) => !rights.may(key, 'write'));
  if (fields.length > 0) throw refused('FIELD_FORBIDDEN', { fields });
}

/**
 * Asks that whoever made an answer one of a customer does not see more of it by that: another role, whose scope the customer lies in, might show
 * what was hidden or masked of it.
 *
 * @throws {Refused} FORBIDDEN.
 */
export async function requireNothingGained(
  tx: Transactional<Context>,
  { fields, rights }: Review,
  customerId: string,
): Promise<void> {
  const after = (await rightsOnCustomers(tx, [customerId]))(customerId);
  const isMore = ({ key }: Field) =>
    !rights.may(key, 'read') && degreeOf(after?.accessTo(key) ?? 'HIDDEN') > degreeOf(rights.accessTo(key));
  if (fields.some(isMore)) throw refused('FORBIDDEN');
}

/** What was decided of an answer. */
export interface Decision {
  readonly status: SubmissionStatus;
  readonly customerId: string | null;
  readonly action: string;
}

/**
 * Keeps what was decided, and who did; of one that waits again nobody has. Of an answer that was put aside it stays known whose it might be: it
 * is erased with any of them.
 */
export async function keepDecision(
  tx: Transactional<Context>,
  { answer: { id, formId } }: Review,
  { status, customerId, action }: Decision,
): Promise<void> {
  const isDecided = status !== 'REVIEW';
  await tx.manager.query(
    `update submission set status = $2, customer_id = $3, resolved_at = $4, resolved_by = $5,
            matches = case when $3::uuid is null then matches else '{}' end
      where id = $1`,
    [id, status, customerId, isDecided ? await tx.clock.now(tx.manager) : null, isDecided ? tx.viewer.user.id : null],
  );
  await recordAudit(tx, { action, target: `submission:${id}`, changes: { formId, ...(customerId && { customerId }) } });
}
