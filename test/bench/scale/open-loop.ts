import { setTimeout as sleep } from 'node:timers/promises';

/** What came of work that was started at fixed times. Milliseconds, latencies from the instant at which each piece was to start. */
export interface OpenLoop {
  readonly times: number;
  /** How many of them failed, such as by being refused in a moment with too much to do. */
  readonly failed: number;
  /** For how long pieces were started. */
  readonly took: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** The longest time in which no piece came to its end. */
  readonly stall: number;
}

/** Starts a piece of work every so many milliseconds, whether or not earlier ones have ended, for as long as something else takes. */
export async function inOpenLoop(
  work: () => Promise<void>,
  every: number,
  during: Promise<unknown>,
): Promise<OpenLoop> {
  const ended: { at: number; latency: number }[] = [];
  const pieces: Promise<void>[] = [];
  const started = performance.now();
  let failed = 0;
  const timed = async (intended: number) => {
    await work().catch(() => (failed += 1));
    const at = performance.now();
    ended.push({ at, latency: at - intended });
  };
  const state = { isOver: false };
  const watching = during.finally(() => (state.isOver = true));
  while (!state.isOver) {
    // A busy process wakes late: all that were to start meanwhile start at once.
    while (started + pieces.length * every <= performance.now()) pieces.push(timed(started + pieces.length * every));
    await sleep(1);
  }
  const took = performance.now() - started;
  await Promise.all([watching, ...pieces]);
  return { took, failed, ...latencies(ended, started) };
}

function latencies(
  ended: readonly { at: number; latency: number }[],
  started: number,
): Omit<OpenLoop, 'took' | 'failed'> {
  const sorted = ended.map(({ latency }) => latency).toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!;
  const ends = [started, ...ended.map((each) => each.at)];
  const gaps = ends.slice(1).map((end, index) => end - ends[index]!);
  return { times: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1), stall: Math.max(...gaps) };
}
