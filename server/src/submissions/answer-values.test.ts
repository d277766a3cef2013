import { checkRule, compileRule, SqlParameters, type Node, type Row, type Rule, type Value } from '@kequn/rules';
import { arbitraryRow, arbitraryRule, suiteCatalogue, suiteFields, suiteMoment } from '@kequn/rules/suites';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FieldCatalogue } from '../fields/catalogue.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { holdsOfAnswer } from './answer-values.ts';
import { isOfType } from './value-of-type.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const byKey = new Map(suiteFields.map((field) => [field.key, field]));
/** What the check of a question over answers lets a rule name. */
const { users, regions, timeZone } = suiteCatalogue;
const catalogue = { fields: byKey, users, regions, timeZone, viewer: true } as const;

async function holds(rule: Node, answers: readonly Readonly<Record<string, unknown>>[]): Promise<readonly boolean[]> {
  const parameters = new SqlParameters();
  const given = parameters.add(JSON.stringify(answers));
  const condition = holdsOfAnswer({ rule, moment: suiteMoment }, { byKey } as unknown as FieldCatalogue, parameters);
  const rows = await server.database.source.query<{ holds: boolean }[]>(
    `select ${condition} as holds from jsonb_array_elements(${given}::jsonb) with ordinality as s ("values", at) order by at`,
    parameters.values,
  );
  return rows.map((row) => row.holds);
}

/** What the rule sees of it: an answer of before its field became another is none. */
function rowOf(values: Readonly<Record<string, unknown>>): Row {
  const entries = suiteFields.map((field): [string, Value] => {
    const value = (values[field.key] ?? null) as Value;
    return [field.key, value !== null && isOfType(field, value) ? value : null];
  });
  return Object.fromEntries(entries);
}

/** Some of the values are of another field, as they stay when a field becomes another; some texts look like days and are none. */
const arbitraryAnswer = fc
  .tuple(arbitraryRow, fc.array(fc.tuple(fc.constantFrom(...byKey.keys()), fc.constantFrom(...byKey.keys()))), fc.nat())
  .map(([row, moved, odd]) => {
    const values = Object.fromEntries(suiteFields.map(({ key }) => [key, row[key] as unknown]));
    const former = Object.fromEntries(moved.map(([to, from]) => [to, values[from]]));
    const others = ['2026-02-30', '2026-13-01', '', {}, 'NaN', 1e300, ['x']];
    return { ...values, ...former, ...(odd % 3 === 0 && { born: others[odd % others.length] }) };
  });

const overAnswers = arbitraryRule.filter((rule: Rule) => checkRule(rule, catalogue).ok);

test('a rule over answers gives in Postgres what it gives in JavaScript, whatever was answered', async () => {
  await fc.assert(
    fc.asyncProperty(overAnswers, fc.array(arbitraryAnswer, { minLength: 1, maxLength: 8 }), async (rule, answers) => {
      const checked = checkRule(rule, catalogue);
      if (!checked.ok) throw new Error('unchecked');
      const isSo = compileRule(checked.value);
      expect(await holds(checked.value, answers)).toEqual(answers.map((values) => isSo(rowOf(values), suiteMoment)));
    }),
    { numRuns: 400 },
  );
});
