import type { Row } from '@kequn/rules';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { readingOfSegment } from '../fields/readings.ts';
import type { LiveRule } from './live-rules.ts';

/** A customer as it has just been written, in the transaction that holds its lock. */
export interface WrittenCustomer {
  readonly id: string;
  /** Undefined where only events were written: rules are then asked in Postgres. */
  readonly row?: Row | undefined;
  /** What changed of it, as `LiveRule.reads` names it; undefined for a new customer. */
  readonly changed?: ReadonlySet<string> | undefined;
  /** When time alone next changes what a formula computes of it; null where it never does. */
  readonly dueAt?: string | null | undefined;
}

/** The ids of the segments that a customer was moved into and out of. */
export interface Moves {
  readonly entered: readonly string[];
  readonly left: readonly string[];
}

/** Which segments a written customer is in, as one rule after the other is asked. */
export class Place {
  readonly customer: WrittenCustomer;
  readonly #changed: Set<string> | undefined;
  /** The key of the segment by generation. */
  readonly #segments: Map<string, string>;
  readonly #moves = { entered: [] as string[], left: [] as string[] };
  #dueAt: string | null = null;

  constructor(customer: WrittenCustomer, segments: Map<string, string>) {
    this.customer = customer;
    this.#changed = customer.changed && new Set(customer.changed);
    this.#segments = segments;
    this.expect(customer.dueAt ?? null);
  }

  get isNew(): boolean {
    return this.#changed === undefined;
  }

  get moves(): Moves {
    return this.#moves;
  }

  /** When time alone next changes what one of the rules and formulas says that were asked; null where it never does. */
  get dueAt(): string | null {
    return this.#dueAt;
  }

  /** The keys of the segments that the customer is in by now. */
  get segmentKeys(): readonly string[] {
    return [...this.#segments.values()];
  }

  isIn({ generationId }: LiveRule): boolean {
    return this.#segments.has(generationId);
  }

  /** Whether a rule could now say something else than before: others need not be asked. */
  concerns({ reads }: LiveRule): boolean {
    if (!this.#changed) return true;
    for (const reading of this.#changed) if (reads.has(reading)) return true;
    return false;
  }

  /** Notes when time alone changes what a rule says. */
  expect(change: string | null): void {
    if (change !== null && (this.#dueAt === null || change < this.#dueAt)) this.#dueAt = change;
  }

  /** Notes that the customer came into a segment or went out of it, which is a change for what asks for membership in it. */
  move({ generationId, segmentId, segmentKey }: LiveRule, comes: boolean): void {
    if (comes) this.#segments.set(generationId, segmentKey);
    else this.#segments.delete(generationId);
    this.#moves[comes ? 'entered' : 'left'].push(segmentId);
    this.#changed?.add(readingOfSegment(segmentKey));
  }
}

/**
 * Where written customers are before rules are asked. They are locked and no rule can change meanwhile, hence nobody else moves them, and
 * only what differs need be written.
 */
export async function placesOf(
  tx: Transactional<RequestContext>,
  customers: readonly WrittenCustomer[],
  keys: ReadonlyMap<string, string>,
): Promise<readonly Place[]> {
  const known = customers.filter(({ changed }) => changed).map(({ id }) => id);
  const rows = known.length === 0 ? [] : await selectGenerations(tx, known);
  const byId = new Map(rows.map(({ id, generations }) => [id, generations]));
  return customers.map((customer) => {
    const generations = byId.get(customer.id) ?? [];
    return new Place(customer, new Map(generations.map((generation) => [generation, keys.get(generation) ?? ''])));
  });
}

function selectGenerations({ manager }: Transactional<RequestContext>, ids: readonly string[]) {
  return manager.query<{ id: string; generations: string[] }[]>(
    `select customer_id as id, array_agg(generation_id) as generations
       from membership where customer_id = any($1::uuid[]) group by customer_id`,
    [ids],
  );
}
