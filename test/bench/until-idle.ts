import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchServer } from './bench-database.ts';

/**
 * Waits until no job waits or runs: who changes a segment is answered before everybody has been told.
 *
 * @throws {Error} when one has failed.
 */
export async function untilIdle({ asOwner }: BenchServer): Promise<void> {
  const left = () =>
    asOwner<{ status: string }>(`select status from job where status in ('QUEUED', 'RUNNING', 'FAILED') limit 1`);
  for (let [job] = await left(); job; [job] = await left()) {
    if (job.status === 'FAILED') throw new Error('A job failed');
    await sleep(50);
  }
}
