/** Something that is fast enough to be timed in bulk: runs over all its inputs and gives what it found. */
export type Pass = () => number;

const ROUNDS = 7;
const ROUND_MS = 300;

/**
 * How many operations a second each of several passes makes, `size` being those of one: the median of rounds in which all take turns,
 * so that a busy moment of the machine meets them all.
 */
export function operationsPerSecond(passes: readonly Pass[], size: number): readonly number[] {
  for (const pass of passes) round(pass, size);
  const rounds = Array.from({ length: ROUNDS }, () => passes.map((pass) => round(pass, size)));
  return passes.map((_, index) => median(rounds.map((rates) => rates[index]!)));
}

function round(pass: Pass, size: number): number {
  const started = performance.now();
  let passes = 0;
  let spent = 0;
  do {
    pass();
    passes += 1;
    spent = performance.now() - started;
  } while (spent < ROUND_MS);
  return (passes * size * 1_000) / spent;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}
