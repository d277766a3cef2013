import type { JobKind } from '../../jobs/job-kind.ts';
import { alone } from '../../platform/transaction.ts';
import { announce } from './announce.ts';
import { catchUpNext, scanNext } from './build.ts';
import { rebuildKind, rebuildOf, rebuildsBut } from './rebuild.ts';
import { abandon, retire } from './retire.ts';
import { swap } from './swap.ts';
import { tellNext } from './tell.ts';
import type { RebuildRun, TypeChanges } from './type-changes.ts';

/** After so many steps, where customers are saved as fast as they are caught up with, the rest is caught up while nobody writes. */
const STEPS_OF_CATCHING_UP = 1_000;

/**
 * Changes, among many customers, by what segments divide them, while customers are saved: announce, scan, catch up, swap, tell, retire.
 * Present members stay readable until the swap. Cancelled before it, everything stays as it is; after it the job goes to its end.
 */
export function rebuildSegments(typeChanges: TypeChanges): JobKind {
  return {
    kind: rebuildKind,
    run: (run) => rebuild({ ...run, typeChanges }),
    abandon: (ctx, jobId) => abandon(ctx, jobId, typeChanges),
  };
}

async function rebuild(run: RebuildRun): Promise<void> {
  await finishOthers(run);
  const begun = await alone(run.ctx, (manager) => rebuildOf(manager, run.jobId));
  if (!begun) {
    if (run.isDecided) return;
    await announce(run);
  }
  while (await scanNext(run));
  for (let steps = 0; steps < STEPS_OF_CATCHING_UP && (await catchUpNext(run)); steps += 1);
  await swap(run);
  await tellAndRetire(run);
}

/** Whatever a job that died has begun comes to its end first: there is one rebuild at a time. */
async function finishOthers(run: RebuildRun): Promise<void> {
  for (const { id, state } of await alone(run.ctx, (manager) => rebuildsBut(manager, run.jobId))) {
    if (state === 'BUILDING') await abandon(run.ctx, id, run.typeChanges);
    else await tellAndRetire({ ...run, jobId: id });
  }
}

async function tellAndRetire(run: RebuildRun): Promise<void> {
  while (await tellNext(run));
  await retire(run.ctx, run.jobId, run.typeChanges);
}
