import type { RequestContext } from '../platform/context.ts';
import { alone } from '../platform/transaction.ts';
import type { FileStore } from './file-store.ts';

/** Files that are taken away at once. */
const BATCH = 100;

/**
 * Takes away the files that are marked, and those that a day after they came are still of nobody: their bytes first, then what is known of them, so
 * that what fails is tried again. Gives how many.
 *
 * @throws {Refused} UNAVAILABLE where the store cannot be reached.
 */
export async function sweepFiles(ctx: RequestContext, store: FileStore): Promise<number> {
  await alone(ctx, async (manager) => {
    const now = await ctx.clock.now(manager);
    // Marked first, by the statement that a save excludes: what is named in this moment stays.
    await manager.query(
      `update file set removed_at = $1
        where customer_id is null and submission_id is null and removed_at is null and created_at < $1::timestamptz - interval '1 day'`,
      [now],
    );
  });
  for (let removed = 0; ;) {
    const ids = await alone(ctx, (manager) =>
      manager.query<{ id: string }[]>('select id from file where removed_at is not null order by removed_at limit $1', [
        BATCH,
      ]),
    );
    for (const { id } of ids) await store.remove(id);
    await alone(ctx, (manager) =>
      manager.query('delete from file where id = any($1::uuid[]) and removed_at is not null', [
        ids.map(({ id }) => id),
      ]),
    );
    removed += ids.length;
    if (ids.length < BATCH) return removed;
  }
}
