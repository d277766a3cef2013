import type { FileStore } from './file-store.ts';

/** How long an answer stands: whoever watches the process may ask as often as they like. */
const STANDS_MS = 5_000;

/** Asks a store whether it has room for files: at most once in five seconds, and not again before it has answered. */
export function roomForFiles(store: FileStore): () => Promise<boolean> {
  let answer: Promise<boolean> | undefined;
  let staleAt = Infinity;
  return () => {
    if (!answer || performance.now() >= staleAt) {
      staleAt = Infinity;
      answer = store.hasRoom().finally(() => {
        staleAt = performance.now() + STANDS_MS;
      });
    }
    return answer;
  };
}
