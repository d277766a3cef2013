import { retail } from '@kequn/seeds';
import { actFor } from '../access/act-for.ts';
import { requireCreation, rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { brokenRules, takenValues } from '../customers/check-customer.ts';
import { checkSubmission, type SubmissionContext } from '../customers/check-submission.ts';
import { changeOf, withFormulas, type CustomerChange } from '../customers/customer-change.ts';
import { writeCustomers } from '../customers/write-customers.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { createField } from '../fields/create-field.ts';
import { listFields } from '../fields/list-fields.ts';
import type { JobKind, JobRun } from '../jobs/job-kind.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { write } from '../platform/transaction.ts';
import { applyFormula } from '../segments/apply-formula.ts';
import { activateSegment } from '../segments/activate-segment.ts';
import { listSegments } from '../segments/list-segments.ts';
import { saveSegment } from '../segments/save-segment.ts';
import { makeEventTypes, recordNextEvents } from './demo-events.ts';
import { demoKind, type DemoOrder } from './demo-order.ts';

/** Customers of one step. */
const STEP = 100;

/**
 * The job: fields, then customers, what they did, and segments, by the use cases of the API and with the rights of whoever asked. It
 * leaves out what is there already, for a field, an event or a segment is committed before it is counted. Its cursor is how far it is.
 */
export const fillDemo: JobKind = {
  kind: demoKind,
  async run(run) {
    const order = run.input as DemoOrder;
    let loaded = (run.cursor as Loaded | null) ?? nothing;
    loaded = await makeFields(run, loaded);
    while (loaded.customers < retail.customers) loaded = await nextCustomers(run, loaded, order);
    if (loaded.active === 0) await makeEventTypes(await actFor(run.ctx), order);
    while (loaded.active < retail.customers) loaded = await nextEvents(run, loaded, order);
    await makeSegments(run, loaded, order);
  },
};

/** How far it is. */
interface Loaded {
  readonly fields: number;
  readonly customers: number;
  /** Of how many customers the events are recorded. */
  readonly active: number;
  readonly events: number;
  readonly segments: number;
}

const nothing: Loaded = { fields: 0, customers: 0, active: 0, events: 0, segments: 0 };

async function note(run: JobRun, { manager }: Transactional<Context>, loaded: Loaded): Promise<Loaded> {
  const { active: _, ...result } = loaded;
  const done = Object.values(result).reduce((sum, each) => sum + each, 0);
  await run.advance(manager, { done, cursor: loaded, result });
  return loaded;
}

async function makeFields(run: JobRun, before: Loaded): Promise<Loaded> {
  const known = new Set((await listFields(await actFor(run.ctx), true)).map(({ key }) => key));
  for (const [index, field] of retail.fields.entries()) {
    if (known.has(field.key)) continue;
    const ctx = await actFor(run.ctx);
    await createField(ctx, { ...field, options: [...field.options] }, applyFormula);
    await write(ctx, (tx) => note(run, tx, { ...before, fields: index + 1 }));
  }
  return { ...before, fields: retail.fields.length };
}

async function nextCustomers(run: JobRun, loaded: Loaded, { today }: DemoOrder): Promise<Loaded> {
  const customers = Math.min(loaded.customers + STEP, retail.customers);
  return write(await actFor(run.ctx), async (tx) => {
    await makeCustomers(tx, [loaded.customers, customers], today);
    return note(run, tx, { ...loaded, customers });
  });
}

async function nextEvents(run: JobRun, loaded: Loaded, order: DemoOrder): Promise<Loaded> {
  const ctx = await actFor(run.ctx);
  const { active, recorded } = await recordNextEvents(ctx, loaded.active, order);
  return write(ctx, (tx) => note(run, tx, { ...loaded, active, events: loaded.events + recorded }));
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
  const news: CustomerChange[] = [];
  for (let n = from; n < to; n += 1) news.push(newCustomer(retail.customer(n, today), context, now));
  const changes = await withFormulas(tx, news, now);
  for (const change of changes) await requireSound(tx, change);
  await writeCustomers(tx, changes, now);
}

/** @throws {Refused} VALIDATION_FAILED where the fields are no longer those of the demo. */
function newCustomer(values: object, context: SubmissionContext, now: string): CustomerChange {
  const { changes, problems } = checkSubmission(values, context);
  if (problems.length > 0) throw invalid(problems);
  return changeOf(undefined, { values: changes, owner: null, now }, context.catalogue);
}

/** @throws {Refused} VALIDATION_FAILED, as above. */
async function requireSound(tx: Transactional<Context>, change: CustomerChange): Promise<void> {
  const problems = [...(await brokenRules(tx, change, [])), ...(await takenValues(tx, change, []))];
  if (problems.length > 0) throw invalid(problems);
}

async function makeSegments(run: JobRun, loaded: Loaded, { locale }: DemoOrder): Promise<void> {
  const known = new Map((await listSegments(await actFor(run.ctx))).map((segment) => [segment.key, segment.id]));
  for (const [index, { key, name, description, rule }] of retail.segments.entries()) {
    const ctx = await actFor(run.ctx);
    const input = { key, name: name[locale], description: description[locale], rule };
    const id = known.get(key) ?? (await saveSegment(ctx, input, true)).id;
    await activateSegment(ctx, id, true);
    await write(ctx, (tx) => note(run, tx, { ...loaded, segments: index + 1 }));
  }
}
