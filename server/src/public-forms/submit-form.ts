import { createHash } from 'node:crypto';
import { momentAt, sentence, type Problem } from '@kequn/rules';
import { z } from 'zod';
import { brokenRulesFor, claimUntold } from '../customers/check-customer.ts';
import { answeredValues, checkFormSubmission } from '../customers/check-form-submission.ts';
import { activeUsersIn } from '../customers/check-submission.ts';
import { changeOf, withFormulas, type CustomerChange } from '../customers/customer-change.ts';
import { writeCustomers } from '../customers/write-customers.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { filesIn, keepFilesOfAnswer } from '../files/keep-files.ts';
import type { Form } from '../forms/form.ts';
import { recordSubmission, type NewSubmission } from '../forms/record-submission.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { invalid, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { write } from '../platform/transaction.ts';
import { findOpened, findPublicForm, type PublicForm } from './find-public-form.ts';
import { matchCustomers } from './match-customers.ts';
import { isProof } from './proof-of-work.ts';

/** An answer as it is sent. */
const answerSchema = z.looseObject({
  values: z.unknown(),
  /** The version of the form that was filled. */
  version: z.int().min(1).max(1_000_000_000).optional(),
  /** What the sender calls this answer: the same one is kept once. */
  key: z
    .string()
    .regex(/^[\w-]{1,100}$/)
    .optional(),
  proof: z.string().max(100).optional(),
  consent: z.boolean().optional(),
  /** A field that people do not see: whoever fills it is a program. */
  website: z.string().optional(),
});

/** An answer of the right shape. */
export type SentAnswer = z.infer<typeof answerSchema>;

/** From where an answer comes. */
export interface AnswerSource {
  /** The key that the password of the form gave. */
  readonly key?: string | undefined;
  /** What the browser of its sender is known by, if it keeps anything. */
  readonly person: string;
}

/**
 * Takes an answer to a public form. It makes a customer; where it may be of a known one, it waits for somebody to say so. What it answers does not
 * tell which, nor whether it came before.
 *
 * @throws {Refused} NOT_FOUND, CONFLICT, UNAUTHENTICATED as `findPublicForm`; VALIDATION_FAILED with everything that is wrong, by the key of its field;
 * FORBIDDEN for one person's answer too many.
 */
export async function submitForm(ctx: RequestContext, slug: string, raw: unknown, source: AnswerSource): Promise<void> {
  const shape = answerSchema.safeParse(raw);
  if (!shape.success) throw invalid([{ path: 'values', code: 'WRONG_TYPE', message: wrongShape }]);
  const answer = shape.data;
  if (answer.website) return;
  await write(ctx, async (tx) => {
    // One that was taken is taken, though the form may have closed since, or got its last answer by it.
    if (await isKnown(tx, (await findOpened(tx, slug, source.key)).form, answer)) return;
    const form = await findPublicForm(tx, slug, { number: answer.version, key: source.key });
    const person = createHash('sha256').update(`${form.id}:${source.person}`).digest('base64url');
    await requireRoom(tx, form, { slug, person, source });
    await takeAnswer(tx, { form, answer, person });
  });
}

const wrongShape = sentence('应为各字段的值', 'Values by field key are expected');

interface Taken {
  readonly form: PublicForm;
  readonly answer: SentAnswer;
  readonly person: string;
}

async function takeAnswer(tx: Transactional<RequestContext>, { form, answer, person }: Taken): Promise<void> {
  const catalogue = await kept(tx, fieldCatalogue);
  const now = await tx.clock.now(tx.manager);
  const activeUsers = await activeUsersIn(tx, answer.values, catalogue);
  const mayName = await filesIn(tx.manager, answer.values, catalogue.fields, { formId: form.id });
  const context = { catalogue, rights: form.rights, activeUsers, mayName };
  const moment = momentAt(now, tx.database.timeZone);
  const filled = { form: form.compiled, before: undefined, moment };
  const { changes, problems, answered } = checkFormSubmission(answer.values, filled, context);
  const news = changeOf(undefined, { values: changes, owner: null, now }, catalogue);
  const [change = news] = await withFormulas(tx, [news], now);
  problems.push(...(await brokenRulesFor(tx, change, problems, form.rights)), ...problemsOfSending(form, answer));
  if (problems.length > 0) throw invalid(problems);
  const submission = { ...partsOf({ form, answer, person }), at: now, values: answeredValues(answered) };
  const matches = await matchCustomers(tx, form, changes);
  if (matches.length > 0) {
    // What a new customer could be refused for, or how long one takes, would tell that this one is known.
    await inVain(tx, () => writeNew(tx, change, now));
    const id = await recordSubmission(tx, { ...submission, status: 'REVIEW', customerId: null, matches });
    return keepFilesOfAnswer(tx.manager, id, { fields: catalogue.fields, values: submission.values });
  }
  await writeNew(tx, change, now);
  await recordSubmission(tx, { ...submission, status: 'SAVED', customerId: change.after.id });
}

async function writeNew(tx: Transactional<RequestContext>, change: CustomerChange, now: string): Promise<void> {
  await claimUntold(tx, change);
  await writeCustomers(tx, [change], now);
}

/** Does something and takes it back. */
async function inVain({ manager }: Transactional<RequestContext>, work: () => Promise<void>): Promise<void> {
  await manager.query('savepoint in_vain');
  await work();
  await manager.query('rollback to savepoint in_vain');
}

function partsOf({ form, answer, person }: Taken): Omit<NewSubmission, 'at' | 'values' | 'status' | 'customerId'> {
  const { consent } = form.settings;
  return {
    formId: form.id,
    formVersion: form.number,
    submittedBy: null,
    key: answer.key,
    person,
    ...(consent !== undefined && { consent: { text: consent, version: form.number } }),
  };
}

function problemsOfSending({ settings, slug }: PublicForm, { consent, key = '', proof = '' }: SentAnswer): Problem[] {
  const problems: Problem[] = [];
  if (settings.consent !== undefined && consent !== true)
    problems.push({ path: 'consent', code: 'REQUIRED', message: sentence('请先同意', 'Please agree first') });
  if (settings.proofOfWork && (key === '' || !isProof(slug, key, proof)))
    problems.push({
      path: 'proof',
      code: 'INVALID',
      message: sentence('请刷新页面后再试', 'Please load the page again'),
    });
  return problems;
}

async function isKnown(
  { manager }: Transactional<RequestContext>,
  { id }: Form,
  { key }: SentAnswer,
): Promise<boolean> {
  if (key === undefined) return false;
  // Of the same answer sent twice at once the later one waits here until the first is kept.
  await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`answer:${id}:${key}`]);
  const known = await manager.query<unknown[]>('select 1 from submission where form_id = $1 and key = $2', [id, key]);
  return known.length > 0;
}

/** What a form takes of one person, and of all: counted while nobody else answers it. */
async function requireRoom(
  tx: Transactional<RequestContext>,
  { id, settings: { limit, perPerson } }: PublicForm,
  { slug, person, source }: { readonly slug: string; readonly person: string; readonly source: AnswerSource },
): Promise<void> {
  if (limit === undefined && perPerson === undefined) return;
  await tx.manager.query('select 1 from form where id = $1 for update', [id]);
  // Of answers at the same time the form may have got the last that it takes.
  await findPublicForm(tx, slug, { key: source.key });
  if (perPerson === undefined) return;
  const [row] = await tx.manager.query<{ count: number }[]>(
    'select count(*) as count from submission where form_id = $1 and person = $2',
    [id, person],
  );
  if ((row?.count ?? 0) >= perPerson) throw refused('FORBIDDEN');
}
