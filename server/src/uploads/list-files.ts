import { noteReads } from '../access-log/note-reads.ts';
import type { Context } from '../access/viewer.ts';
import type { ReceivedFile } from '../files/receive-file.ts';
import { limits } from '../platform/limits.ts';
import { refused } from '../platform/refused.ts';
import { read } from '../platform/transaction.ts';
import { readableFiles } from './readable-files.ts';

/**
 * What is told of those of these files that the viewer may read.
 *
 * @throws {Refused} LIMIT_EXCEEDED for more than a page of them.
 */
export async function listFiles(ctx: Context, ids: readonly string[]): Promise<readonly ReceivedFile[]> {
  if (ids.length > limits.page) throw refused('LIMIT_EXCEEDED', { limit: 'page', max: limits.page });
  const found = await read(ctx, (tx) => readableFiles(tx, ids));
  await noteReads(
    ctx,
    found.flatMap(({ reads }) => reads),
  );
  return found.map(({ file: { id, name, bytes, mediaType } }) => ({ id, name, bytes, type: mediaType }));
}
