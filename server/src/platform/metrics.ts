import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { RouteClass } from './http/route-class.ts';

/**
 * The measurements of this process, for `GET /metrics`. Labels take few values only: never a path, an id or a name, each of which
 * would become a time series of its own.
 */
export class Metrics {
  /** Where other parts of the server register what they measure. */
  readonly registry = new Registry();

  readonly #requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10, 30],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Counts one answered request. */
  observeRequest(route: RouteClass, status: number, seconds: number): void {
    this.#requests.observe({ route, status: `${Math.floor(status / 100)}xx` }, seconds);
  }
}
