import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  catalogueOf,
  compileRule,
  eventProperty,
  momentAt,
  type Catalogue,
  type FieldDefinition,
  type Json,
  type Row,
} from '@kequn/rules';
import { importRule } from '@kequn/rules/import';
import { describe, expect, test } from 'vitest';

/** The suites of jsonlogic.com and of its community; not part of this repository. REFERENCE_DATA names their folder. */
const folder = path.join(
  process.env['REFERENCE_DATA'] ?? path.resolve(import.meta.dirname, '../../../shared/data'),
  'jsonlogic',
);
const isThere = existsSync(folder);

/** One case of a suite. */
interface Case {
  readonly rule: Json;
  readonly data: Json;
  /** The official answer; undefined where it is an error. */
  readonly answer?: Json | undefined;
}

/** How a case of the community is written. */
interface CommunityCase {
  readonly rule: Json;
  readonly data?: Json;
  readonly result?: Json;
  readonly error?: Json;
}

function read(file: string): readonly unknown[] {
  const parsed: unknown = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
  return (parsed as readonly unknown[]).filter((each) => typeof each !== 'string');
}

const official = (): readonly Case[] =>
  (read('official-tests.json') as readonly [Json, Json, Json][]).map(([rule, data, answer]) => ({
    rule,
    data,
    answer,
  }));

const community = (file: string): readonly Case[] =>
  (read(`compat-suites/${file}`) as readonly CommunityCase[]).map((each) => ({
    rule: each.rule,
    data: each.data ?? null,
    answer: 'result' in each ? each.result : undefined,
  }));

/** The files of the community, as their index lists them. */
const communityFiles = (): readonly string[] =>
  JSON.parse(readFileSync(path.join(folder, 'compat-suites/index.json'), 'utf8')) as string[];

const types = { string: 'TEXT', number: 'NUMBER', boolean: 'BOOLEAN' } as const;

/** The data of a case as a customer's fields; what no field can hold is none. */
function fieldsOf(data: Json): { readonly catalogue: Catalogue; readonly row: Row } {
  const entries = data !== null && typeof data === 'object' && !Array.isArray(data) ? Object.entries(data) : [];
  const values = entries.filter((entry): entry is [string, string | number | boolean] => (typeof entry[1]) in types);
  const fields = values.map(([key, value]): FieldDefinition => {
    return eventProperty(key, types[typeof value as keyof typeof types], key);
  });
  // Empty text is stored as empty.
  return {
    catalogue: catalogueOf(fields),
    row: Object.fromEntries(values.map(([key, value]) => [key, value === '' ? null : value])),
  };
}

/**
 * A case as a condition, and whether that holds: what is no condition is compared with the answer, and of a list it is asked whether
 * JSON-logic takes it for true.
 */
function asCondition({ rule, answer }: Case): readonly [condition: Json, holds: boolean | undefined] {
  if (answer === undefined) return [{ '==': [rule, null] }, undefined];
  if (typeof answer === 'boolean') return [rule, answer];
  if (Array.isArray(answer)) return [{ '!!': [rule] }, answer.length > 0];
  return typeof answer === 'object' && answer !== null ? [{ '!!': [rule] }, true] : [{ '==': [rule, answer] }, true];
}

const moment = momentAt('2026-03-01T00:00:00.000Z', 'UTC');

/** What became of a case: agrees, differs, or the code of its refusal. */
function outcomeOf(each: Case): string {
  const { catalogue, row } = fieldsOf(each.data);
  const [condition, holds] = asCondition(each);
  const outcome = importRule(condition, catalogue);
  if (!outcome.ok) return `refused ${outcome.problems[0]!.code}`;
  return compileRule(outcome.value.node)(row, moment) === holds ? 'agrees' : 'differs';
}

/** How many cases of a suite came to each outcome, as a line of a table. */
function lineOf(name: string, cases: readonly Case[]): string {
  const outcomes = cases.map(outcomeOf);
  const kinds = [...new Set(['agrees', 'differs', ...outcomes.toSorted()])];
  const counts = kinds.map((kind) => `${outcomes.filter((outcome) => outcome === kind).length} ${kind}`);
  return `${name.padEnd(10)} ${cases.length} cases: ${counts.join(', ')}\n`;
}

describe.skipIf(!isThere)('the suites of JSON-logic (not run where the reference data is missing)', () => {
  const suites: ReadonlyMap<string, readonly Case[]> = isThere
    ? new Map([['official', official()], ...communityFiles().map((file) => [file, community(file)] as const)])
    : new Map();

  test.each([...suites])('%s: each case has the official answer, or is refused with a reason', (_name, cases) => {
    const differing = cases.filter((each) => outcomeOf(each) === 'differs');
    expect(differing.map(({ rule, data, answer }) => JSON.stringify({ rule, data, answer }))).toEqual([]);
  });

  test('the suites are read whole, and no fewer cases agree than did', () => {
    const communityCases = [...suites].flatMap(([name, cases]) => (name === 'official' ? [] : cases));
    process.stdout.write(lineOf('official', official()) + lineOf('community', communityCases));
    expect([official().length, communityCases.length]).toEqual([277, 1_138]);
    expect(agreeing(official())).toBeGreaterThanOrEqual(158);
    expect(agreeing(communityCases)).toBeGreaterThanOrEqual(395);
  });
});

function agreeing(cases: readonly Case[]): number {
  return cases.filter((each) => outcomeOf(each) === 'agrees').length;
}
