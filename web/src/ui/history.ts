/** A value with what it was before and what was undone. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** What the last step was about, so that a run of key strokes in one place is one step. */
  readonly topic: string | undefined;
}

/** So many steps can be undone. */
const longestPast = 500;

/** A value that nothing has happened to. */
export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], topic: undefined };
}

/** Takes a step; one about the same topic as the last continues it. */
export function record<T>(history: History<T>, next: T, topic?: string): History<T> {
  if (next === history.present) return history;
  if (topic !== undefined && topic === history.topic) return { ...history, present: next, future: [] };
  return { past: [...history.past, history.present].slice(-longestPast), present: next, future: [], topic };
}

/** Takes the last step back. */
export function undo<T>(history: History<T>): History<T> {
  if (history.past.length === 0) return history;
  const present = history.past.at(-1) as T;
  return { past: history.past.slice(0, -1), present, future: [history.present, ...history.future], topic: undefined };
}

/** Takes the step that was last undone again. */
export function redo<T>(history: History<T>): History<T> {
  if (history.future.length === 0) return history;
  const [present, ...future] = history.future as [T, ...T[]];
  return { past: [...history.past, history.present], present, future, topic: undefined };
}
