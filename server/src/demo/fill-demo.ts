import { retail } from '@kequn/seeds';
import type { Locale } from '@kequn/rules';
import { actFor } from '../access/act-for.ts';
import { requireCreation, rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { brokenRules, takenValues } from '../customers/check-customer.ts';
import { checkSubmission, type SubmissionContext } from '../customers/check-submission.ts';
import { changeOf, type CustomerChange } from '../customers/customer-change.ts';
import { writeCustomers } from '../customers/write-customers.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { createField } from '../fields/create-field.ts';
import { listFields } from '../fields/list-fields.ts';
import type { JobKind, JobRun } from '../jobs/job-kind.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { write } from '../platform/transaction.ts';
import { activateSegment } from '../segments/activate-segment.ts';
import { listSegments } from '../segments/list-segments.ts';
import { saveSegment } from '../segments/save-segment.ts';

/** The kind of the job. */
export const demoKind = 'demo.load';
/** Customers of one step. */
const STEP = 100;

/** What the job was asked to do. */
export interface DemoOrder {
  /** The language that names of segments are taken in. */
  readonly locale: Locale;
  /** The day that the customers' dates are told from. */
  readonly today: string;
}

/**
 * The job: fields, then customers, then segments, by the use cases of the API and with the rights of whoever asked. It leaves out what
 * is there already, for a field or a segment is committed before it is counted. Its cursor is how many customers are made.
 */
export const fillDemo: JobKind = {
  kind: demoKind,
  async run(run) {
    const { locale, today } = run.input as DemoOrder;
    let made = (run.cursor as number | null) ?? 0;
    await makeFields(run, made);
    while (made < retail.customers)
      made = await write(await actFor(run.ctx), (tx) => nextCustomers(run, tx, made, today));
    await makeSegments(run, locale);
  },
};

/** How far it is; the result tells the same. */
interface Loaded {
  readonly fields: number;
  readonly customers: number;
  readonly segments: number;
}

async function note(run: JobRun, { manager }: Transactional<Context>, loaded: Loaded): Promise<void> {
  const done = loaded.fields + loaded.customers + loaded.segments;
  await run.advance(manager, { done, cursor: loaded.customers, result: loaded });
}

async function makeFields(run: JobRun, customers: number): Promise<void> {
  const known = new Set((await listFields(await actFor(run.ctx), true)).map(({ key }) => key));
  for (const [index, field] of retail.fields.entries()) {
    if (known.has(field.key)) continue;
    const ctx = await actFor(run.ctx);
    await createField(ctx, { ...field, options: [...field.options] });
    await write(ctx, (tx) => note(run, tx, { fields: index + 1, customers, segments: 0 }));
  }
}

/** Gives how many are made with these. */
async function nextCustomers(run: JobRun, tx: Transactional<Context>, made: number, today: string): Promise<number> {
  const customers = Math.min(made + STEP, retail.customers);
  await makeCustomers(tx, [made, customers], today);
  await note(run, tx, { fields: retail.fields.length, customers, segments: 0 });
  return customers;
}

async function makeCustomers(
  tx: Transactional<Context>,
  [from, to]: readonly [number, number],
  today: string,
): Promise<void> {
  await requireCreation(tx);
  const catalogue = await kept(tx, fieldCatalogue);
  const context = { catalogue, rights: await rightsOf(tx), activeUsers: new Set<string>() };
  const now = await tx.clock.now(tx.manager);
  const changes: CustomerChange[] = [];
  for (let n = from; n < to; n += 1) changes.push(await checkedChange(tx, retail.customer(n, today), { context, now }));
  await writeCustomers(tx, changes, now);
}

/** @throws {Refused} VALIDATION_FAILED where the fields are no longer those of the demo. */
async function checkedChange(
  tx: Transactional<Context>,
  values: object,
  { context, now }: { readonly context: SubmissionContext; readonly now: string },
): Promise<CustomerChange> {
  const { changes, problems } = checkSubmission(values, context);
  const change = changeOf(undefined, { values: changes, owner: null, now }, context.catalogue);
  problems.push(...(await brokenRules(tx, change, problems)));
  problems.push(...(await takenValues(tx, change, problems)));
  if (problems.length > 0) throw invalid(problems);
  return change;
}

async function makeSegments(run: JobRun, locale: Locale): Promise<void> {
  const known = new Map((await listSegments(await actFor(run.ctx))).map((segment) => [segment.key, segment.id]));
  for (const [index, { key, name, description, rule }] of retail.segments.entries()) {
    const ctx = await actFor(run.ctx);
    const input = { key, name: name[locale], description: description[locale], rule };
    const id = known.get(key) ?? (await saveSegment(ctx, input)).id;
    await activateSegment(ctx, id);
    const { fields, customers } = retail;
    await write(ctx, (tx) => note(run, tx, { fields: fields.length, customers, segments: index + 1 }));
  }
}
