import type { Value } from '@kequn/rules';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { newId } from '../platform/uuid.ts';

/** What became of an answer: it was saved as a customer, waits for somebody to say whose it is, or was put aside. */
export type SubmissionStatus = 'SAVED' | 'REVIEW' | 'DISMISSED';

/** An answer to a form. */
export interface NewSubmission {
  readonly formId: string;
  readonly formVersion: number;
  readonly at: string;
  /** Of the fields that were shown, by key. */
  readonly values: Readonly<Record<string, Value>>;
  readonly status: SubmissionStatus;
  readonly customerId: string | null;
  /** The user who filled it; null: anybody. */
  readonly submittedBy: string | null;
  /** Of an answer in review, the customers whom it may be of. */
  readonly matches?: readonly string[];
  /** What its sender calls it: the same one is kept once. */
  readonly key?: string | undefined;
  /** What is known of one who fills it without signing in, hashed. */
  readonly person?: string | undefined;
  /** What was agreed to. */
  readonly consent?: unknown;
}

/** Keeps an answer, in the transaction that makes something of it; gives its id. */
export async function recordSubmission(
  { manager }: Transactional<RequestContext>,
  submission: NewSubmission,
): Promise<string> {
  const id = newId();
  const { formId, formVersion, at, values, status, customerId, submittedBy } = submission;
  const { matches = [], key = null, person = null, consent = null } = submission;
  await manager.query(
    `insert into submission
       (id, form_id, form_version, at, "values", status, customer_id, submitted_by, matches, key, person, consent)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      id,
      formId,
      formVersion,
      at,
      JSON.stringify(values),
      status,
      customerId,
      submittedBy,
      [...matches],
      key,
      person,
      consent === null ? null : JSON.stringify(consent),
    ],
  );
  return id;
}
