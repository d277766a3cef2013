import { requiredProblem, sentence, type Json, type Problem } from '@kequn/rules';
import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue, type FieldCatalogue } from '../fields/catalogue.ts';
import type { CustomerRow } from '../fields/customer-table.ts';
import { releaseIdentities } from '../fields/identities.ts';
import { rightsOnRow } from '../fields/scoped-customers.ts';
import type { Job } from '../jobs/job.ts';
import type { JobKind } from '../jobs/job-kind.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid, Refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { write } from '../platform/transaction.ts';
import { forSelection, startOnSelection, type SelectionOrder } from './change-selection.ts';
import { brokenRules } from './check-customer.ts';
import { activeUsersIn, checkSubmission, type CheckedSubmission, type SubmissionContext } from './check-submission.ts';
import { changeOf, withFormulas, type CustomerChange } from './customer-change.ts';
import { haveLeft, leavesScope } from './leave-scope.ts';
import { readSelection, type CustomerSelectionInput } from './selection.ts';
import { writeCustomers } from './write-customers.ts';

const KIND = 'customers.update';
/** Customers that the result names with what was wrong; the others are counted. */
const NAMED = 100;

interface UpdateOrder extends SelectionOrder {
  readonly values: Json;
}

/** What came of it: `refused` names the first of those that kept what they had, each with every issue. */
interface UpdateResult {
  readonly changed: number;
  readonly unchanged: number;
  readonly refusedCount: number;
  readonly refused: readonly { readonly customerId: string; readonly issues: readonly Problem[] }[];
}

/**
 * Gives all customers of a selection the same values, as a job. Each is checked as a save of its own is; one that is refused keeps what
 * it had and stands in the way of nobody.
 *
 * @throws {Refused} VALIDATION_FAILED, FIELD_FORBIDDEN for the values; VALIDATION_FAILED, RULE_INVALID, FIELD_FORBIDDEN, LIMIT_EXCEEDED for
 * the selection.
 */
export async function updateCustomers(ctx: Context, input: CustomerSelectionInput, values: Json): Promise<Job> {
  const selection = readSelection(input);
  return write(ctx, async (tx) => {
    await checkValues(tx, values);
    const order: UpdateOrder = { selection, values };
    return startOnSelection(tx, KIND, order);
  });
}

/** What is wrong with the values whoever gets them. */
async function checkValues(tx: Transactional<Context>, values: Json): Promise<void> {
  const catalogue = await kept(tx, fieldCatalogue);
  const submission = await submissionContext(tx, values, catalogue);
  const { changes, problems } = checkSubmission(values, { ...submission, before: {} });
  const named = new Set(Object.keys(values as object));
  const told = new Set(problems.map(({ path }) => path));
  // Of nobody's values nothing changes by being emptied, so it is not found above.
  const emptied = catalogue.fields.filter(({ key, required }) => required && named.has(key) && !changes.has(key));
  problems.push(...emptied.filter(({ key }) => !told.has(key)).map(requiredProblem));
  const alone = catalogue.fields.filter(({ key, unique }) => unique && (changes.get(key) ?? null) !== null);
  const message = sentence('不能给多位客户同一个唯一值', 'Several customers cannot have the same unique value');
  problems.push(...alone.map(({ key }): Problem => ({ path: key, code: 'NOT_UNIQUE', message })));
  if (named.size === 0) {
    const nothing = sentence('请至少填写一个字段', 'Give at least one field');
    problems.push({ path: 'values', code: 'REQUIRED', message: nothing });
  }
  if (problems.length > 0) throw invalid(problems);
}

async function submissionContext(tx: Transactional<Context>, values: Json, catalogue: FieldCatalogue) {
  return { catalogue, rights: await rightsOf(tx), activeUsers: await activeUsersIn(tx, values, catalogue) };
}

/** The job; its result is an `UpdateResult`. */
export const updateSelection: JobKind = {
  kind: KIND,
  async run(run) {
    const { selection, values } = run.input as UpdateOrder;
    await forSelection(run, selection, (tx, customers, result) => updateStep(tx, customers, values, result));
  },
};

const nothingYet: UpdateResult = { changed: 0, unchanged: 0, refusedCount: 0, refused: [] };

