import type { FieldDefinition, Json } from '@kequn/rules';

/** One value with how often it was answered. */
export interface ValueCount {
  readonly value: Json;
  readonly count: number;
}

/** The same as a bar: in percent of the longest, and as a part of those who answered; null where their number is not told. */
export interface ValueBar extends ValueCount {
  readonly width: number;
  readonly share: number | null;
}

/** The bars of a question: ratings in their order, everything else by how often it was answered, as it comes. */
export function barsOf(
  counts: readonly ValueCount[],
  { field, filled }: { readonly field: Pick<FieldDefinition, 'type'>; readonly filled: number | null },
): readonly ValueBar[] {
  const most = Math.max(1, ...counts.map(({ count }) => count));
  const ordered = field.type === 'RATING' ? counts.toSorted((a, b) => Number(a.value) - Number(b.value)) : counts;
  return ordered.map(({ value, count }) => ({
    value,
    count,
    width: (count / most) * 100,
    share: filled === null || filled === 0 ? null : count / filled,
  }));
}
