import { z } from 'zod';
import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fingerprint, noPlace, readPlace, writePlace } from '../customers/cursor.ts';
import { findForm } from '../forms/find-form.ts';
import type { Transactional } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { pageSize } from '../platform/page-size.ts';
import { notFound } from '../platform/refused.ts';
import { read } from '../platform/transaction.ts';
import { isUuid } from '../platform/uuid.ts';
import { matchingQuery, type AnswerMatchInput } from './answer-match.ts';
import { countAnswers, selectAnswers } from './read-answers.ts';
import { answerView } from './show-answer.ts';
import { SubmissionConnection } from './submission.ts';
import type { AnswerQuery } from './visible-answers.ts';

/** Which page is asked for. */
export interface AnswerPage {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** Which page of which answers to a form is asked for. */
export interface SubmissionsPage extends AnswerPage {
  readonly formId: string;
  readonly matching?: AnswerMatchInput | null | undefined;
}

/**
 * The answers to a form that match and that the viewer may see, newest first.
 *
 * @throws {Refused} NOT_FOUND for a form that the viewer does not see; LIMIT_EXCEEDED, VALIDATION_FAILED for a place that is none; RULE_INVALID,
 * FIELD_FORBIDDEN.
 */
export async function listSubmissions(ctx: Context, page: SubmissionsPage): Promise<SubmissionConnection> {
  const { formId, matching } = page;
  const query = await read(ctx, async (tx) => {
    await requireForm(tx, formId);
    return matchingQuery(tx, formId, matching ?? {});
  });
  return listAnswers(ctx, { query, of: { formId, matching } }, page);
}

/** The answers that wait for somebody to say whose they are, or those of these that were put aside, newest first. */
export async function listReviews(ctx: Context, page: AnswerPage, isDismissed = false): Promise<SubmissionConnection> {
  const query: AnswerQuery = { statuses: [isDismissed ? 'DISMISSED' : 'REVIEW'] };
  return listAnswers(ctx, { query, of: query }, page);
}

/** What one customer has answered, by whatever form, newest first. */
export async function listAnswersOf(ctx: Context, customerId: string, page: AnswerPage): Promise<SubmissionConnection> {
  return listAnswers(ctx, { query: { customerId }, of: { customerId } }, page);
}

/**
 * Asks for a form that the viewer may know of: what may be filled, or designed by them.
 *
 * @throws {Refused} NOT_FOUND.
 */
export async function requireForm(tx: Transactional<Context>, formId: string): Promise<void> {
  const form = isUuid(formId) ? await findForm(tx, formId) : undefined;
  const isKnown = form && (form.publishedNumber !== null || (await rightsOf(tx)).has('MANAGE_FORMS'));
  if (!isKnown) throw notFound();
}

/** Answers, and what was asked to find them: a place of one question is none of another. */
interface AskedAnswers {
  readonly query: AnswerQuery;
  readonly of: object;
}

async function listAnswers(ctx: Context, asked: AskedAnswers, { first, after }: AnswerPage) {
  const size = pageSize(first, limits.page);
  const { query } = asked;
  return read(ctx, async (tx) => {
    const of = fingerprint(asked.of);
    const beforeId = after ? readBefore(after, of) : undefined;
    const found = await selectAnswers(tx, { ...query, beforeId }, size + 1);
    const shown = found.slice(0, size);
    const view = await answerView(tx, shown);
    const last = shown.at(-1);
    return Object.assign(new SubmissionConnection(), {
      nodes: shown.map(view),
      pageInfo: { hasNextPage: found.length > size, endCursor: last ? writePlace({ id: last.id, of }) : null },
      count: () => read(ctx, (later) => countAnswers(later, query)),
    });
  });
}

const place = z.strictObject({ id: z.uuid(), of: z.string() });

function readBefore(after: string, of: string): string {
  const { id, of: asked } = readPlace(after, place);
  if (asked !== of) throw noPlace();
  return id;
}
