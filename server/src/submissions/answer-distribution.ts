import { fieldTypes, SqlParameters, type FieldDefinition, type Json } from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';
import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { FEWEST } from '../customers/field-distribution.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { Field } from '../fields/field.ts';
import type { Transactional } from '../platform/context.ts';
import { notFound, refused } from '../platform/refused.ts';
import { limits } from '../platform/limits.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { matchingQuery, type AnswerMatchInput } from './answer-match.ts';
import { requireForm } from './list-submissions.ts';
import { AnswerBar, AnswerDistribution, AnswerRange, AnswerRegion } from './submission.ts';
import { isOfTypeSql } from './value-of-type.ts';
import { visibleAnswers, type AnswerQuery } from './visible-answers.ts';

/** Values that are told apart; ranges of one width. */
const BARS = 20;
const RANGES = 10;
const DAY_S = 86_400;

/** How answers to a question are told: by value, by range, or only how many there are. */
type Way = 'bars' | 'ranges' | 'none';

/** Which questions are asked about, over which answers to a form. */
export interface AskedQuestions {
  readonly formId: string;
  /** The keys of the fields. */
  readonly fieldKeys: readonly string[];
  readonly matching?: AnswerMatchInput | null | undefined;
}

/** The same of one question. */
export async function answerDistribution(
  ctx: Context,
  fieldKey: string,
  asked: Omit<AskedQuestions, 'fieldKeys'>,
): Promise<AnswerDistribution> {
  const [told] = await answerDistributions(ctx, { ...asked, fieldKeys: [fieldKey] });
  return told!;
}

/**
 * What was answered to questions, by one statement over the answers that match, that the viewer may see and that were not put aside, unless what
 * matches says of which that may be. Of a sensitive field nothing is told that fewer than ten answers stand behind, as of the values of customers:
 * neither a value, a range, nor how many are left over.
 *
 * @throws {Refused} NOT_FOUND for a form or field that the viewer does not know; LIMIT_EXCEEDED for too many; FIELD_FORBIDDEN; as a list of answers.
 */
export async function answerDistributions(
  ctx: Context,
  { formId, fieldKeys, matching }: AskedQuestions,
): Promise<readonly AnswerDistribution[]> {
  if (fieldKeys.length > limits.charts) throw refused('LIMIT_EXCEEDED', { limit: 'charts', max: limits.charts });
  return read(ctx, async (tx) => {
    await requireForm(tx, formId);
    const fields = await readableFields(tx, fieldKeys);
    const query = await matchingQuery(tx, formId, matching ?? {});
    return distributions(tx, fields, { ...query, statuses: query.statuses ?? ['SAVED', 'REVIEW'] });
  });
}

async function readableFields(tx: Transactional<Context>, keys: readonly string[]): Promise<readonly Field[]> {
  const { byKey } = await kept(tx, fieldCatalogue);
  const rights = await rightsOf(tx);
  const fields = keys.map((key) => {
    const field = byKey.get(key);
    if (!field || field.archived || rights.accessTo(key) === 'HIDDEN') throw notFound();
    return field;
  });
  const closed = keys.filter((key) => !rights.may(key, 'filter'));
  if (closed.length > 0) throw refused('FIELD_FORBIDDEN', { fields: closed });
  return fields;
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

/** What is told of one question. */
interface Told {
  readonly answers: number;
  readonly filled: number | null;
  readonly groups: readonly Group[];
  readonly regions: readonly { readonly code: string; readonly count: number }[];
}

async function distributions(
  tx: Transactional<Context>,
  fields: readonly Field[],
  query: AnswerQuery,
): Promise<readonly AnswerDistribution[]> {
  if (fields.length === 0) return [];
  const parameters = new SqlParameters();
  const columns: string[] = [];
  // Each by itself: who may read one question of an answer may not read another.
  for (const field of fields) {
    const from = await visibleAnswers(tx, { ...query, uses: [field.key] }, parameters);
    columns.push(`(${distributionSql(field, from, parameters)})`);
  }
  const [row] = await tx.manager.query<{ told: readonly Told[] }[]>(
    `select json_build_array(${columns.join(', ')}) as told`,
    parameters.values,
  );
  return row!.told.map((told, at) => distributionOf(fields[at]!, told));
}

function distributionSql(field: Field, from: string, parameters: SqlParameters): string {
  const fewest = parameters.add(field.sensitive ? FEWEST : 1);
  return `
    with a as (select s."values" -> ${parameters.add(field.key)}::text as x from ${from}),
         v as materialized (select x from a where ${isOfTypeSql(field)}),
         g as (${groupsSql[wayOf(field)](field, fewest)}),
         told as (select * from g where count >= ${fewest}::int order by count desc, value, range limit ${Math.max(BARS, RANGES)})
    select json_build_object(
      'answers', (select count(*) from a),
      'filled', (select case when count(*) >= ${fewest}::int and not exists (select 1 from g where count < ${fewest}::int) then count(*) end from v),
      'groups', (select coalesce(json_agg(told), '[]') from told),
      'regions', (${regionsSql(field, parameters)}))`;
}

function distributionOf(field: Field, { answers, filled, groups, regions }: Told): AnswerDistribution {
  const way = wayOf(field);
  return Object.assign(new AnswerDistribution(), {
    fieldKey: field.key,
    answers,
    filled,
    bars: way === 'bars' ? groups.map(({ value, count }) => Object.assign(new AnswerBar(), { value, count })) : [],
    ranges: way === 'ranges' ? rangesOf(groups, field) : [],
    regions: regions
      .filter(({ code }) => checkTools.regions.has(code))
      .map((region) => Object.assign(new AnswerRegion(), region)),
  });
}

/**
 * How often each province and each place in it was named, as SQL over `v (x)`: a city with what lies in it, and what lies in none by itself. Of a
 * sensitive field none: what is left of a province beside its cities would be few.
 */
function regionsSql(field: Field, parameters: SqlParameters): string {
  if (field.type !== 'REGION' || field.sensitive) return `select json_build_array()`;
  return `
    select coalesce(json_agg(r order by r.count desc, r.code), '[]') from (
      select p.code, count(*)::int as count
        from (select x #>> '{}' as named from v) n
       cross join lateral (
         select left(named, 2) || '0000'
         union select case when left(named, 4) = any(${parameters.add(unnamedCities)}::text[]) then named else left(named, 4) || '00' end) p (code)
       group by p.code) r`;
}

/** What the codes begin with of districts and counties that lie in no city. */
const unnamedCities = [...checkTools.regions]
  .filter(([code, name]) => !code.endsWith('0000') && name === checkTools.regions.get(`${code.slice(0, 2)}0000`))
  .map(([code]) => code.slice(0, 4));

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
  // The first day that belongs to the next range: whoever asks for days from one end to the other gets those that were counted.
  if (valueType === 'DATE') return new Date(Math.ceil(end / DAY_S) * DAY_S * 1_000).toISOString().slice(0, 10);
  return new Date(Math.round(end * 1_000)).toISOString();
}
