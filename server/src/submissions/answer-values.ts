import {
  fieldsOf,
  fieldTypes,
  ruleToSql,
  type FieldDefinition,
  type FieldValueType,
  type SqlParameters,
} from '@kequn/rules';
import type { RuleAt } from '../fields/asked-now.ts';
import type { FieldCatalogue } from '../fields/catalogue.ts';
import type { CustomerSearch } from '../fields/customer-search.ts';
import { isOfTypeSql } from './value-of-type.ts';

/** How a value of a type is read of `x`, JSON that is known to hold one. */
const native: Readonly<Record<FieldValueType, string>> = {
  TEXT: `(x #>> '{}') COLLATE "C"`,
  NUMBER: `(x #>> '{}')::double precision`,
  BOOLEAN: `(x #>> '{}')::boolean`,
  DATE: `(x #>> '{}')::date`,
  DATETIME: `(x #>> '{}')::timestamptz`,
  OPTION: `(x #>> '{}') COLLATE "C"`,
  OPTIONS: `(array(select o.value from jsonb_array_elements_text(x) o)) COLLATE "C"`,
  REGION: `(x #>> '{}') COLLATE "C"`,
  USER: `(x #>> '{}')::uuid`,
};

/**
 * That a rule holds for what was answered in `submission s`, which it asks as it would a customer: a row of native types, a column for each field
 * that it reads. What was answered before a field became another is no value of it, as if it had been left empty.
 */
export function holdsOfAnswer({ rule, moment }: RuleAt, { byKey }: FieldCatalogue, parameters: SqlParameters): string {
  const columns = [...fieldsOf(rule)].map((key) => valueSql(byKey.get(key)!, parameters));
  const condition = ruleToSql(rule, {
    column: ({ key }) => `a.${columnOf(key)}`,
    events: nothingElse,
    member: nothingElse,
    parameter: (value) => parameters.add(value),
    moment,
  });
  return columns.length === 0
    ? condition
    : `exists (select 1 from (select ${columns.join(', ')}) a where ${condition})`;
}

/**
 * That each term of a search is found in one of the fields as it was answered, whatever its case and width. Answers are not kept as customers
 * are for searches, so nothing is found by its pinyin.
 */
export function answerHolds({ terms, fieldKeys }: CustomerSearch, parameters: SqlParameters): string {
  const keys = parameters.add(fieldKeys);
  const found = terms.map(
    (term) => `exists (select 1 from jsonb_each_text(s."values") a where a.key = any(${keys}::text[])
                 and strpos(lower(normalize(a.value, NFKC) COLLATE "und-x-icu") COLLATE "C", ${parameters.add(term)}) > 0)`,
  );
  return found.join(' and ');
}

function valueSql(field: FieldDefinition, parameters: SqlParameters): string {
  const read = `case when ${isOfTypeSql(field)} then ${native[fieldTypes[field.type].valueType]} end`;
  return `(select ${read} from (select s."values" -> ${parameters.add(field.key)}::text as x) v) as ${columnOf(field.key)}`;
}

function columnOf(key: string): string {
  return `"f_${key}"`;
}

/** The check of a rule over answers lets none of this through. */
function nothingElse(): never {
  throw new Error('A rule over answers reads nothing but what was answered');
}
