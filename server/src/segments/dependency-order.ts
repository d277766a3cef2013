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
