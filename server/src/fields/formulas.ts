import { checkFormula, optionsOf, type Catalogue, type Node } from '@kequn/rules';
import type { Field } from './field.ts';
import { readingsOf } from './readings.ts';

/** The formula of a live field, checked. */
export interface Formula {
  readonly field: Field;
  readonly node: Node;
  /** What it reads of a customer, as `readingsOf` names it. */
  readonly reads: ReadonlySet<string>;
}

/** The formulas of live fields, as far as they have been computed for everybody. */
export interface Formulas {
  /** What one reads of others stands on an earlier level than it. */
  readonly levels: readonly (readonly Formula[])[];
  /** The fields whose formula is none of the present catalogue. */
  readonly broken: readonly Field[];
}

/** Checks the formulas of fields. Fields that show one of several options get those that their formula can give. */
export function formulasOf(fields: readonly Field[], catalogue: Catalogue): Formulas {
  const levels: Formula[][] = [];
  let left = fields.filter(({ formula, archived }) => formula !== null && !archived);
  while (left.length > 0) {
    const waiting = new Set(left.map(({ key }) => key));
    const level = left.flatMap((field) => {
      const formula = formulaOf(field, catalogue);
      return formula && ![...formula.reads].some((key) => waiting.has(key)) ? [formula] : [];
    });
    if (level.length === 0) break;
    for (const { field, node } of level) field.options = [...optionsOf(node)];
    levels.push(level);
    left = left.filter(({ key }) => !level.some(({ field }) => field.key === key));
  }
  return { levels, broken: left };
}

/** Whether something that reads this could come out otherwise than before, of what changed; everything has of a new customer. */
export function isConcerned({ reads }: Pick<Formula, 'reads'>, changed: ReadonlySet<string> | undefined): boolean {
  return changed === undefined || [...changed].some((reading) => reads.has(reading));
}

/** The formula of a field and those that read what it computes, themselves or by way of others, in their order. */
export function formulasFrom(levels: readonly (readonly Formula[])[], fieldKey: string): readonly Formula[] {
  const reached = new Set([fieldKey]);
  return levels.flat().filter((formula) => {
    const isReached = reached.has(formula.field.key) || isConcerned(formula, reached);
    if (isReached) reached.add(formula.field.key);
    return isReached;
  });
}

function formulaOf(field: Field, catalogue: Catalogue): Formula | undefined {
  const outcome = checkFormula(field.formula, catalogue);
  return outcome.ok ? { field, node: outcome.value, reads: readingsOf(outcome.value) } : undefined;
}
