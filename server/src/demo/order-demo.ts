import { retail } from '@kequn/seeds';
import type { Locale } from '@kequn/rules';
import { recordAudit } from '../audit/audit.ts';
import type { Job } from '../jobs/job.ts';
import { startJob } from '../jobs/start-job.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { demoKind, type DemoOrder } from './demo-order.ts';

/** Whether the demo data may be loaded: there is no field, no customer, and nobody who is loading it already. */
export async function isEmpty({ manager }: Transactional<RequestContext>): Promise<boolean> {
  const [found] = await manager.query<{ any: boolean }[]>(
    `select exists (select from field) or exists (select from customer)
         or exists (select from job where kind = $1 and status in ('QUEUED', 'RUNNING')) as any`,
    [demoKind],
  );
  return !found!.any;
}

/** Orders the job that loads the demo data, for the actor of the transaction. */
export async function orderDemo(tx: Transactional<RequestContext>, locale: Locale): Promise<Job> {
  const { fields, segments, customers } = retail;
  const input: DemoOrder = { locale, today: await localDay(tx) };
  const total = fields.length + customers + eventsOf(input) + segments.length;
  const job = await startJob(tx, { kind: demoKind, input, total });
  await recordAudit(tx, { action: 'job.started', target: `job:${job.id}`, changes: { kind: demoKind, total } });
  return job;
}

/** How many events the customers have. */
function eventsOf({ today, locale }: DemoOrder): number {
  let events = 0;
  for (let n = 0; n < retail.customers; n += 1) events += retail.events(n, today, locale).length;
  return events;
}

/** Today in the organisation's zone, YYYY-MM-DD. */
async function localDay({ clock, manager, database: { timeZone } }: Transactional<RequestContext>): Promise<string> {
  const now = new Date(await clock.now(manager));
  // Sweden writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(now);
}
