/**
 * When something holds, as a decision diagram: it asks one variable after the other, in the order of their levels, each time taking the
 * branch of the class that the variable's value is in. What holds alike is the same number.
 */
export type Diagram = number;

/** Holds for no values. */
export const NEVER: Diagram = 0;

/** Holds whatever the values. */
export const ALWAYS: Diagram = 1;

/** Branches that one analysis may make of others, and those that it may compare: some milliseconds each. */
const MADE = 25_000;
const COMPARED = 100_000;

/** Levels from here on are of what was not worked out. */
const UNSOLVED = 1 << 20;

const PAIR = 2 ** 26;

/** All diagrams of one analysis. What would take too long becomes a variable of its own, about which nothing is known. */
export class Diagrams {
  readonly #levels: number[] = [Infinity, Infinity];
  readonly #branches: (readonly Diagram[])[] = [[], []];
  /** Diagrams by a number that is told by their level and branches; few have the same. */
  readonly #known = new Map<number, Diagram[]>();
  /** The first branch of each that always holds, and that never does; -1 where there is none. */
  readonly #firsts: (readonly [always: number, never: number])[] = [];
  readonly #negated = new Map<Diagram, Diagram>([
    [NEVER, ALWAYS],
    [ALWAYS, NEVER],
  ]);
  readonly #both = new Map<number, Diagram>();
  readonly #implied = new Map<number, boolean>();
  #unsolved = UNSOLVED;
  #made = 0;
  #compared = 0;

  /** What asks the variable of a level first; the branches ask only later levels. */
  ask(level: number, branches: readonly Diagram[]): Diagram {
    const [first] = branches;
    if (branches.every((branch) => branch === first)) return first!;
    const key = branches.reduce((hash, branch) => (Math.imul(hash, 31) + branch) | 0, level);
    const alike = this.#known.get(key) ?? [];
    const known = alike.find((each) => this.#levels[each] === level && areSame(this.#branches[each]!, branches));
    if (known !== undefined) return known;
    const made = this.#levels.push(level) - 1;
    this.#branches.push(branches);
    this.#firsts[made] = [branches.indexOf(ALWAYS), branches.indexOf(NEVER)];
    this.#known.set(key, [...alike, made]);
    return made;
  }

  not(a: Diagram): Diagram {
    const known = this.#negated.get(a);
    if (known !== undefined) return known;
    const outcome = this.ask(
      this.#levels[a]!,
      this.#branches[a]!.map((branch) => this.not(branch)),
    );
    this.#negated.set(a, outcome).set(outcome, a);
    return outcome;
  }

  and(a: Diagram, b: Diagram): Diagram {
    if (a === b || b === ALWAYS) return a;
    if (a === ALWAYS) return b;
    if (a === NEVER || b === NEVER) return NEVER;
    const pair = a < b ? a * PAIR + b : b * PAIR + a;
    const known = this.#both.get(pair);
    if (known !== undefined) return known;
    const level = Math.min(this.#levels[a]!, this.#levels[b]!);
    const branches = this.#branchesAt(level, a, b);
    this.#made += branches.length;
    const outcome =
      this.#made > MADE
        ? this.ask((this.#unsolved += 1), [NEVER, ALWAYS])
        : this.ask(
            level,
            branches.map((branch, index) => this.and(branch, this.#branchAt(level, b, index))),
          );
    this.#both.set(pair, outcome);
    return outcome;
  }

  or(a: Diagram, b: Diagram): Diagram {
    return this.not(this.and(this.not(a), this.not(b)));
  }

  /** What `then` says where `when` holds, and `otherwise` elsewhere. */
  choice(when: Diagram, then: Diagram, otherwise: Diagram): Diagram {
    return this.or(this.and(when, then), this.and(this.not(when), otherwise));
  }

  /** All of them; the last first, since what is written first asks the first levels. */
  all(diagrams: readonly Diagram[]): Diagram {
    return diagrams.reduceRight((rest, each) => this.and(each, rest), ALWAYS);
  }

  any(diagrams: readonly Diagram[]): Diagram {
    return diagrams.reduceRight((rest, each) => this.or(each, rest), NEVER);
  }

  /** Whether `b` surely holds wherever `a` does. */
  implies(a: Diagram, b: Diagram): boolean {
    if (a === NEVER || b === ALWAYS || a === b) return true;
    if (a === ALWAYS || b === NEVER) return false;
    const level = Math.min(this.#levels[a]!, this.#levels[b]!);
    return (
      !this.#isRefuted(a, b) &&
      this.#branchesAt(level, a, b).every((branch, index) => {
        this.#compared += 1;
        return this.#compared <= COMPARED && this.#impliesBelow(branch, this.#branchAt(level, b, index));
      })
    );
  }

  /** The same, remembered: the branches of a diagram meet again and again. */
  #impliesBelow(a: Diagram, b: Diagram): boolean {
    if (a <= ALWAYS || b <= ALWAYS) return a === NEVER || b === ALWAYS;
    const pair = a * PAIR + b;
    const known = this.#implied.get(pair) ?? this.implies(a, b);
    this.#implied.set(pair, known);
    return known;
  }

  /** Whether the first branch that always holds, or never, shows at once that `a` does not imply `b`. */
  #isRefuted(a: Diagram, b: Diagram): boolean {
    if (this.#levels[a] !== this.#levels[b]) return false;
    const [yes, no] = [this.#firsts[a]![0], this.#firsts[b]![1]];
    return this.#branches[b]![yes] === NEVER || this.#branches[a]![no] === ALWAYS;
  }

  /** The levels of the variables that it asks. */
  levelsOf(a: Diagram): ReadonlySet<number> {
    const [levels, seen] = [new Set<number>(), new Set<Diagram>([NEVER, ALWAYS])];
    const visit = (each: Diagram): void => {
      if (seen.has(each)) return;
      seen.add(each);
      levels.add(this.#levels[each]!);
      this.#branches[each]!.forEach(visit);
    };
    visit(a);
    return levels;
  }

  /** The branches of `a` at a level that `a` or `b` asks. */
  #branchesAt(level: number, a: Diagram, b: Diagram): readonly Diagram[] {
    return this.#levels[a] === level ? this.#branches[a]! : this.#branches[b]!.map(() => a);
  }

  #branchAt(level: number, a: Diagram, index: number): Diagram {
    return this.#levels[a] === level ? this.#branches[a]![index]! : a;
  }
}

function areSame(a: readonly Diagram[], b: readonly Diagram[]): boolean {
  return a.length === b.length && a.every((branch, index) => branch === b[index]);
}
