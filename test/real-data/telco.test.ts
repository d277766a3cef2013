import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  activeSegment,
  createFields,
  membershipErrors,
  saveCustomer,
  type SavedSegment,
} from '../../server/src/testing/calls.ts';
import { startTestServer, type TestServer } from '../../server/src/testing/test-server.ts';

/** Real data with published counts; not part of this repository. REFERENCE_DATA names its folder. */
const folder = process.env['REFERENCE_DATA'] ?? path.resolve(import.meta.dirname, '../../../shared/data');
const file = path.join(folder, 'telco/Telco-Customer-Churn.csv');

/** `npm test` enters a tenth of the customers, the full proof all of them. */
const oneIn = process.env['FULL_PROOFS'] ? 1 : 10;

type Record21 = Readonly<Record<string, string>>;

const numbers = new Set(['tenure', 'MonthlyCharges', 'TotalCharges']);
const keyOf = (column: string) => column.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
const optionOf = (value: string) =>
  value
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()
    .replaceAll(/^_|_$/g, '');

function fieldOf(column: string, records: readonly Record21[]): object {
  const base = { key: keyOf(column), label: column };
  if (column === 'customerID') return { ...base, type: 'TEXT', required: true };
  if (numbers.has(column)) return { ...base, type: 'NUMBER' };
  if (column === 'SeniorCitizen') return { ...base, type: 'BOOLEAN' };
  const labels = [...new Set(records.map((record) => record[column] ?? ''))];
  return { ...base, type: 'SELECT', options: labels.map((label) => ({ key: optionOf(label), label })) };
}

function valueOf(column: string, text: string): unknown {
  if (column === 'customerID') return text;
  if (column === 'SeniorCitizen') return text === '1';
  if (!numbers.has(column)) return optionOf(text);
  return text.trim() === '' ? null : Number(text);
}

const is = (key: string, value: unknown) => ({ '==': [{ var: key }, value] });
const rules = {
  churned: is('churn', 'yes'),
  at_risk: {
    and: [is('contract', 'month_to_month'), is('payment_method', 'electronic_check'), { '<': [{ var: 'tenure' }, 12] }],
  },
  loyal: { '<=': [48, { var: 'tenure' }, 72] },
  never_billed: is('total_charges', null),
  senior_or_alone: {
    or: [{ var: 'senior_citizen' }, { '!': [{ or: [is('partner', 'yes'), is('dependents', 'yes')] }] }],
  },
  streams: { in: [{ var: 'streaming_movies' }, ['yes']] },
  dear_without_support: {
    and: [{ '>': [{ var: 'monthly_charges' }, 90] }, { '!=': [{ var: 'tech_support' }, 'yes'] }],
  },
};

/** What the published counts count, in the words of the file. */
const published: Readonly<Record<string, { of: number; has: (record: Record21) => boolean }>> = {
  churned: { of: 1_869, has: (record) => record['Churn'] === 'Yes' },
  at_risk: {
    of: 917,
    has: (record) =>
      record['Contract'] === 'Month-to-month' &&
      record['PaymentMethod'] === 'Electronic check' &&
      Number(record['tenure']) < 12,
  },
  never_billed: { of: 11, has: (record) => record['TotalCharges']?.trim() === '' },
};

describe.skipIf(!existsSync(file))(
  `the telco table (not run where ${path.join('telco', path.basename(file))} is missing)`,
  () => {
    let server: TestServer;
    let all: readonly Record21[];
    let entered: readonly Record21[];
    const ids: string[] = [];
    const segments: Record<string, SavedSegment> = {};

    beforeAll(async () => {
      server = await startTestServer();
      all = parse(readFileSync(file), { columns: true });
      entered = all.filter((_, n) => n % oneIn === 0);
      const columns = Object.keys(all[0]!);
      await createFields(
        server,
        columns.map((column) => fieldOf(column, all)),
      );
      for (const [key, rule] of Object.entries(rules)) segments[key] = await activeSegment(server, key, rule);
      const queue = [...entered];
      const writer = async (): Promise<void> => {
        for (let record = queue.pop(); record; record = queue.pop()) {
          const values = Object.fromEntries(
            Object.entries(record).map(([column, text]) => [keyOf(column), valueOf(column, text)]),
          );
          ids.push((await saveCustomer(server, { values })).customer.id);
        }
      };
      await Promise.all(Array.from({ length: 8 }, writer));
    }, 240_000);
    afterAll(() => server.close());

    test('has the published counts, in the rules and in the segments that filled as it was entered', async () => {
      expect(all).toHaveLength(7_043);
      for (const { of, has } of Object.values(published)) expect(all.filter(has)).toHaveLength(of);
      const { segments: listed } = await server.ask<{ segments: { key: string; memberCount: number }[] }>(
        '{ segments { key memberCount } }',
      );
      const counts = Object.fromEntries(listed.map(({ key, memberCount }) => [key, memberCount]));
      for (const [key, { has }] of Object.entries(published))
        expect({ key, count: counts[key] }).toEqual({ key, count: entered.filter(has).length });
      expect(await membershipErrors(server)).toBe(0);
    }, 60_000);

    test('stored membership is the fresh count of every rule after each of 100 edits', async () => {
      const pick = <T>(list: readonly T[], n: number): T => list[(n * 7_919) % list.length]!;
      for (let n = 0; n < 100; n += 1) {
        const id = pick(ids, n);
        const { customer } = await server.ask<{ customer: { version: number } }>(
          'query ($id: ID!) { customer(id: $id) { version } }',
          { id },
        );
        const changes = {
          tenure: (n * 13) % 73,
          contract: pick(['month_to_month', 'one_year', 'two_year'], n),
          monthly_charges: (n * 31) % 120,
        };
        const values = pick(
          [changes, { churn: pick(['yes', 'no'], n) }, { total_charges: null }, { ...changes, tech_support: 'no' }],
          n + 1,
        );
        await saveCustomer(server, { id, version: customer.version, values });
        expect({ n, differing: await differing() }).toEqual({ n, differing: [] });
      }
      expect(await membershipErrors(server)).toBe(0);
    }, 120_000);

    /** The segments whose stored count is not that of their rule. */
    async function differing(): Promise<string[]> {
      const keys = Object.keys(rules);
      const query = `query (${keys.map((key) => `$${key}: Rule!`).join(', ')}) { segments { key memberCount } ${keys
        .map((key) => `${key}: previewRule(rule: $${key}) { count }`)
        .join(' ')} }`;
      const answer = await server.ask<
        Record<string, { count: number }> & { segments: { key: string; memberCount: number }[] }
      >(query, rules);
      return answer.segments.filter(({ key, memberCount }) => answer[key]?.count !== memberCount).map(({ key }) => key);
    }
  },
);
