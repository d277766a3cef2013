import type { JobKind } from '../jobs/job-kind.ts';
import { startJob } from '../jobs/start-job.ts';
import type { RequestContext } from '../platform/context.ts';
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
    let { done } = run;
    for (let afterId = run.cursor as string | null, isMore = true; isMore;) {
      await write(run.ctx, async (tx) => {
        const { fields } = await kept(tx, fieldCatalogue);
        const rows = await tx.manager.query<Record<string, unknown>[]>(
          `select ${customerColumns(fields)} from customer c where $1::uuid is null or c.id > $1 order by c.id limit $2 for no key update`,
          [afterId, STEP],
        );
        const customers = rows.map((row) => toCustomerRow(row, fields));
        await indexForSearch(
          tx.manager,
          fields,
          customers.map(({ id, values }) => ({ customerId: id, values: new Map(Object.entries(values)) })),
        );
        const [cursor, sum] = [customers.at(-1)?.id ?? afterId, done + customers.length];
        isMore = customers.length === STEP;
        if (!isMore) await tx.manager.query('update search_index set edition = $1', [searchEdition]);
        await run.advance(tx.manager, { done: sum, cursor, result: null });
        [afterId, done] = [cursor, sum];
      });
    }
  },
};
