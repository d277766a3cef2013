/** Something that asks for membership in segments, by their keys. */
export interface Asking {
  readonly segmentKey: string;
  readonly asks: ReadonlySet<string>;
}

/** Puts what is asked for on an earlier level than what asks for it. What is not given, such as a paused segment, puts nothing off. */
export function inDependencyOrder<Rule extends Asking>(rules: readonly Rule[]): readonly (readonly Rule[])[] {
  const levels: Rule[][] = [];
  const placed = new Set<string>();
  let left = rules;
  while (left.length > 0) {
    const waitedFor = new Set(left.map(({ segmentKey }) => segmentKey));
    const next = left.filter(({ asks }) => [...asks].every((key) => placed.has(key) || !waitedFor.has(key)));
    if (next.length === 0) throw new Error(`Segments ask for each other: ${[...waitedFor].join(', ')}`);
    for (const { segmentKey } of next) placed.add(segmentKey);
    levels.push(next);
    left = left.filter((rule) => !next.includes(rule));
  }
  return levels;
}

/** Those that ask for membership in a segment, or in one that does, in dependency order. */
export function dependentsOf<Rule extends Asking>(
  levels: readonly (readonly Rule[])[],
  segmentKey: string,
): readonly Rule[] {
  const reached = new Set([segmentKey]);
  return levels.flat().filter(({ asks, segmentKey: own }) => {
    const depends = [...asks].some((key) => reached.has(key));
    if (depends) reached.add(own);
    return depends;
  });
}

/** The keys of the segments on the way from one to itself, that one first and last; undefined where there is no such way. */
export function cycleOf(segmentKey: string, asksOf: (key: string) => Iterable<string>): readonly string[] | undefined {
  const seen = new Set<string>();
  function wayBack(key: string): readonly string[] | undefined {
    for (const asked of asksOf(key)) {
      if (asked === segmentKey) return [asked];
      if (seen.has(asked)) continue;
      seen.add(asked);
      const way = wayBack(asked);
      if (way) return [asked, ...way];
    }
    return undefined;
  }
  const way = wayBack(segmentKey);
  return way && [segmentKey, ...way];
}
