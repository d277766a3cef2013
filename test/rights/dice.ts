/** A source of chances that gives the same for the same seed. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A number from 0 to under 1 (mulberry32). */
  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Whether something happens that happens so often. */
  chance(share: number): boolean {
    return this.roll() < share;
  }

  /** A whole number under another. */
  under(count: number): number {
    return Math.floor(this.roll() * count);
  }

  one<T>(list: readonly T[]): T {
    return list[this.under(list.length)]!;
  }

  /** So many of a list, maybe the same twice. */
  some<T>(list: readonly T[], most: number): T[] {
    return Array.from({ length: this.under(most + 1) }, () => this.one(list));
  }
}
