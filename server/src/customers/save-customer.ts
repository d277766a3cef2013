import { momentAt, sentence } from '@kequn/rules';
import { requireCreation, rightsOf, type Rights } from '../access/gate.ts';
import { User } from '../access/user.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue, type FieldCatalogue } from '../fields/catalogue.ts';
import type { CustomerRow } from '../fields/customer-table.ts';
import { memberRestriction } from '../fields/restriction.ts';
import { rightsOnRow } from '../fields/scoped-customers.ts';
import { filesIn } from '../files/keep-files.ts';
import { compiledFor, formToFill } from '../forms/form-to-fill.ts';
import { recordSubmission } from '../forms/record-submission.ts';
import { readerWith } from '../forms/shown-layout.ts';
import type { Transactional } from '../platform/context.ts';
import { invalid, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { write } from '../platform/transaction.ts';
import { isGiven, isUuid } from '../platform/uuid.ts';
import { findSegments } from '../segments/find-segment.ts';
import type { Moves } from '../segments/places.ts';
import type { Segment } from '../segments/segment.ts';
import { brokenRules, takenValues } from './check-customer.ts';
import { answeredValues, checkFormSubmission } from './check-form-submission.ts';
import { activeUsersIn, checkSubmission } from './check-submission.ts';
import { changeOf, withFormulas } from './customer-change.ts';
import type { Customer, CustomerInput } from './customer.ts';
import { seenAfterwards } from './leave-scope.ts';
import { lockCustomer } from './lock-customer.ts';
import { customerView } from './show-customer.ts';
import { writeCustomers } from './write-customers.ts';

/** The saved customer as the viewer sees it, and the segments that the save moved it into and out of. */
export interface SavedCustomer {
  readonly customer: Customer;
  readonly entered: readonly Segment[];
  readonly left: readonly Segment[];
}

/**
 * Creates a customer, or changes one at the version that was read. Values, membership, history, audit and outbox are one transaction:
 * either all of it is there, or nothing. A customer may be moved out of what its writer sees only where that is asked for.
 *
 * @throws {Refused} VALIDATION_FAILED, FIELD_FORBIDDEN, NOT_FOUND, CONFLICT; FORBIDDEN to create without the right.
 */
export async function saveCustomer(ctx: Context, input: CustomerInput, leaveScope: boolean): Promise<SavedCustomer> {
  return write(ctx, (tx) => saveWithin(tx, input, { leaveScope }));
}

/** How a save differs from the usual. */
export interface SaveTerms {
  readonly leaveScope: boolean;
  /** The keys of the only fields that a new customer is asked for; not given: all that are required. */
  readonly asked?: ReadonlySet<string> | undefined;
  /** The answer that waits of which values are taken, with its files. */
  readonly submissionId?: string | undefined;
}

/**
 * The same within a transaction that does more.
 *
 * @throws {Refused} as `saveCustomer`.
 */
export async function saveWithin(
  tx: Transactional<Context>,
  input: CustomerInput,
  { leaveScope, asked, submissionId }: SaveTerms,
): Promise<SavedCustomer> {
  const before = isGiven(input.id) ? await lockCustomer(tx, input.id, input.version) : undefined;
  if (!before) await requireCreation(tx);
  const catalogue = await kept(tx, fieldCatalogue);
  const rights = before ? (await rightsOnRow(tx))(before) : await rightsOf(tx);
  const now = await tx.clock.now(tx.manager);
  const { changes, problems, submission } = await checked(tx, input, {
    before,
    catalogue,
    rights,
    now,
    asked,
    submissionId,
  });
  const owner = await checkedOwner(tx, rights, input.ownerId, before?.owner ?? null);
  const news = changeOf(before, { values: changes, owner, now }, catalogue);
  const [change = news] = await withFormulas(tx, [news], now);
  problems.push(...(await brokenRules(tx, change, problems)));
  problems.push(...(await takenValues(tx, change, problems)));
  if (problems.length > 0) throw invalid(problems);
  if (before && change.changed.length === 0 && !writesAnything(catalogue, rights)) return unchanged(tx, before);
  const [moves] = await writeCustomers(tx, [change], now);
  if (submission) await recordSubmission(tx, { ...submission, customerId: change.after.id });
  const seen = await seenAfterwards(tx, change, leaveScope);
  return { customer: (await customerView(tx))(seen), ...(await visibleMoves(tx, moves!, seen)) };
}

interface Surroundings {
  readonly before: CustomerRow | undefined;
  readonly catalogue: FieldCatalogue;
  readonly rights: Rights;
  readonly now: string;
  readonly asked: SaveTerms['asked'];
  readonly submissionId: SaveTerms['submissionId'];
}

/** What is wrong with an input, what it changes, and as what it is kept if a form was filled. */
async function checked(
  tx: Transactional<Context>,
  input: CustomerInput,
  { before, now, submissionId, ...known }: Surroundings,
) {
  const activeUsers = await activeUsersIn(tx, input.values, known.catalogue);
  const holder = { userId: tx.viewer.user.id, submissionId };
  const mayName = await filesIn(tx.manager, input.values, known.catalogue.fields, holder);
  const context = { ...known, activeUsers, mayName, before: before?.values };
  if (!isGiven(input.formId)) return { ...checkSubmission(input.values, context), submission: undefined };
  const filled = await formToFill(tx, input.formId, input.formVersion);
  const { rules } = known.catalogue;
  const reader = readerWith(known.rights, (key) => rules.fields.has(key));
  const form = await compiledFor(tx, filled, reader);
  const moment = momentAt(now, tx.database.timeZone);
  const { answered, ...outcome } = checkFormSubmission(input.values, { form, before, moment }, context);
  const submission = {
    formId: filled.form.id,
    formVersion: filled.version.number,
    at: now,
    values: answeredValues(answered),
    status: 'SAVED' as const,
    submittedBy: tx.viewer.user.id,
  };
  return { ...outcome, submission };
}

/** Whether the viewer could change anything of a customer: the saves of others, which changed nothing, make no version. */
function writesAnything({ fields }: FieldCatalogue, rights: Rights): boolean {
  return rights.may('owner', 'write') || fields.some(({ key }) => rights.may(key, 'write'));
}

async function unchanged(tx: Transactional<Context>, customer: CustomerRow): Promise<SavedCustomer> {
  return { customer: (await customerView(tx))(customer), entered: [], left: [] };
}

async function checkedOwner(
  tx: Transactional<Context>,
  rights: Rights,
  given: string | null | undefined,
  before: string | null,
): Promise<string | null> {
  if (given === undefined || given === before) return before;
  if (!rights.may('owner', 'write')) throw refused('FIELD_FORBIDDEN', { fields: ['owner'] });
  if (given === null) return null;
  const known = isUuid(given) && (await tx.manager.existsBy(User, { id: given, active: true }));
  if (!known)
    throw invalid([
      { path: 'owner', code: 'INVALID', message: sentence('没有这个在职用户', 'There is no such active user') },
    ]);
  return given.toLowerCase();
}

async function visibleMoves(
  tx: Transactional<Context>,
  moves: Moves,
  seen: CustomerRow,
): Promise<Pick<SavedCustomer, 'entered' | 'left'>> {
  const isRestricted = await memberRestriction(tx, (await rightsOnRow(tx))(seen));
  const [entered, left] = [moves.entered, moves.left].map((ids) => ids.filter((id) => !isRestricted(id)));
  const segments = await findSegments(tx, [...entered!, ...left!]);
  return { entered: segments.slice(0, entered!.length), left: segments.slice(entered!.length) };
}
