import type { FileStore } from './file-store.ts';

/** How long an answer stands: whoever watches the process may ask as often as they like. */
const STANDS_MS = 5_000;

/** Asks a store whether it has room for files, at most once in five seconds. */
export function roomForFiles(store: FileStore): () => Promise<boolean> {
  let answer: Promise<boolean> | undefined;
  let askedAt = 0;
  return () => {
    if (!answer || performance.now() - askedAt >= STANDS_MS) {
      askedAt = performance.now();
      answer = store.hasRoom();
    }
    return answer;
  };
}
