import { SqlParameters } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import type { StoredAnswer } from './submission.ts';
import { visibleAnswers, type AnswerQuery } from './visible-answers.ts';

/** Reads answers that the viewer may see, newest first. */
export async function selectAnswers(
  tx: Transactional<Context>,
  query: AnswerQuery,
  limit: number,
): Promise<readonly StoredAnswer[]> {
  const parameters = new SqlParameters();
  const from = await visibleAnswers(tx, query, parameters);
  return tx.manager.query<StoredAnswer[]>(
    `select s.id, s.form_id as "formId", f.name as "formName", s.form_version as "formVersion", s.at, s."values", s.status,
            s.customer_id as "customerId", s.submitted_by as "submittedBy", s.matches, s.consent
       from ${from} order by s.id desc limit ${parameters.add(limit)}`,
    parameters.values,
  );
}

/** Counts answers that the viewer may see. */
export async function countAnswers(tx: Transactional<Context>, query: AnswerQuery): Promise<number> {
  const parameters = new SqlParameters();
  const from = await visibleAnswers(tx, query, parameters);
  const [row] = await tx.manager.query<{ count: number }[]>(`select count(*) as count from ${from}`, parameters.values);
  return row?.count ?? 0;
}
