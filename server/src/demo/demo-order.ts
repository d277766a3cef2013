import type { Locale } from '@kequn/rules';

/** The kind of the job that loads the demo data. */
export const demoKind = 'demo.load';

/** What that job was asked to do. */
export interface DemoOrder {
  /** The language that names of segments, and texts of events, are taken in. */
  readonly locale: Locale;
  /** The day that the customers' dates are told from. */
  readonly today: string;
}
