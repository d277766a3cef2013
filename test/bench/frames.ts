import type { Browser, Page } from '@playwright/test';

/** What the page's own thread did without letting a frame come between, in milliseconds. */
export interface Stretch {
  /** By the clock: what else the machine does counts, too. */
  readonly lasted: number;
  /** Of the processor. */
  readonly worked: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds, of the clock and of the thread. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

const categories = ['__metadata', 'toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];

/** What a page did while something was done to it and for a moment after, stretch by stretch, from the browser's own trace. */
export async function stretchesWhile(
  browser: Browser,
  page: Page,
  act: () => Promise<void>,
): Promise<readonly Stretch[]> {
  await browser.startTracing(page, { categories });
  await act();
  await page.waitForTimeout(SETTLING_MS);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return traceEvents
    .filter(({ name, ph, pid, tid }) => name === 'RunTask' && ph === 'X' && threads.has(`${pid} ${tid}`))
    .map(({ dur = 0, tdur = 0 }) => ({ lasted: dur / 1_000, worked: tdur / 1_000 }));
}

/** What is still drawn after an act belongs to it. */
const SETTLING_MS = 500;

/** Stretches as a row of a table: a frame cannot come while one lasts. */
export function stretchesRow(what: string, stretches: readonly Stretch[]): object {
  const longest = (of: keyof Stretch): number => Math.max(0, ...stretches.map((each) => each[of]));
  const round = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;
  return {
    what,
    longest: round(longest('lasted')),
    'of the processor': round(longest('worked')),
    'over 50 ms': stretches.filter(({ lasted }) => lasted > 50).length,
    goal: '0 over 50 ms',
  };
}
