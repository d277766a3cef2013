import type { Row } from './json.ts';

/** The key under which a customer's row holds the keys of its segments, which no field may have. */
export const segmentsKey = 'segments';

/** A customer's row with the keys of the segments that the customer is a member of. */
export function withSegments(row: Row, keys: readonly string[]): Row {
  return { ...row, [segmentsKey]: keys };
}

/** The keys of the segments in a customer's row. */
export function segmentsIn(row: Row): readonly string[] {
  const keys = row[segmentsKey];
  return Array.isArray(keys) ? (keys as readonly string[]) : [];
}
