import type { Timings } from '../timings.ts';

/** One line of the tables of `bench:scale`. */
export interface ScaleRow {
  readonly what: string;
  readonly measured: string;
  /** The best SQL that one would write by hand for the same work. */
  readonly 'SQL by hand': string;
  /** Of what was measured to the SQL by hand. */
  readonly ratio: string;
  /** What is to be reached, if anything was set. */
  readonly goal: string;
}

/** Medians of a client's calls beside those of SQL by hand, if there is any. */
export function callsRow(measured: Timings, byHand: Timings | undefined, goal = ''): ScaleRow {
  return {
    what: measured.what,
    measured: inWords(measured),
    'SQL by hand': byHand ? inWords(byHand) : '',
    ratio: byHand ? ratio(measured.p50, byHand.p50) : '',
    goal,
  };
}

/** Two times, in milliseconds, of something that is done once. */
export function timesRow(what: string, measured: number, byHand: number, goal = ''): ScaleRow {
  return { what, measured: seconds(measured), 'SQL by hand': seconds(byHand), ratio: ratio(measured, byHand), goal };
}

/** Something that no SQL does. */
export function plainRow(what: string, measured: string, goal = ''): ScaleRow {
  return { what, measured, 'SQL by hand': '', ratio: '', goal };
}

/** Milliseconds as seconds. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** How many times one amount is another. */
export function ratio(one: number, other: number): string {
  return `${(one / other).toFixed(2)} ×`;
}

function inWords({ p50, p99, times }: Timings): string {
  return times === 1 ? seconds(p50) : `p50 ${p50} ms, p99 ${p99} ms`;
}
