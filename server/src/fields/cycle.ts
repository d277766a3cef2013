/** The keys on the way from one to itself, that one first and last, by what each asks for; undefined where there is no such way. */
export function cycleOf(of: string, asksOf: (key: string) => Iterable<string>): readonly string[] | undefined {
  const seen = new Set<string>();
  function wayBack(key: string): readonly string[] | undefined {
    for (const asked of asksOf(key)) {
      if (asked === of) return [asked];
      if (seen.has(asked)) continue;
      seen.add(asked);
      const way = wayBack(asked);
      if (way) return [asked, ...way];
    }
    return undefined;
  }
  const way = wayBack(of);
  return way && [of, ...way];
}
