import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Removes a test's folder, where a Postgres that was just stopped or killed may still be writing its last file. What cannot be removed
 * stays in the temporary folder: that is no failure of what was tested.
 */
export async function removeFolder(folder: string): Promise<void> {
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    try {
      await rm(folder, { recursive: true, force: true });
      return;
    } catch {
      await sleep(100 * attempt);
    }
  }
}
