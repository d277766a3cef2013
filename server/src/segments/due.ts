import type { RequestContext, Transactional } from '../platform/context.ts';

/** When time alone next moves a customer; null where it never does. */
export interface Due {
  readonly customerId: string;
  readonly dueAt: string | null;
}

/** Notes of customers, whose rows the caller has locked, that they are due by then, or earlier where they are already. */
export async function lowerDue(tx: Transactional<RequestContext>, dues: readonly Due[]): Promise<void> {
  const timed = dues.filter(({ dueAt }) => dueAt !== null);
  if (timed.length > 0) await lowerDueTo(tx, given, columnsOf(timed));
}

/** The same of what a statement gives: the ids of customers, and when they are due or NULL. */
export async function lowerDueTo(
  { manager }: Transactional<RequestContext>,
  statement: string,
  parameters: readonly unknown[],
): Promise<void> {
  await manager.query(
    `insert into customer_due (customer_id, due_at)
     select id, due_at from (${statement}) as found (id, due_at) where due_at is not null order by id
     on conflict (customer_id) do update set due_at = excluded.due_at where excluded.due_at < customer_due.due_at`,
    [...parameters],
  );
}

/** Puts the next due times of customers, all of whose rules that read the clock have been asked, in the place of the former ones. */
export async function replaceDue(tx: Transactional<RequestContext>, dues: readonly Due[]): Promise<void> {
  await tx.manager.query(
    `update customer_due d set due_at = found.due_at from (${given}) as found (id, due_at)
      where d.customer_id = found.id and found.due_at is not null`,
    columnsOf(dues),
  );
  await forgetDue(
    tx,
    dues.filter(({ dueAt }) => dueAt === null).map(({ customerId }) => customerId),
  );
}

/** Time moves these customers no more. */
export async function forgetDue({ manager }: Transactional<RequestContext>, customerIds: readonly string[]) {
  if (customerIds.length === 0) return;
  await manager.query('delete from customer_due where customer_id = any($1::uuid[])', [customerIds]);
}

const given = 'select * from unnest($1::uuid[], $2::timestamptz[])';

function columnsOf(dues: readonly Due[]): readonly [string[], (string | null)[]] {
  return [dues.map(({ customerId }) => customerId), dues.map(({ dueAt }) => dueAt)];
}
