/** Chances that fall the same way each time from the same seed. */
export interface Dice {
  /** A whole number from one to another, both among them. */
  between(from: number, to: number): number;
  /** One of these; undefined where there are none. */
  one<T>(things: readonly T[]): T | undefined;
  /** Some of these in their order, at most so many; at least one where there is one. */
  some<T>(things: readonly T[], most: number): readonly T[];
}

/** Dice that begin with a text. */
export function diceOf(seed: string): Dice {
  const next = mulberry32(
    [...seed].reduce((hash, character) => Math.imul(hash ^ character.codePointAt(0)!, 16_777_619), 2_166_136_261),
  );
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    between,
    one: (things) => things[between(0, things.length - 1)],
    some(things, most) {
      const count = Math.min(things.length, between(1, most));
      const ranked = things.map((thing) => ({ thing, rank: next() }));
      const taken = new Set(ranked.toSorted((a, b) => a.rank - b.rank).slice(0, count));
      return ranked.filter((each) => taken.has(each)).map(({ thing }) => thing);
    },
  };
}

/** The generator of that name (Tommy Ettinger, public domain): numbers from 0 to below 1. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
