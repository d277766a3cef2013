import type { RequestContext, Transactional } from '../platform/context.ts';
import { write } from '../platform/transaction.ts';
import { lowerDueTo, replaceDue } from './due.ts';
import { evaluatedPlaces } from './evaluate-customers.ts';
import { readingOfClock } from '../fields/readings.ts';

/**
 * Moves customers whom time alone moves by now, those due first at first, at most so many; gives how many it looked at. Only rules that
 * read the clock are asked of them. Whoever is being written just now is left for the next sweep, so that several servers can sweep at once.
 */
export async function sweepDue(ctx: RequestContext, limit: number): Promise<number> {
  return write(ctx, async (tx) => {
    const ids = await lockDue(tx, limit);
    if (ids.length === 0) return 0;
    const customers = ids.map((id) => ({ id, changed: new Set([readingOfClock]) }));
    const places = await evaluatedPlaces(tx, customers, { cause: 'TIME', at: await tx.clock.now(tx.manager) });
    await replaceDue(
      tx,
      places.map(({ customer, dueAt }) => ({ customerId: customer.id, dueAt })),
    );
    return ids.length;
  });
}

/** Makes everybody due now: what was decided in a future that the clock has left is not to stand. */
export async function callEverybody(ctx: RequestContext): Promise<void> {
  await write(ctx, async (tx) => {
    await lowerDueTo(tx, 'select id, $1::timestamptz from customer', [await tx.clock.now(tx.manager)]);
  });
}

async function lockDue(tx: Transactional<RequestContext>, limit: number): Promise<readonly string[]> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `select c.id from customer_due d join customer c on c.id = d.customer_id
      where d.due_at <= $1::timestamptz
      order by d.due_at limit $2 for no key update of c skip locked`,
    [await tx.clock.now(tx.manager), limit],
  );
  return rows.map(({ id }) => id);
}
