import { fieldTypes, SqlParameters, type FieldDefinition, type Json } from '@kequn/rules';
import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { FEWEST } from '../customers/field-distribution.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { Field } from '../fields/field.ts';
import type { Transactional } from '../platform/context.ts';
import { notFound, refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { requireForm } from './list-submissions.ts';
import { AnswerBar, AnswerDistribution, AnswerRange } from './submission.ts';
import { isOfTypeSql } from './value-of-type.ts';
import { visibleAnswers } from './visible-answers.ts';

/** Values that are told apart; ranges of one width. */
const BARS = 20;
const RANGES = 10;

/** How answers to a question are told: by value, by range, or only how many there are. */
type Way = 'bars' | 'ranges' | 'none';

/**
 * What was answered to a question, over the answers that the viewer may see and that were not put aside. Of a sensitive field nothing is told
 * that fewer than ten answers stand behind, as of the values of customers: neither a value, a range, nor how many are left over.
 *
 * @throws {Refused} NOT_FOUND for a form or field that the viewer does not know; FIELD_FORBIDDEN.
 */
export async function answerDistribution(ctx: Context, formId: string, fieldKey: string): Promise<AnswerDistribution> {
  return read(ctx, async (tx) => {
    await requireForm(tx, formId);
    const field = (await kept(tx, fieldCatalogue)).byKey.get(fieldKey);
    const rights = await rightsOf(tx);
    if (!field || field.archived || rights.accessTo(fieldKey) === 'HIDDEN') throw notFound();
    if (!rights.may(fieldKey, 'filter')) throw refused('FIELD_FORBIDDEN', { fields: [fieldKey] });
    return distribution(tx, formId, field);
  });
}

/** Answers that were counted together: of one value, or in one of the ranges between two ends. */
interface Group {
  readonly value: Json;
  /** The number of the range, from 1. */
  readonly range: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly count: number;
}

async function distribution(tx: Transactional<Context>, formId: string, field: Field): Promise<AnswerDistribution> {
  const parameters = new SqlParameters();
  const from = await visibleAnswers(tx, { formId, uses: [field.key] }, parameters);
  const way = wayOf(field);
  const fewest = parameters.add(field.sensitive ? FEWEST : 1);
  const [row] = await tx.manager.query<{ answers: number; filled: number | null; groups: readonly Group[] }[]>(
    `with a as (select s."values" -> ${parameters.add(field.key)} as x from ${from} and s.status <> 'DISMISSED'),
          v as materialized (select x from a where ${isOfTypeSql(field)}),
          g as (${groupsSql[way](field, fewest)}),
          told as (select * from g where count >= ${fewest}::int order by count desc, value, range limit ${Math.max(BARS, RANGES)})
     select (select count(*) from a) as answers,
            (select case when count(*) >= ${fewest}::int and not exists (select 1 from g where count < ${fewest}::int) then count(*) end from v) as filled,
            (select coalesce(json_agg(told), '[]') from told) as groups`,
    parameters.values,
  );
  const { answers, filled, groups: told } = row!;
  return Object.assign(new AnswerDistribution(), {
    fieldKey: field.key,
    answers,
    filled,
    bars: way === 'bars' ? told.map(({ value, count }) => Object.assign(new AnswerBar(), { value, count })) : [],
    ranges: way === 'ranges' ? rangesOf(told, field) : [],
  });
}

function wayOf({ type }: FieldDefinition): Way {
  if (type === 'RATING') return 'bars';
  const { valueType } = fieldTypes[type];
  if (valueType === 'TEXT') return 'none';
  return ['NUMBER', 'DATE', 'DATETIME'].includes(valueType) ? 'ranges' : 'bars';
}

/** How answers are counted together, as SQL over `v (x)`; each placeholder is that of the fewest that are told. */
const groupsSql: Readonly<Record<Way, (field: FieldDefinition, fewest: string) => string>> = {
  none: () =>
    `select null::jsonb as value, null::int as range, null::float8 as min, null::float8 as max, 0 as count where false`,
  bars: ({ type }) =>
    `select value, null::int as range, null::float8 as min, null::float8 as max, count(*)::int as count
       from v cross join lateral ${type === 'MULTI_SELECT' ? 'jsonb_array_elements(x) as o (value)' : '(select x as value) as o'}
      group by value`,
  // Ends are what the tenth stands at from either side where nothing may be told of fewer.
  ranges: (field, fewest) =>
    `select null::jsonb as value, least(greatest(width_bucket(n, min, nullif(max, min), ${RANGES}), 1), ${RANGES}) as range, min, max,
            count(*)::int as count
       from (select ${numberOf(field)} as n from v) n,
            (select (select ${numberOf(field)} from v order by 1 offset ${fewest}::int - 1 limit 1) as min,
                    (select ${numberOf(field)} from v order by 1 desc offset ${fewest}::int - 1 limit 1) as max) ends
      where min < max or ${fewest}::int = 1 group by 2, 3, 4`,
};

/** A value as a number that keeps its order: of days and instants the seconds. */
function numberOf({ type }: FieldDefinition): string {
  const { valueType } = fieldTypes[type];
  if (valueType === 'NUMBER') return `(x #>> '{}')::float8`;
  return `extract(epoch from (x #>> '{}')::${valueType === 'DATE' ? 'date' : 'timestamptz'})::float8`;
}

/** All ranges between the ends; one in which there is nobody, or fewer than may be told of, is empty. Where the ends meet there is one. */
function rangesOf(groups: readonly Group[], field: FieldDefinition): readonly AnswerRange[] {
  const [first] = groups;
  if (!first) return [];
  const [min, max] = [first.min!, first.max!];
  const count = min < max ? RANGES : 1;
  const end = (index: number) => endOf(min + ((max - min) * index) / count, field);
  return Array.from({ length: count }, (_, index) =>
    Object.assign(new AnswerRange(), {
      from: end(index),
      to: end(index + 1),
      count: groups.find(({ range }) => range === index + 1)?.count ?? 0,
    }),
  );
}

function endOf(end: number, { type }: FieldDefinition): Json {
  const { valueType } = fieldTypes[type];
  if (valueType === 'NUMBER') return end;
  const instant = new Date(Math.round(end * 1_000)).toISOString();
  return valueType === 'DATE' ? instant.slice(0, 10) : instant;
}
