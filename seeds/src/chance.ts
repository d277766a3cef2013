/** Chance that is the same at every run: what it gives depends on the seed alone. */
export interface Chance {
  /** From 0 to 1. */
  number(): number;
  /** Around 0, most within 2. */
  normal(): number;
  isBelow(probability: number): boolean;
  between(low: number, high: number): number;
  whole(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  /** One of the things, the more often the greater its weight. */
  weighted<T>(things: readonly (readonly [T, number])[]): T;
  /** Those that came out, each by a probability of its own. */
  some<T>(things: readonly (readonly [T, number])[]): T[];
}

/** The chance of a seed. */
export function chanceOf(seed: number): Chance {
  const number = mulberry32(seed);
  const between = (low: number, high: number) => low + number() * (high - low);
  const whole = (low: number, high: number) => Math.floor(between(low, high + 1));
  return {
    number,
    // The sum of twelve even ones is as good as normal.
    normal: () => Array.from({ length: 12 }, number).reduce((sum, each) => sum + each, -6),
    isBelow: (probability) => number() < probability,
    between,
    whole,
    pick: (list) => list[whole(0, list.length - 1)]!,
    weighted(things) {
      let left = number() * things.reduce((sum, [, weight]) => sum + weight, 0);
      return (things.find(([, weight]) => (left -= weight) < 0) ?? things[0]!)[0];
    },
    some: (things) => things.filter(([, probability]) => number() < probability).map(([thing]) => thing),
  };
}

function mulberry32(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
