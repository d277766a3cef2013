import type { Section } from '../section.ts';
import { plainRow } from './scale-row.ts';

/** What this process holds: the server, and the bench that asks it. */
export const memorySection: Section = {
  name: 'scale-memory',
  about: 'memory of server and bench, which are one process',
  async run({ filled }) {
    await filled();
    const { rss, heapUsed } = process.memoryUsage();
    const { maxRSS } = process.resourceUsage();
    return [
      plainRow('resident, after everything before', megabytes(rss), '≤ 250 MB idle'),
      plainRow('heap in use', megabytes(heapUsed)),
      plainRow('resident at most, with making the customers', megabytes(maxRSS * 1_024)),
    ];
  },
};

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_048_576)} MB`;
}
