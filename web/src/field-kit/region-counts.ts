/** How often a division of China was named, or one inside it. */
export interface RegionCount {
  readonly code: string;
  readonly count: number;
}

/** The places of a province in which there is something, the most frequent first; what was said of the province alone is told under its own code. */
export function placesIn(province: string, counts: readonly RegionCount[]): readonly RegionCount[] {
  const inside = counts.filter(({ code }) => code.slice(0, 2) === province.slice(0, 2) && code !== province);
  const all = counts.find(({ code }) => code === province)?.count ?? 0;
  const alone = all - inside.reduce((sum, { count }) => sum + count, 0);
  const places = alone > 0 ? [...inside, { code: province, count: alone }] : inside;
  return places.toSorted((a, b) => b.count - a.count);
}
