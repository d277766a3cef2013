import { sentence, systemFields, type FieldDefinition, type Value } from '@kequn/rules';
import { noteReads } from '../access-log/note-reads.ts';
import { requireCapability, rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { recordAudit } from '../audit/audit.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { SubmissionStatus } from '../forms/record-submission.ts';
import type { Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { alone, read } from '../platform/transaction.ts';
import { matchingQuery, type AnswerMatchInput } from '../submissions/answer-match.ts';
import { keysEverAsked } from '../submissions/answered-versions.ts';
import { requireForm } from '../submissions/list-submissions.ts';
import { selectAnswers } from '../submissions/read-answers.ts';
import { answerView } from '../submissions/show-answer.ts';
import type { StoredAnswer } from '../submissions/submission.ts';
import { isOfType } from '../submissions/value-of-type.ts';
import { rightsOnAnswers } from '../submissions/visible-answers.ts';
import { cellWriter, type Cell } from './cells.ts';
import type { Table } from './table-files.ts';

/** Answers that are read at once. */
const PAGE = 1_000;

const words = {
  at: sentence('提交时间', 'Time'),
  version: sentence('表单版本', 'Version of the form'),
  by: sentence('填写人', 'Filled by'),
  status: sentence('状态', 'Status'),
  customer: sentence('客户编号', 'Customer id'),
} as const;

const anybody = sentence('公开填写', 'public');

const statuses: Readonly<Record<SubmissionStatus, ReturnType<typeof sentence>>> = {
  SAVED: sentence('已存为客户', 'saved'),
  REVIEW: sentence('待确认', 'to review'),
  DISMISSED: sentence('已忽略', 'dismissed'),
};

/** Which answers to a form an export is asked for. */
export interface AnswersOrder {
  readonly formId: string;
  readonly matching: AnswerMatchInput;
}

/**
 * Exports the answers to a form that match, newest first, page by page: each page with the rights that its caller has then, whom `caller` tells. What may
 * not be read of an answer is left empty. Needs EXPORT; that it was done is recorded first.
 *
 * @throws {Refused} FORBIDDEN without EXPORT, NOT_FOUND, RULE_INVALID, FIELD_FORBIDDEN, LIMIT_EXCEEDED, VALIDATION_FAILED; the same while it goes on,
 * UNAUTHENTICATED when the session has ended.
 */
export async function exportSubmissions(
  ctx: Context,
  order: AnswersOrder,
  caller: () => Promise<Context>,
): Promise<Table> {
  const { formId, matching } = order;
  const columns = await read(ctx, async (tx) => {
    const exported = await exportedColumns(tx, formId);
    await matchingQuery(tx, formId, matching);
    return exported;
  });
  const keys = columns.map(({ key }) => key);
  const entry = { action: 'submissions.exported', target: `form:${formId.toLowerCase()}`, changes: { columns: keys } };
  await alone(ctx, (manager) => recordAudit({ ...ctx, manager }, entry));
  const header = [
    ...Object.values(words).map((name) => name[ctx.locale]),
    ...columns.map(({ label, labels }) => labels[ctx.locale] ?? label),
  ];
  return { header, rows: exportedRows(order, keys, caller) };
}

/** The fields that stand on any version of the form and that the viewer may export of some customer. */
async function exportedColumns(tx: Transactional<Context>, formId: string): Promise<readonly FieldDefinition[]> {
  await requireCapability(tx, 'EXPORT');
  await requireForm(tx, formId);
  const rights = await rightsOf(tx);
  const placed = await keysEverAsked(tx, formId);
  const { fields } = await kept(tx, fieldCatalogue);
  return fields.filter(({ key, archived }) => placed.has(key) && !archived && rights.may(key, 'export'));
}

async function* exportedRows(
  order: AnswersOrder,
  keys: readonly string[],
  caller: () => Promise<Context>,
): AsyncIterable<Cell[]> {
  for (let beforeId: string | undefined, isMore = true; isMore;) {
    const ctx = await caller();
    const page = await read(ctx, (tx) => readPage(tx, { ...order, keys, beforeId }));
    await noteReads(ctx, page.told);
    yield* page.rows;
    beforeId = page.lastId;
    isMore = page.rows.length === PAGE;
  }
}

interface PageOrder extends AnswersOrder {
  /** The keys of the columns, in their order. */
  readonly keys: readonly string[];
  readonly beforeId: string | undefined;
}

async function readPage(tx: Transactional<Context>, { formId, matching, keys, beforeId }: PageOrder) {
  const open = new Map((await exportedColumns(tx, formId)).map((field) => [field.key, field]));
  const found = await selectAnswers(tx, { ...(await matchingQuery(tx, formId, matching)), beforeId }, PAGE);
  const rightsOn = await rightsOnAnswers(tx, found);
  const write = await cellWriter(
    tx,
    found.map(({ values }) => values),
  );
  // An answer stays what it was when its field becomes another.
  const asAnswered = (field: FieldDefinition, value: Value) =>
    value === null || isOfType(field, value) ? write(field, value) : [value].flat().join('; ');
  const head = await headWriter(tx);
  const rows = found.map((answer): Cell[] => {
    const rights = rightsOn(answer);
    const cellOf = (field: FieldDefinition | undefined) =>
      field && rights.may(field.key, 'export') ? asAnswered(field, answer.values[field.key] ?? null) : null;
    return [...head(answer), ...keys.map((key) => cellOf(open.get(key)))];
  });
  const view = await answerView(tx, found, 'export');
  return { rows, told: found.flatMap((answer) => view(answer).reads), lastId: found.at(-1)?.id };
}

/** Writes what is told of an answer beside its values. */
async function headWriter(tx: Transactional<Context>): Promise<(answer: StoredAnswer) => Cell[]> {
  const { users } = (await kept(tx, fieldCatalogue)).rules;
  const write = await cellWriter(tx, []);
  return ({ at, formVersion, submittedBy, status, customerId }) => [
    write(instantField, at),
    formVersion,
    submittedBy === null ? anybody[tx.locale] : (users.get(submittedBy) ?? null),
    statuses[status][tx.locale],
    customerId,
  ];
}

const instantField = systemFields.find(({ key }) => key === 'created_at')!;
