import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Row, Rule } from '@kequn/rules';

/** A rule and a customer, with when and where it was asked, on which back ends once parted. */
export interface Counterexample {
  readonly rule: Rule;
  readonly row: Row;
  readonly at: string;
  readonly timeZone: string;
}

const file = path.join(import.meta.dirname, 'counterexamples.json');

/** All that were ever found: each stays a test. */
export function counterexamples(): readonly Counterexample[] {
  return JSON.parse(readFileSync(file, 'utf8')) as readonly Counterexample[];
}

/** Keeps one that was found. */
export function keepCounterexample({ rule, row, at, timeZone }: Counterexample): void {
  writeFileSync(file, `${JSON.stringify([...counterexamples(), { rule, row, at, timeZone }], null, 2)}\n`);
}
