import { Counter } from 'prom-client';
import type { Metrics } from './metrics.ts';

/** Which evaluations of rules are repeated by the reference engine, and how often the two agreed, for `GET /metrics`. */
export class SelfCheck {
  readonly #every: number;
  readonly #outcomes: Counter<'outcome'>;
  #left: number;

  /** @param every one evaluation in so many is repeated; 0: none. */
  constructor(every: number, { registry }: Metrics) {
    this.#every = every;
    this.#left = every;
    this.#outcomes = new Counter({
      name: 'rule_self_checks_total',
      help: 'Evaluations of rules that were repeated by the reference engine',
      labelNames: ['outcome'],
      registers: [registry],
    });
    for (const outcome of ['agrees', 'differs']) this.#outcomes.inc({ outcome }, 0);
  }

  /** Asked once for each evaluation: whether it is to be repeated. */
  isDue(): boolean {
    this.#left -= 1;
    if (this.#left > 0 || this.#every === 0) return false;
    this.#left = this.#every;
    return true;
  }

  /** Counts a repeated evaluation. */
  count(agrees: boolean): void {
    this.#outcomes.inc({ outcome: agrees ? 'agrees' : 'differs' });
  }
}
