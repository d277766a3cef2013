/** A list with one of its items moved to another place; a place beyond an end is the end. */
export function moved<Item>(list: readonly Item[], from: number, to: number): readonly Item[] {
  const item = list[from];
  const place = Math.max(0, Math.min(list.length - 1, to));
  if (item === undefined || place === from) return list;
  return list.toSpliced(from, 1).toSpliced(place, 0, item);
}

/** A list of which only a part is seen, after that part was put into another order: what is not seen stays at its very place. */
export function reorderedWithin<Item>(all: readonly Item[], seen: readonly Item[]): readonly Item[] {
  const isSeen = new Set(seen);
  const next = seen.values();
  return all.map((item) => (isSeen.has(item) ? (next.next().value as Item) : item));
}
