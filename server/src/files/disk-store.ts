import { randomUUID } from 'node:crypto';
import * as nodeFiles from 'node:fs/promises';
import path from 'node:path';
import { refused } from '../platform/refused.ts';
import type { FileStore } from './file-store.ts';

/** What the store asks of a file system. */
export type FileSystem = Pick<typeof nodeFiles, 'mkdir' | 'open' | 'rename' | 'rm'>;

/** What is told where a disk takes no more, or no longer works. */
const TROUBLE = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EMFILE', 'ENFILE', 'EACCES']);

/** Files in a folder, in folders of two levels by the end of their ids, of which the beginning tells the time. */
export function diskStore(root: string, system: FileSystem = nodeFiles): FileStore {
  const placeOf = (id: string) => path.join(root, id.slice(-2), id.slice(-4, -2), id);
  return {
    async put(id, content) {
      const place = placeOf(id);
      const part = `${place}.part`;
      try {
        await system.mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
        await writeWhole(system, part, content);
        await system.rename(part, place);
        await synchronise(system, path.dirname(place));
      } catch (error) {
        await system.rm(part, { force: true }).catch(() => undefined);
        throw asRefusal(error);
      }
    },
    async get(id) {
      try {
        return (await system.open(placeOf(id), 'r')).createReadStream();
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null;
        throw asRefusal(error);
      }
    },
    async remove(id) {
      try {
        for (const place of [placeOf(id), `${placeOf(id)}.part`]) await system.rm(place, { force: true });
      } catch (error) {
        throw asRefusal(error);
      }
    },
    async hasRoom() {
      // Another process may try the same folder at the same time.
      const trial = path.join(root, `trial-${randomUUID()}`);
      try {
        await system.mkdir(root, { recursive: true, mode: 0o700 });
        await writeWhole(system, trial, trialContent());
        return true;
      } catch {
        return false;
      } finally {
        await system.rm(trial, { force: true }).catch(() => undefined);
      }
    },
  };
}

/** What a disk that takes files has room for. */
async function* trialContent(): AsyncIterable<Uint8Array> {
  yield Buffer.alloc(65_536);
}

async function writeWhole(system: FileSystem, place: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await system.open(place, 'wx', 0o600);
  try {
    for await (const piece of content) await handle.writeFile(piece);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A name outlasts a power cut once its folder is written. */
async function synchronise(system: FileSystem, folder: string): Promise<void> {
  const handle = await system.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function asRefusal(error: unknown): unknown {
  return TROUBLE.has(codeOf(error)) ? refused('UNAVAILABLE', { retryAfter: 60 }) : error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
