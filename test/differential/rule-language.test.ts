import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkRule, SqlParameters, type Row, type Rule } from '@kequn/rules';
import { fullRow, suiteCatalogue, suiteMoment } from '@kequn/rules/suites';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { realBackEnds, storeRows } from './differential.ts';

/** An operation as docs/rule-language.md shows it. */
interface Shown {
  readonly operation: string;
  readonly rule: Rule;
  readonly sql: string;
  /** The bound values as they are written there, long ones cut off. */
  readonly written: readonly string[];
  readonly rows: readonly Row[];
  readonly answers: readonly string[];
}

const page = readFileSync(path.join(import.meta.dirname, '../../docs/rule-language.md'), 'utf8');
const shown = page.split(/^### /m).slice(1).map(shownIn);

function shownIn(section: string): Shown {
  const block = (language: string) => new RegExp(`^\`\`\`${language}\n(.*?)\n\`\`\`$`, 'ms').exec(section)![1]!;
  const lines = [...section.matchAll(/^- `(\{.*\})` → (yes|no)$/gm)];
  return {
    operation: /^`(.+)`/.exec(section)![1]!,
    rule: JSON.parse(block('json')) as Rule,
    sql: block('sql'),
    written: [...block('sql').matchAll(/^-- \$\d+ = (.*)$/gm)].map(([, value]) => value!),
    rows: lines.map(([, row]) => JSON.parse(row!) as Row),
    answers: lines.map(([, , answer]) => answer!),
  };
}

/** The bound values whole. */
function valuesOf(rule: Rule): readonly unknown[] {
  const outcome = checkRule(rule, suiteCatalogue);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  const parameters = new SqlParameters();
  realBackEnds.toSql(outcome.value, parameters, suiteMoment);
  return parameters.values;
}

const client = new pg.Client({ connectionString: inject('clusterUrl') });
beforeAll(() => client.connect());
afterAll(() => client.end());

/** Tables by the names that the page uses, with these customers numbered from 0. */
async function storeCustomers(rows: readonly Row[]): Promise<void> {
  await storeRows(client, rows.map(fullRow));
  await client.query('alter table pg_temp.customer rename n to id');
  await client.query('alter table pg_temp.event rename n to customer_id');
  await client.query('drop table if exists pg_temp.member');
  await client.query(
    'create temporary table member as select id as customer_id, unnest(segments) as segment from pg_temp.customer',
  );
}

async function answersOf(sql: string, values: readonly unknown[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ holds: boolean | null }>(
    `select (${sql}\n) as holds from pg_temp.customer c order by c.id`,
    [...values],
  );
  return rows.map(({ holds }) => (holds === null ? 'empty' : holds ? 'yes' : 'no'));
}

test('every example of the page is read', () => {
  expect(shown.length).toBeGreaterThan(50);
  expect(shown.flatMap(({ rows }) => rows).length).toBe(page.match(/ → (yes|no)$/gm)?.length);
});

describe.each(shown)('the SQL that the page shows of $operation', ({ rule, sql, written, rows, answers }) => {
  test('answers on Postgres what the page says', async () => {
    const values = valuesOf(rule);
    const whole = values.map((value) => JSON.stringify(value).replaceAll(' ', ''));
    const starts = written.map((text) => text.replace(/…$/, '').replaceAll(' ', ''));
    expect(whole.map((value, index) => value.slice(0, starts[index]?.length))).toEqual(starts);
    await storeCustomers(rows);
    expect(answers.length).toBeGreaterThan(0);
    expect(await answersOf(sql, values)).toEqual(answers);
  });
});
