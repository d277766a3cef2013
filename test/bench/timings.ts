/** How long something took, over many times. */
export interface Timings {
  readonly what: string;
  readonly times: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Times work, one piece after another; `warmUps` of them are not counted. */
export async function timed<T>(
  what: string,
  inputs: readonly T[],
  work: (input: T) => Promise<unknown>,
  warmUps = 5,
): Promise<Timings> {
  for (const input of inputs.slice(0, warmUps)) await work(input);
  const spent: number[] = [];
  for (const input of inputs) spent.push(await millisecondsOf(() => work(input)));
  return summary(what, spent);
}

/** Something to time, over and over. */
export interface Piece {
  readonly what: string;
  work(): Promise<unknown>;
}

/** Times several pieces that take turns, so that a busy moment of the machine meets them all; the first rounds are not counted. */
export async function timedInTurns(
  pieces: readonly Piece[],
  times: number,
  warmUps: number,
): Promise<readonly Timings[]> {
  const spent = pieces.map((): number[] => []);
  for (let turn = -warmUps; turn < times; turn += 1) {
    for (const [index, { work }] of pieces.entries()) {
      const milliseconds = await millisecondsOf(work);
      if (turn >= 0) spent[index]!.push(milliseconds);
    }
  }
  return pieces.map(({ what }, index) => summary(what, spent[index]!));
}

/** Something that takes turns in blocks, since it has to be made ready before each. */
export interface BlockPiece extends Piece {
  ready(): Promise<unknown>;
}

/** The same of pieces that take turns block by block; the first times of each block are not counted. */
export async function timedInBlocks(
  pieces: readonly BlockPiece[],
  blocks: number,
  { times, warmUps }: { readonly times: number; readonly warmUps: number },
): Promise<readonly Timings[]> {
  const spent = pieces.map((): number[] => []);
  for (let block = 0; block < blocks; block += 1) {
    for (const [index, { ready, work }] of pieces.entries()) {
      await ready();
      for (let time = -warmUps; time < times; time += 1) {
        const milliseconds = await millisecondsOf(work);
        if (time >= 0) spent[index]!.push(milliseconds);
      }
    }
  }
  return pieces.map(({ what }, index) => summary(what, spent[index]!));
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function summary(what: string, spent: readonly number[]): Timings {
  const sorted = spent.toSorted((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!);
  return { what, times: spent.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** Timings beside what they are measured against. */
export interface ComparedTimings extends Timings {
  /** Of the medians. */
  readonly ratio: string;
  /** What is to be reached, if anything was set. */
  readonly goal: string;
}

/** Puts the ratio to other timings of the same run, and the goal, beside timings. */
export function compared(timings: Timings, to: Timings, goal = ''): ComparedTimings {
  return { ...timings, ratio: `${(timings.p50 / to.p50).toFixed(2)} ×`, goal };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
