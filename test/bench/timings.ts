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
  for (const input of inputs) {
    const started = performance.now();
    await work(input);
    spent.push(performance.now() - started);
  }
  const sorted = spent.toSorted((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!);
  return { what, times: inputs.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
