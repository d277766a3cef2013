import {
  fieldTypes,
  sentence,
  valueTypes,
  type Problem,
  type SqlParameters,
  type Value,
  type ValueType,
} from '@kequn/rules';
import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { visibleCatalogue } from '../fields/check-rule.ts';
import { columnOf } from '../fields/customer-table.ts';
import type { Transactional } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { invalid, refused } from '../platform/refused.ts';
import type { Cursor } from './cursor.ts';
import type { SortInput } from './customer.ts';

/** One key of an order as SQL writes it. */
export interface SortKey {
  /** The expression that is sorted by; may bind parameters. */
  expression(parameters: SqlParameters): string;
  /** The Postgres type of its values. */
  readonly type: string;
  readonly descending: boolean;
}

/**
 * The order that a viewer asks for. Sorting by a field tells its values, so it needs the right to.
 *
 * @throws {Refused} VALIDATION_FAILED for a field that does not exist or is hidden, FIELD_FORBIDDEN for a masked one.
 */
export async function checkedSort(tx: Transactional<Context>, sort: readonly SortInput[]): Promise<readonly SortKey[]> {
  if (sort.length > limits.sortKeys) throw refused('LIMIT_EXCEEDED', { limit: 'sortKeys', max: limits.sortKeys });
  const rights = await rightsOf(tx);
  const catalogue = await visibleCatalogue(tx, rights);
  const unknown = sort.filter(({ field }) => !catalogue.fields.has(field));
  if (unknown.length > 0) throw invalid(unknown.map(({ field }) => unknownField(field)));
  const forbidden = sort.filter(({ field }) => !rights.may(field, 'sort')).map(({ field }) => field);
  if (forbidden.length > 0) throw refused('FIELD_FORBIDDEN', { fields: forbidden });
  return sort.map(({ field: key, descending }) => {
    const field = catalogue.fields.get(key)!;
    const ranks = { OPTION: field.options.map((option) => option.key), USER: usersByName(catalogue.users) };
    return sortKey(key, fieldTypes[field.type].valueType, ranks, descending ?? false);
  });
}

function unknownField(path: string): Problem {
  return { path, code: 'UNKNOWN_FIELD', message: sentence('没有这个字段', 'There is no such field') };
}

function usersByName(users: ReadonlyMap<string, string>): readonly string[] {
  const collator = new Intl.Collator('zh');
  return [...users].toSorted(([, a], [, b]) => collator.compare(a, b)).map(([id]) => id);
}

function sortKey(
  key: string,
  type: ValueType,
  ranks: { OPTION: readonly string[]; USER: readonly string[] },
  descending: boolean,
): SortKey {
  const column = columnOf(key);
  const { sqlType } = valueTypes[type];
  // Options sort as they are listed and users by name, not by the keys that stand in the column.
  if (type === 'OPTION' || type === 'USER') {
    return {
      expression: (parameters) => `array_position(${parameters.add(ranks[type])}::${sqlType}[], ${column})`,
      type: 'int',
      descending,
    };
  }
  if (type === 'OPTIONS')
    return { expression: () => `(array_to_string(${column}, ' ') COLLATE "C")`, type: 'text', descending };
  const expression = type === 'TEXT' ? `(${column} COLLATE "zh-x-icu")` : column;
  return { expression: () => expression, type: sqlType, descending };
}

/** ORDER BY for these keys; ties by id, and by id alone (newest first) where there are none. */
export function orderBy(expressions: readonly string[], keys: readonly SortKey[]): string {
  if (keys.length === 0) return 'c.id desc';
  return [
    ...expressions.map((expression, i) => `${expression} ${keys[i]!.descending ? 'desc' : 'asc'} nulls last`),
    'c.id',
  ].join(', ');
}

/** The condition that a row comes after the one at which a page ended. */
export function comesAfter(
  cursor: Cursor,
  expressions: readonly string[],
  keys: readonly SortKey[],
  parameters: SqlParameters,
): string {
  const id = `${parameters.add(cursor.id)}::uuid`;
  if (keys.length === 0) return `c.id < ${id}`;
  return keys.reduceRight((later, key, i) => {
    const expression = expressions[i]!;
    const value = cursor.values[i] as Value;
    // Empty values come last either way, so nothing comes after one but what ties with it.
    if (value === null) return `(${expression} is null and ${later})`;
    const place = `${parameters.add(value)}::${key.type}`;
    return `(${expression} ${key.descending ? '<' : '>'} ${place} or ${expression} is null or (${expression} = ${place} and ${later}))`;
  }, `c.id > ${id}`);
}
