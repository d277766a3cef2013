import type { Node, Reader, SqlTarget } from './ast.ts';
import type { FieldType, FieldOption } from './fields/field-definition.ts';
import { compileNode } from './js.ts';
import type { Row, Value } from './json.ts';
import type { Moment } from './moment.ts';
import { nodeToSql } from './sql.ts';
import { sayCondition, sayNode } from './text.ts';
import type { FieldValueType, ValueType } from './types/value-type.ts';

/** What `String.prototype.trim` removes, by ECMA-262: white space and line terminators. */
const TRIMMED =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

/** The type of field that holds and shows computed values of a type; text may have several lines, as what it is made of may. */
export const holders: Readonly<Record<FieldValueType, FieldType>> = {
  TEXT: 'LONG_TEXT',
  NUMBER: 'NUMBER',
  BOOLEAN: 'BOOLEAN',
  DATE: 'DATE',
  DATETIME: 'DATETIME',
  OPTION: 'SELECT',
  OPTIONS: 'MULTI_SELECT',
  REGION: 'REGION',
  USER: 'USER',
};

/** The type of field that holds and shows what a checked formula computes. */
export function computedType({ type }: Node): FieldType {
  if (!isOfFields(type)) throw new Error('The check lets only formulas through that compute what a field can hold');
  return holders[type];
}

function isOfFields(type: ValueType | 'NULL'): type is FieldValueType {
  return type in holders;
}

/** Compiles a checked formula: what it computes of a customer at a moment, in the normal form of stored values. */
export function compileFormula(formula: Node): (row: Row, moment: Moment) => Value {
  const value = compileNode(formula);
  return (row, moment) => stored(value(row, moment));
}

/** What is joined of several texts may have spaces at its ends, or be nothing else. */
function stored(value: Value): Value {
  return typeof value === 'string' ? value.normalize('NFC').trim() || null : value;
}

/** Writes the same as a Postgres expression of the type of the column; it raises for no row. */
export function formulaToSql(formula: Node, target: SqlTarget): string {
  const sql = nodeToSql(formula, target);
  if (formula.type !== 'TEXT') return `(${sql})`;
  return `NULLIF(btrim(normalize(${sql}, NFC), ${target.parameter(TRIMMED)}), '')`;
}

/** Says a checked formula in the reader's language. */
export function sayFormula(formula: Node, reader: Reader): string {
  return formula.type === 'BOOLEAN' ? sayCondition(formula, reader) : sayNode(formula, reader);
}

/** The options that a checked formula can give: those of the fields among its results, each key once. */
export function optionsOf(formula: Node): readonly FieldOption[] {
  const options = optionFieldsIn(formula).flatMap((field) => field.options);
  return options.filter(({ key }, index) => options.findIndex((other) => other.key === key) === index);
}

function optionFieldsIn(node: Node): readonly { readonly options: readonly FieldOption[] }[] {
  if (node.type !== 'OPTION' && node.type !== 'OPTIONS') return [];
  if (node.kind === 'field' || node.kind === 'property') return [node.field];
  if (node.kind === 'literal') return node.field ? [node.field] : [];
  return node.kind === 'call' ? node.operands.flatMap(optionFieldsIn) : [];
}
