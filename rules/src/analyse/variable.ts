import type { Value } from '../json.ts';
import type { Cell, Division } from './cells.ts';

/** What the value of a variable alone says of a condition; undefined where it leaves it open. */
export type Sign = (cell: Cell) => boolean | undefined;

/** Looks that dividing the values of one variable may take; where it would be more, it is only asked whether it is empty. */
const LOOKS = 150_000;

/** Something that varies from customer to customer: a field, what is reckoned from it, or the outcome of a condition. */
export class Variable {
  /** Its place in the order in which diagrams ask. */
  readonly level: number;
  readonly #divide: Division;
  readonly #marks = new Set<Value>();
  readonly #signs: Sign[] = [];
  #classes: readonly Cell[] | undefined;

  constructor(level: number, divide: Division) {
    this.level = level;
    this.#divide = divide;
  }

  /** Takes in a condition, before any is asked: the values it compares with, and what each value says of it. */
  observe(marks: readonly Value[], sign?: Sign): void {
    for (const mark of marks) this.#marks.add(mark);
    if (sign) this.#signs.push(sign);
  }

  /** Its values as far as the conditions tell them apart, each class by the cell that reaches furthest. */
  get classes(): readonly Cell[] {
    this.#classes ??= this.#classify();
    return this.#classes;
  }

  /** What a class of values says, if they were told apart at all. */
  tell(sign: Sign, cell: Cell): boolean | undefined {
    return this.#isVague && cell.value !== null ? undefined : sign(cell);
  }

  get #isVague(): boolean {
    return this.#marks.size * this.#signs.length * 2 > LOOKS;
  }

  #classify(): readonly Cell[] {
    const classes = new Map<string, Cell>();
    for (const cell of this.#divide(this.#marks)) {
      const key = this.#isVague
        ? String(cell.value === null)
        : this.#signs.map((sign) => letterOf(sign(cell))).join('');
      const known = classes.get(key);
      if (known === undefined || known.last < cell.last) classes.set(key, cell);
    }
    return [...classes.values()];
  }
}

function letterOf(told: boolean | undefined): string {
  if (told === undefined) return '?';
  return told ? '1' : '0';
}
