import type { ReadNote } from '../access-log/note-reads.ts';
import type { Context } from '../access/viewer.ts';
import { customerView } from '../customers/show-customer.ts';
import { selectCustomers } from '../fields/scoped-customers.ts';
import { findFiles, type StoredFile } from '../files/file-table.ts';
import type { Transactional } from '../platform/context.ts';
import { isUuid } from '../platform/uuid.ts';
import { selectAnswers } from '../submissions/read-answers.ts';
import { answerView } from '../submissions/show-answer.ts';

/** A file that the viewer may read, and what is to be noted before anything of it is told. */
export interface ReadableFile {
  readonly file: StoredFile;
  readonly reads: readonly ReadNote[];
}

/** What the viewer is shown of one customer or answer. */
interface Shown {
  readonly values: Readonly<Record<string, unknown>>;
  readonly reads: readonly ReadNote[];
}

/**
 * Those of these files that the viewer may read: who is shown the field that holds it, of the customer or of the answer that waits, or has
 * uploaded it for a customer who is yet to be saved. Others are as if they were not there.
 */
export async function readableFiles(
  tx: Transactional<Context>,
  ids: readonly string[],
): Promise<readonly ReadableFile[]> {
  const files = await findFiles(tx.manager, ids.filter(isUuid));
  const shown = new Map([...(await shownCustomers(tx, files)), ...(await shownAnswers(tx, files))]);
  return files.flatMap((file): ReadableFile[] => {
    const holder = file.customerId ?? file.submissionId;
    if (holder === null) return isOwn(tx, file) ? [{ file, reads: [] }] : [];
    const { values, reads = [] } = shown.get(holder) ?? {};
    if (values?.[file.fieldKey] !== file.id) return [];
    const ofField = reads.map((each) => ({
      ...each,
      fieldKeys: each.fieldKeys.filter((key) => key === file.fieldKey),
    }));
    return [{ file, reads: ofField }];
  });
}

function isOwn({ viewer }: Context, { createdBy }: StoredFile): boolean {
  return createdBy === viewer.user.id && !viewer.viewsAs;
}

async function shownCustomers(
  tx: Transactional<Context>,
  files: readonly StoredFile[],
): Promise<readonly [string, Shown][]> {
  const ids = [...new Set(files.flatMap(({ customerId }) => customerId ?? []))];
  if (ids.length === 0) return [];
  const view = await customerView(tx);
  const rows = await selectCustomers(tx, { ids }, ids.length);
  return rows.map(view).map(({ id, values, read }) => [id, { values, reads: [read] }]);
}

async function shownAnswers(
  tx: Transactional<Context>,
  files: readonly StoredFile[],
): Promise<readonly [string, Shown][]> {
  const ids = [...new Set(files.flatMap(({ customerId, submissionId }) => (customerId ? [] : (submissionId ?? []))))];
  if (ids.length === 0) return [];
  const answers = await selectAnswers(tx, { ids }, ids.length);
  const view = await answerView(tx, answers);
  return answers.map(view).map(({ id, values, reads }) => [id, { values, reads }]);
}
