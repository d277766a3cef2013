import type { JobKind, JobProgress } from '../jobs/job-kind.ts';
import { startJob } from '../jobs/start-job.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { write } from '../platform/transaction.ts';
import { fieldCatalogue } from './catalogue.ts';
import { indexForSearch } from './customer-search.ts';
import { customerColumns, toCustomerRow } from './customer-table.ts';
import { searchEdition } from './search-text.ts';

const KIND = 'search.rebuild';
/** Customers of one step. */
const STEP = 500;

/** Has everything that customers are found by made anew where it was made by other spelling rules than those of this program. */
export async function rebuildSearchIfOld(ctx: RequestContext): Promise<void> {
  await write(ctx, async (tx) => {
    // Several servers that start together wait here for each other; the first one starts the job.
    const [index] = await tx.manager.query<{ edition: number }[]>('select edition from search_index for update');
    if (index!.edition === searchEdition) return;
    const running = await tx.manager.query<unknown[]>(
      `select 1 from job where kind = $1 and status in ('QUEUED', 'RUNNING')`,
      [KIND],
    );
    if (running.length === 0) await startJob(tx, { kind: KIND, input: {}, total: null });
  });
}

/** The job. Customers that are saved meanwhile are indexed by their save. */
export const rebuildSearch: JobKind = {
  kind: KIND,
  async run(run) {
    let progress: JobProgress = run;
    for (let isMore = true; isMore;) {
      [progress, isMore] = await write(run.ctx, async (tx): Promise<[JobProgress, boolean]> => {
        const ids = await indexNext(tx, progress.cursor as string | null);
        const isLast = ids.length < STEP;
        if (isLast) await tx.manager.query('update search_index set edition = $1', [searchEdition]);
        const next = { done: progress.done + ids.length, cursor: ids.at(-1) ?? progress.cursor, result: null };
        await run.advance(tx.manager, next);
        return [next, !isLast];
      });
    }
  },
};

/** Indexes the customers after an id, under their locks: no save may come between reading and indexing. */
async function indexNext(tx: Transactional<RequestContext>, afterId: string | null): Promise<readonly string[]> {
  const { fields } = await kept(tx, fieldCatalogue);
  const rows = await tx.manager.query<Record<string, unknown>[]>(
    `select ${customerColumns(fields)} from customer c where $1::uuid is null or c.id > $1 order by c.id limit $2 for no key update`,
    [afterId, STEP],
  );
  const customers = rows.map((row) => toCustomerRow(row, fields));
  const values = customers.map((each) => ({ customerId: each.id, values: new Map(Object.entries(each.values)) }));
  await indexForSearch(tx.manager, fields, values);
  return customers.map(({ id }) => id);
}
