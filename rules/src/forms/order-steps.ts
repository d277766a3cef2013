import type { Node } from '../ast.ts';
import { eventsKey } from '../events.ts';
import { labelOf, type FieldDefinition } from '../fields/field-definition.ts';
import { locales, type Sentence } from '../locale.ts';
import type { Checked, Problem } from '../problem.ts';
import { fieldsOf } from '../references.ts';
import type { CheckedItem, FormCatalogue } from './checked-item.ts';

/** What is reckoned one after the other while a form is filled: a field of the form, what a formula computes, or one that is both. */
export interface FormStep {
  readonly key: string;
  readonly item?: CheckedItem | undefined;
  readonly formula?: Node | undefined;
}

/**
 * Puts the fields of a form, and the formulas that its rules read, into an order in which each comes after what it reads. A formula that
 * reads what customers did is not reckoned anew while a form is filled: it stays as it is stored.
 */
export function orderSteps(
  items: readonly CheckedItem[],
  reads: ReadonlySet<string>,
  catalogue: FormCatalogue,
): Checked<readonly FormStep[], 'CYCLE'> {
  const walk = new Walk(items, catalogue);
  for (const { field } of items) {
    const cycle = walk.visit(field.key, []);
    if (cycle) return { ok: false, problems: [cycleProblem(cycle, items, catalogue)] };
  }
  for (const key of reads) walk.visit(key, []);
  return { ok: true, value: walk.steps };
}

/** A walk over what reads what, depth first: a step is put down once all that it reads has been. */
class Walk {
  readonly steps: FormStep[] = [];
  readonly #items: ReadonlyMap<string, CheckedItem>;
  readonly #formulas: ReadonlyMap<string, Node>;
  readonly #done = new Set<string>();

  constructor(items: readonly CheckedItem[], { formulas }: FormCatalogue) {
    this.#items = new Map(items.map((item) => [item.field.key, item]));
    this.#formulas = new Map([...formulas].filter(([, formula]) => !fieldsOf(formula).has(eventsKey)));
  }

  /** Gives the keys of a cycle, the first one again at its end, if there is one. */
  visit(key: string, way: readonly string[]): readonly string[] | undefined {
    if (this.#done.has(key)) return undefined;
    if (way.includes(key)) return [...way.slice(way.indexOf(key)), key];
    const step = { key, item: this.#items.get(key), formula: this.#formulas.get(key) };
    for (const read of readsBefore(step)) {
      const cycle = this.visit(read, [...way, key]);
      if (cycle) return cycle;
    }
    this.#done.add(key);
    if (step.item || step.formula) this.steps.push(step);
    return undefined;
  }
}

/** The keys that a step reads before it has its value. */
function readsBefore({ item, formula }: FormStep): ReadonlySet<string> {
  return readsOf([formula, ...(item?.visibleWhen ?? []), item?.readOnlyWhen, item?.default, item?.compute]);
}

function readsOf(nodes: readonly (Node | undefined)[]): ReadonlySet<string> {
  return new Set(nodes.flatMap((node) => (node ? [...fieldsOf(node)] : [])));
}

/** Told at the first field of the form that goes round: formulas alone never do. */
function cycleProblem(
  cycle: readonly string[],
  items: readonly CheckedItem[],
  catalogue: FormCatalogue,
): Problem<'CYCLE'> {
  const path = items.find(({ field }) => cycle.includes(field.key))?.path ?? '';
  return { path, code: 'CYCLE', message: cycleMessage(cycle, catalogue) };
}

function cycleMessage(keys: readonly string[], { fields }: FormCatalogue): Sentence {
  const said = locales.map((locale): [string, string] => {
    const way = keys.map((key) => labelOf(fields.get(key) as FieldDefinition, locale)).join(' → ');
    return [locale, locale === 'en' ? `The rules depend on themselves: ${way}` : `规则互相依赖：${way}`];
  });
  return Object.fromEntries(said) as Record<keyof Sentence, string>;
}
