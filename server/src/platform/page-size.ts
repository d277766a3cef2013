import { limits } from './limits.ts';
import { refused } from './refused.ts';

/**
 * The size of a page, 50 when not given.
 *
 * @throws {Refused} LIMIT_EXCEEDED outside of 1 to `max`.
 */
export function pageSize(first: number | null | undefined, max: number): number {
  const size = first ?? 50;
  if (size >= 1 && size <= max) return size;
  throw refused('LIMIT_EXCEEDED', { limit: max === limits.page ? 'page' : 'historyPage', max });
}
