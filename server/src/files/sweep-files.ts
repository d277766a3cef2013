import type { RequestContext } from '../platform/context.ts';
import { alone } from '../platform/transaction.ts';
import type { FileStore } from './file-store.ts';

/** Files that are taken away at once. */
const BATCH = 100;

/** What is nobody's in each table of files, for longer than it may be. */
const tables = [
  {
    name: 'file',
    isLeft: `customer_id is null and submission_id is null and created_at < $1::timestamptz - interval '1 day'`,
  },
  { name: 'picture', isLeft: `unnamed_since < $1::timestamptz - interval '1 day'` },
] as const;

/**
 * Takes away the files that are marked, those that a day after they came are still of nobody, and the pictures that no form has named for a day:
 * their bytes first, then what is known of them, so that what fails is tried again. Gives how many.
 *
 * @throws {Refused} UNAVAILABLE where the store cannot be reached.
 */
export async function sweepFiles(ctx: RequestContext, store: FileStore): Promise<number> {
  let removed = 0;
  for (const table of tables) removed += await sweepTable(ctx, store, table);
  return removed;
}

async function sweepTable(
  ctx: RequestContext,
  store: FileStore,
  { name, isLeft }: (typeof tables)[number],
): Promise<number> {
  await alone(ctx, async (manager) => {
    const now = await ctx.clock.now(manager);
    // Marked first, by the statement that a save excludes: what is named in this moment stays.
    await manager.query(`update ${name} set removed_at = $1 where removed_at is null and ${isLeft}`, [now]);
  });
  for (let removed = 0; ;) {
    const ids = await alone(ctx, (manager) =>
      manager.query<{ id: string }[]>(
        `select id from ${name} where removed_at is not null order by removed_at limit $1`,
        [BATCH],
      ),
    );
    for (const { id } of ids) await store.remove(id);
    await alone(ctx, (manager) =>
      manager.query(`delete from ${name} where id = any($1::uuid[]) and removed_at is not null`, [
        ids.map(({ id }) => id),
      ]),
    );
    removed += ids.length;
    if (ids.length < BATCH) return removed;
  }
}