async function updateStep(
  tx: Transactional<Context>,
  customers: readonly CustomerRow[],
  values: Json,
  sofar: unknown,
): Promise<UpdateResult> {
  const { changed, unchanged, refusedCount, refused } = (sofar as UpdateResult | null) ?? nothingYet;
  const outcomes = await outcomesOf(tx, customers, values);
  const changes = await writeStaying(tx, outcomes);
  const refusals = outcomes.filter(({ problems }) => problems.length > 0);
  const named = refusals.map(({ customerId, problems }) => ({ customerId, issues: problems }));
  return {
    changed: changed + changes.length,
    unchanged: unchanged + outcomes.length - changes.length - refusals.length,
    refusedCount: refusedCount + refusals.length,
    refused: [...refused, ...named].slice(0, NAMED),
  };
}

/** Writes what is in order; a customer who would leave what the writer sees by it is refused after all. */
async function writeStaying(
  tx: Transactional<Context>,
  outcomes: readonly Outcome[],
): Promise<readonly CustomerChange[]> {
  const changes = outcomes.flatMap(({ change, problems }) => (change && problems.length === 0 ? [change] : []));
  await tx.manager.query('savepoint before_step');
  await writeAll(tx, changes);
  const left = await haveLeft(
    tx,
    changes.map(({ after }) => after.id),
  );
  if (left.size === 0) return changes;
  await tx.manager.query('rollback to savepoint before_step');
  for (const { customerId, problems } of outcomes) if (left.has(customerId)) problems.push(leavesScope);
  const staying = changes.filter(({ after }) => !left.has(after.id));
  await writeAll(tx, staying);
  return staying;
}

async function writeAll(tx: Transactional<Context>, changes: readonly CustomerChange[]): Promise<void> {
  await giveUpIdentities(tx, changes);
  await writeCustomers(tx, changes, await tx.clock.now(tx.manager));
}

interface Outcome {
  readonly customerId: string;
  /** Undefined where the customer has these values already: repeating a step after a crash changes nothing. */
  readonly change: CustomerChange | undefined;
  readonly problems: Problem[];
}

async function outcomesOf(
  tx: Transactional<Context>,
  customers: readonly CustomerRow[],
  values: Json,
): Promise<readonly Outcome[]> {
  const catalogue = await kept(tx, fieldCatalogue);
  const submission = await submissionContext(tx, values, catalogue);
  const now = await tx.clock.now(tx.manager);
  const rightsOn = await rightsOnRow(tx);
  const checked = customers.map((before) => ({
    before,
    ...checkedFor(values, { ...submission, rights: rightsOn(before), before: before.values }),
  }));
  const news = checked.map(({ before, changes }) =>
    changeOf(before, { values: changes, owner: before.owner, now }, catalogue),
  );
  const outcomes: Outcome[] = [];
  for (const [index, change] of (await withFormulas(tx, news, now)).entries()) {
    const { before, changes, problems } = checked[index]!;
    problems.push(...(await brokenRules(tx, change, problems)));
    outcomes.push({ customerId: before.id, change: changes.size > 0 ? change : undefined, problems });
  }
  return outcomes;
}

/** What a customer's roles do not let the viewer write is refused for that customer alone. */
function checkedFor(values: Json, submission: SubmissionContext): CheckedSubmission {
  try {
    return checkSubmission(values, submission);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'FIELD_FORBIDDEN') throw error;
    const message = sentence('您不能修改这位客户的这个字段', 'You may not change this field of this customer');
    const problems = (error.details.fields ?? []).map((path) => ({ path, code: 'READ_ONLY' as const, message }));
    return { changes: new Map(), problems };
  }
}

/** Values of unique fields can only have been emptied: see `checkValues`. */
async function giveUpIdentities(tx: Transactional<Context>, changes: readonly CustomerChange[]): Promise<void> {
  const { fields } = await kept(tx, fieldCatalogue);
  const keys = fields.filter(({ unique }) => unique).map(({ key }) => key);
  const emptied = keys.filter((key) => changes.some(({ changed }) => changed.includes(key)));
  if (emptied.length > 0)
    await releaseIdentities(
      tx.manager,
      changes.map(({ after }) => after.id),
      emptied,
    );
}
