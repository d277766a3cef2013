import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { sentence } from '@kequn/rules';
import type { RequestContext } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import { cleanName, headBytes, isImage, kindOf } from './file-kind.ts';
import type { FileStore } from './file-store.ts';
import { badFile, readUpload, type Upload } from './read-upload.ts';

/** Where it is noted which files there are: what stands in the store can be found whatever happens. */
export interface FileBook {
  /** @throws {Refused} LIMIT_EXCEEDED where too much of the same sender waits already. */
  requireRoom(): Promise<void>;
  /** Notes that a file comes. */
  announce(file: { readonly id: string; readonly name: string; readonly mediaType: string }): Promise<void>;
  /** Notes that it is there. */
  complete(id: string, measure: { readonly bytes: number; readonly sha256: string }): Promise<void>;
  forget(id: string): Promise<void>;
}

/** What a file is uploaded for. */
export interface UploadTarget {
  readonly onlyImages: boolean;
  readonly mostBytes: number;
  readonly book: FileBook;
}

/** What whoever uploaded it is told of a file. */
export interface ReceivedFile {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  /** The media type that its bytes tell. */
  readonly type: string;
}

const words = {
  empty: sentence('文件是空的', 'The file is empty'),
  name: sentence('文件名应有扩展名', 'The name of a file needs an extension'),
  image: sentence('请选择 PNG、JPEG、GIF 或 WebP 图片', 'A picture is expected: PNG, JPEG, GIF or WebP'),
  broken: sentence('文件没有传完，请重试', 'The file did not arrive as a whole; please try again'),
} as const;

/**
 * Takes a file as it comes in, never as a whole in memory, and keeps it as one of nobody yet. What is refused, or breaks off, leaves nothing.
 *
 * @throws {Refused} VALIDATION_FAILED; LIMIT_EXCEEDED where it is too large, or too much waits already; UNAVAILABLE.
 */
export async function receiveFile(
  ctx: RequestContext,
  req: IncomingMessage,
  { target, store }: { readonly target: UploadTarget; readonly store: FileStore },
): Promise<ReceivedFile> {
  await target.book.requireRoom();
  const upload = await readUpload(req, target.mostBytes);
  try {
    return await keepFile(ctx, upload, { target, store });
  } catch (error) {
    upload.abandon();
    throw error;
  }
}

/**
 * Keeps a file of which the bytes come from wherever, as one of nobody yet. What is refused, or breaks off, leaves nothing.
 *
 * @throws {Refused} as `receiveFile`.
 */
export async function keepFile(
  ctx: RequestContext,
  { name: given, content, ended }: Pick<Upload, 'name' | 'content' | 'ended'>,
  { target, store }: { readonly target: UploadTarget; readonly store: FileStore },
): Promise<ReceivedFile> {
  const pieces = content[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  const head = await headOf(pieces);
  if (head.length === 0) throw badFile(words.empty);
  const type = await kindOf(head.subarray(0, headBytes));
  if (target.onlyImages && !isImage(type)) throw badFile(words.image);
  const name = cleanName(given, type);
  if (name === undefined) throw badFile(words.name);
  // Nobody can guess it, and it does not tell when it was made.
  const id = randomUUID();
  const { book, mostBytes } = target;
  await book.announce({ id, name, mediaType: type });
  try {
    // Of many that come at once each counts all that were announced.
    await book.requireRoom();
    const measure = { bytes: 0, hash: createHash('sha256') };
    await store.put(id, measured(head, pieces, { measure, mostBytes, ended }));
    const { bytes } = measure;
    await book.complete(id, { bytes, sha256: measure.hash.digest('hex') });
    return { id, name, bytes, type };
  } catch (error) {
    await forget(ctx, id, { book, store });
    throw error;
  }
}

/** What came of a file that is not to be kept; what cannot be taken away now is by the daily sweep, which knows it by its row. */
async function forget(
  ctx: RequestContext,
  id: string,
  { book, store }: { readonly book: FileBook; readonly store: FileStore },
): Promise<void> {
  try {
    await store.remove(id);
    await book.forget(id);
  } catch (error) {
    ctx.log.warn({ err: error, fileId: id }, 'what came of a file could not be taken away yet');
  }
}

async function headOf(pieces: AsyncIterator<Buffer>): Promise<Buffer> {
  const head: Buffer[] = [];
  for (let length = 0; length < headBytes;) {
    const { value, done } = await nextOf(pieces);
    if (done) break;
    head.push(value);
    length += value.length;
  }
  return Buffer.concat(head);
}

async function nextOf(pieces: AsyncIterator<Buffer>): Promise<IteratorResult<Buffer, undefined>> {
  try {
    return await pieces.next();
  } catch {
    throw badFile(words.broken);
  }
}

/** The file from its head on; it ends well only where all of the request did. */
async function* measured(
  head: Buffer,
  pieces: AsyncIterator<Buffer>,
  {
    measure,
    mostBytes,
    ended,
  }: {
    measure: { bytes: number; readonly hash: ReturnType<typeof createHash> };
    mostBytes: number;
    ended: Promise<void>;
  },
): AsyncIterable<Buffer> {
  for (let piece: Buffer | undefined = head; piece;) {
    measure.bytes += piece.length;
    measure.hash.update(piece);
    if (measure.bytes > mostBytes) throw refused('LIMIT_EXCEEDED', { limit: 'fileBytes', max: mostBytes });
    yield piece;
    const next: IteratorResult<Buffer, undefined> = await nextOf(pieces);
    piece = next.value;
  }
  await ended;
}
