import { vi } from 'vitest';

/** What a look gives once it gives anything: parts that load late come in their own time on a busy machine. */
export function eventually<T>(look: () => T): Promise<NonNullable<Exclude<T, false>>> {
  return vi.waitUntil(look, { timeout: 10_000 }) as Promise<NonNullable<Exclude<T, false>>>;
}
