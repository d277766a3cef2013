import type { FieldDefinition, FieldItem, FieldType, FormCatalogue, Rule } from '@kequn/rules';
import { isSame, operation, variableOf } from '../rule-editor/patterns.ts';

/* Options of one field by the value of another, as a table. It is nothing but a way to read and write rules of options of one form. */

/** Rules by the key of the option that is offered while they hold. */
export type OptionRules = Readonly<Record<string, Rule>>;

/** Which options are offered with which value of another field. */
export interface OptionTable {
  /** The key of the field that decides. */
  readonly decider: string;
  /** What is offered while that field is empty. */
  readonly whenEmpty: 'all' | 'none';
  /**
   * By option key the values with which it is offered: option keys, codes of provinces, or `true` and `false`. An option that is not
   * named is always offered.
   */
  readonly offered: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Rules of options as a table, as far as they are of the form of one, and those that are not. */
export interface RulesRead {
  readonly table: OptionTable | undefined;
  readonly others: OptionRules;
}

type Fields = FormCatalogue['fields'];

/** The operations that ask for one of several values, by the type of the field. */
const oneOf: Readonly<Partial<Record<FieldType, string>>> = {
  SELECT: 'in',
  MULTI_SELECT: 'has_any',
  REGION: 'within_region',
};

/** What can be asked of yes or no. */
const answers: readonly (readonly string[])[] = [[], ['true'], ['false'], ['true', 'false'], ['false', 'true']];

/** Whether the values of a field are few and known, so that they can decide about options. */
export function canDecide({ type }: Pick<FieldDefinition, 'type'>): boolean {
  return type === 'BOOLEAN' || oneOf[type] !== undefined;
}

/** A table of which nothing is ticked yet. */
export function newTable(decider: string, options: readonly string[]): OptionTable {
  return { decider, whenEmpty: 'none', offered: new Map(options.map((key) => [key, new Set<string>()])) };
}

/** Whether an option is offered with a value of the field that decides. */
export function isOfferedWith({ offered }: OptionTable, option: string, value: string): boolean {
  return offered.get(option)?.has(value) ?? true;
}

/** The table with some options offered with a value, or not. One that was always offered is so with all other of the values. */
export function tick(
  table: OptionTable,
  { options, value, on }: { readonly options: readonly string[]; readonly value: string; readonly on: boolean },
  values: readonly string[],
): OptionTable {
  const offered = new Map(table.offered);
  for (const option of options.filter((key) => isOfferedWith(table, key, value) !== on)) {
    const before = [...(table.offered.get(option) ?? values)];
    offered.set(option, new Set(on ? [...before, value] : before.filter((each) => each !== value)));
  }
  return { ...table, offered };
}

/** The values of the field that decides with which none of some options is offered. */
export function offeringNothing(
  table: OptionTable,
  options: readonly string[],
  values: readonly string[],
): readonly string[] {
  return values.filter((value) => !options.some((option) => isOfferedWith(table, option, value)));
}

/** A table as rules, by the type of the field that decides. */
export function rulesOfTable({ decider, whenEmpty, offered }: OptionTable, type: FieldType): OptionRules {
  const entries = [...offered].map(([option, values]): [string, Rule] => {
    const asked = askFor(decider, type, [...values]);
    return [option, whenEmpty === 'all' ? { or: [isEmpty(decider), asked] } : asked];
  });
  return Object.fromEntries(entries);
}

function isEmpty(decider: string): Rule {
  return { '==': [{ var: decider }, null] };
}

function askFor(decider: string, type: FieldType, values: readonly string[]): Rule {
  const listed = oneOf[type];
  if (listed !== undefined) return { [listed]: [{ var: decider }, values] };
  const is = (value: boolean): Rule => ({ '==': [{ var: decider }, value] });
  const [first, ...others] = values.map((value) => is(value === 'true'));
  // No answer is both.
  if (first === undefined) return { and: [is(true), is(false)] };
  return others.length === 0 ? first : { or: [first, ...others] };
}

/**
 * Reads rules of options as a table. Where they go by several fields, the table is of the one by which most options go, and the rules by
 * another stay as they are.
 */
export function tableOfRules(rules: OptionRules, fields: Fields): RulesRead {
  const tables = new Map<string, { readonly asked: Asked; readonly offered: Map<string, ReadonlySet<string>> }>();
  for (const [option, rule] of Object.entries(rules)) {
    const asked = readRule(rule, fields);
    if (!asked) continue;
    const name = `${asked.decider} ${asked.whenEmpty}`;
    const table = tables.get(name) ?? { asked, offered: new Map() };
    tables.set(name, { ...table, offered: table.offered.set(option, new Set(asked.values)) });
  }
  const [largest] = [...tables.values()].toSorted((a, b) => b.offered.size - a.offered.size);
  if (!largest) return { table: undefined, others: rules };
  const { asked, offered } = largest;
  return {
    table: { decider: asked.decider, whenEmpty: asked.whenEmpty, offered },
    others: Object.fromEntries(Object.entries(rules).filter(([option]) => !offered.has(option))),
  };
}

/** What a rule says of one option in the terms of a table. */
interface Asked extends Pick<OptionTable, 'decider' | 'whenEmpty'> {
  readonly values: readonly string[];
}

function readRule(rule: Rule, fields: Fields): Asked | undefined {
  const [name, operands = []] = operation(rule) ?? [];
  const beside = name === 'or' && operands.length === 2 ? readAsked(operands[1]!, fields) : undefined;
  if (beside && isSame(operands[0]!, isEmpty(beside.decider))) return { ...beside, whenEmpty: 'all' };
  const alone = readAsked(rule, fields);
  return alone && { ...alone, whenEmpty: 'none' };
}

function readAsked(rule: Rule, fields: Fields): Omit<Asked, 'whenEmpty'> | undefined {
  const [subject = null, list = null] = operation(rule)?.[1] ?? [];
  const decider = variableOf(subject) ?? variableOf(operation(subject)?.[1][0] ?? null);
  const type = decider === undefined ? undefined : fields.get(decider)?.type;
  if (decider === undefined || type === undefined || !canDecide({ type })) return undefined;
  const possible = type === 'BOOLEAN' ? answers : [textsIn(list)];
  const values = possible.find((each) => isSame(askFor(decider, type, each), rule));
  return values && { decider, values };
}

function textsIn(list: Rule): readonly string[] {
  return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];
}

/** Values of a field with which another offers nothing. */
export interface OffersNothing {
  /** The key of the field that decides, and the keys of its options. */
  readonly decider: string;
  readonly values: readonly string[];
}

/**
 * With which options of the field that decides a field on a form offers nothing, as with one that was added since; undefined where there
 * are none. Of provinces many are often left out, so that is not asked of them, and not where options have rules of another form.
 */
export function offersNothing({ field, optionsWhen = {} }: FieldItem, fields: Fields): OffersNothing | undefined {
  const { table, others } = tableOfRules(optionsWhen, fields);
  if (!table || Object.keys(others).length > 0) return undefined;
  const values = offeringNothing(table, liveOptions(fields, field), liveOptions(fields, table.decider));
  return values.length > 0 ? { decider: table.decider, values } : undefined;
}

function liveOptions(fields: Fields, key: string): readonly string[] {
  const options = fields.get(key)?.options ?? [];
  return options.filter(({ archived }) => !archived).map((option) => option.key);
}
