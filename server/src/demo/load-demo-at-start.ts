import { setTimeout as sleep } from 'node:timers/promises';
import { builtInRoles } from '../access/role.ts';
import { Job } from '../jobs/job.ts';
import type { RequestContext } from '../platform/context.ts';
import { alone, change } from '../platform/transaction.ts';
import { isEmpty, orderDemo } from './order-demo.ts';

/** Between two looks at whether it is done. */
const LOOK_MS = 100;

/** Orders the demo data for the first administrator of an empty system; of any other nothing changes, and null is given. */
export async function loadDemoAtStart(system: RequestContext): Promise<Job | null> {
  const actorId = await firstAdministrator(system);
  if (actorId === null) return null;
  return change({ ...system, actorId }, async (tx) => ((await isEmpty(tx)) ? orderDemo(tx, system.locale) : null));
}

async function firstAdministrator(system: RequestContext): Promise<string | null> {
  const [first] = await alone(system, (manager) =>
    manager.query<{ id: string }[]>(
      `select u.id from app_user u join user_role r on r.user_id = u.id
        where u.active and r.role_id = $1 order by u.id limit 1`,
      [builtInRoles.administrator],
    ),
  );
  return first?.id ?? null;
}

/** Waits until it has ended, well or not, or until the server does. */
export async function demoEnd({ database, log }: RequestContext, { id }: Job): Promise<void> {
  while (database.source.isInitialized) {
    // A database that is away is waited for, as the job does.
    const job = await database.source.manager.findOneBy(Job, { id }).catch(() => null);
    if (job?.finishedAt) {
      if (job.status !== 'SUCCEEDED') log.error({ jobId: id, reason: job.error?.en }, 'the demo data was not loaded');
      return;
    }
    await sleep(LOOK_MS);
  }
}
