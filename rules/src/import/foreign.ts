import type { Rule } from '../json.ts';
import type { ValueType } from '../types/value-type.ts';
import { step, type Foreign, type Part } from './part.ts';

/** The type of the field of a name; undefined where there is none. */
export type TypeOf = (name: string) => ValueType | undefined;

/** What is asked of a part where it stands: JSON-logic asks conditions for what it takes for true, whatever their type. */
export type Asked = 'truth' | 'value';

/** Where an operation stands. */
export interface Place {
  readonly asked: Asked;
  readonly typeOf: TypeOf;
  /** Writes an operand that is a value. */
  value(foreign: Foreign): Part;
}

/** An operation of a foreign rule. */
export interface ForeignOperation extends Foreign {
  readonly key: string;
  /** Where its operands stand. */
  readonly at: string;
  readonly operands: readonly Foreign[];
}

/** Reads an operation: an object of one key. Undefined of all else, which the check of the rule tells apart. */
export function operationOf(foreign: Foreign): ForeignOperation | undefined {
  const { raw, path, depth } = foreign;
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) return undefined;
  const [key, ...others] = Object.keys(raw);
  if (key === undefined || others.length > 0) return undefined;
  const operand = (raw as Readonly<Record<string, Rule>>)[key]!;
  const at = path + step(key);
  const operands = Array.isArray(operand)
    ? (operand as readonly Rule[]).map((each, index) => ({ raw: each, path: `${at}/${index}`, depth: depth + 1 }))
    : [{ raw: operand, path: at, depth: depth + 1 }];
  return { ...foreign, key, at, operands };
}

/** The name that a `var` without a default asks for. */
export function nameOf(foreign: Foreign): string | undefined {
  const operation = operationOf(foreign);
  const [name, ...others] = operation?.key === 'var' ? operation.operands : [];
  return typeof name?.raw === 'string' && others.length === 0 ? name.raw : undefined;
}

/** The operands of an operation of one of some keys; none of all else. */
export function operandsOf(foreign: Foreign | undefined, ...keys: readonly string[]): readonly Foreign[] {
  const operation = foreign && operationOf(foreign);
  return operation && keys.includes(operation.key) ? operation.operands : [];
}
