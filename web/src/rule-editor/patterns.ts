import type { Json, Rule } from '@kequn/rules';
import type { Comparison, OperatorName } from './draft.ts';
import { arityOf, operators, type Arity } from './operators.ts';

/* Reading a rule backwards: what stands where the parts of a line go, in a condition that is written as a line writes it. */

/** Stand where the parts go. */
const SUBJECT = { var: '' };
const FIRST = [0];
const SECOND = [1];

const names = Object.keys(operators) as readonly OperatorName[];
const holes: Readonly<Record<Exclude<Arity, 'many'>, readonly Json[]>> = {
  none: [],
  one: [FIRST],
  days: [FIRST],
  years: [FIRST],
  two: [FIRST, SECOND],
  window: [FIRST, SECOND],
};

/** A comparison and what it compares. */
export type Read<Compared> = Comparison & { readonly compared: Compared };

/** What is compared, the ways in which that can be, and the values where they are not drawn as they are written. */
interface Drawn<Compared> {
  readonly compared: Compared;
  readonly operators: readonly OperatorName[];
  readonly values?: readonly Json[];
}

/**
 * Reads a condition as a comparison. `draw` says what is compared and in which ways that can be, and may draw the values in a way of
 * its own; it is given null where the comparison says all by its values.
 */
export function readComparison<Compared>(
  rule: Rule,
  draw: (compared: Rule, values: readonly Json[]) => Drawn<Compared> | undefined,
): Read<Compared> | undefined {
  for (const operator of names) {
    const read = readAs(operator, rule);
    const drawn = read && draw(read.compared, read.values);
    if (read && drawn?.operators.includes(operator))
      return { compared: drawn.compared, operator, values: drawn.values ?? read.values };
  }
  return undefined;
}

/** The values that stand in a rule where a pattern is written around them; undefined for another rule. */
export function readValues(
  write: (values: readonly Json[]) => Rule,
  arity: Arity,
  rule: Rule,
): readonly Json[] | undefined {
  const values = readAround((_subject, filled) => write(filled), arity, rule)?.values;
  return values?.every(isLiteral) ? values : undefined;
}

/** Whether two rules are the same. */
export function isSame(one: Rule, other: Rule): boolean {
  return fits(one, other, new Map());
}

/** The name and the operands of an operation that is written in full. */
export function operation(rule: Rule): readonly [string, readonly Rule[]] | undefined {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return undefined;
  const [entry, ...others] = Object.entries(rule);
  if (!entry || others.length > 0 || !Array.isArray(entry[1])) return undefined;
  return [entry[0], entry[1] as readonly Rule[]];
}

/** The key of what a rule names, if that is all it does. */
export function variableOf(rule: Rule): string | undefined {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return undefined;
  const { var: key } = rule as { readonly var?: Json };
  return typeof key === 'string' ? key : undefined;
}

function readAs(name: OperatorName, rule: Rule): { compared: Rule; values: readonly Json[] } | undefined {
  return readAround(operators[name].write, arityOf(name), rule);
}

function readAround(
  write: (subject: Rule, values: readonly Json[]) => Rule,
  arity: Arity,
  rule: Rule,
): { compared: Rule; values: readonly Json[] } | undefined {
  const asked: readonly Json[] = arity === 'many' ? FIRST : holes[arity];
  const found = new Map<Json, Json>();
  if (!fits(write(SUBJECT, asked), rule, found)) return undefined;
  const values = arity === 'many' ? found.get(FIRST) : asked.map((hole) => found.get(hole)!);
  if (!Array.isArray(values)) return undefined;
  return { compared: found.get(SUBJECT) ?? null, values: values as readonly Json[] };
}

/** Whether a rule is a pattern with something in the place of its holes; notes what that is. */
function fits(pattern: Json, rule: Json, found: Map<Json, Json>): boolean {
  if (pattern === SUBJECT || pattern === FIRST || pattern === SECOND) return Boolean(found.set(pattern, rule));
  if (pattern === null || typeof pattern !== 'object') return pattern === rule;
  if (rule === null || typeof rule !== 'object' || Array.isArray(pattern) !== Array.isArray(rule)) return false;
  const [keys, others] = [Object.keys(pattern), Object.keys(rule)];
  const part = (whole: Json, key: string): Json => (whole as Readonly<Record<string, Json>>)[key]!;
  return (
    keys.length === others.length &&
    keys.every((key) => key in rule && fits(part(pattern, key), part(rule, key), found))
  );
}

/** Whether a value is written out, and is not empty. */
export function isLiteral(value: Json): boolean {
  return value !== null && typeof value !== 'object';
}
