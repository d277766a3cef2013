import { afterAll, beforeAll, expect, test } from 'vitest';
import { activeSegment, createFields, membershipErrors, saveCustomer } from '../testing/calls.ts';
import { CONVERT, conversionsOf, undoLast, valuesOf } from '../testing/conversion-calls.ts';
import { formulaErrors } from '../testing/formula-errors.ts';
import { historyErrors } from '../testing/history-errors.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'name', type: 'TEXT', label: '姓名' },
    { key: 'spend', type: 'TEXT', label: '消费' },
    { key: 'is_filled', type: 'FORMULA', label: '有消费', formula: { '!=': [{ var: 'spend' }, null] } },
  ]);
});
afterAll(() => server.close());

const SAVE = 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id version values } } }';

test('while customers are saved a field becomes another and back: each save holds whole or is refused, and members are right', async () => {
  await activeSegment(server, 'spenders', { '!=': [{ var: 'spend' }, null] });
  await activeSegment(server, 'filled', { '==': [{ var: 'is_filled' }, true] });
  const customers = await Promise.all(
    Array.from({ length: 24 }, async (_, n) => {
      const values = { name: `c${n}`, spend: n % 4 === 0 ? `about ${n}` : String(n) };
      return { name: values.name, id: (await saveCustomer(server, { values })).customer.id };
    }),
  );
  /** What the last save that was answered gave each customer, spelled as text. */
  const saved = new Map<string, string>();
  const saves = customers.map(async ({ id, name }, n) => {
    for (let version = 1, round = 0; round < 12; round += 1) {
      const number = n * 100 + round;
      // Whichever type the field has just then takes one of them.
      for (const spend of [String(number), number]) {
        const { data, errors } = await server.call<{ saveCustomer: { customer: { version: number } } }>(SAVE, {
          input: { id, version, values: { spend } },
        });
        if (errors) expect(errors[0]!.extensions.code).toBe('VALIDATION_FAILED');
        else {
          version = data.saveCustomer.customer.version;
          saved.set(name, String(number));
        }
      }
    }
  });
  const changes = (async () => {
    for (let round = 0; round < 3; round += 1) {
      await server.ask(CONVERT, { key: 'spend', input: { type: 'NUMBER' }, force: true });
      await undoLast(server, 'spend');
    }
    await server.ask(CONVERT, { key: 'spend', input: { type: 'NUMBER' }, force: true });
  })();
  await Promise.all([...saves, changes]);

  const values = await valuesOf(server, 'spend');
  for (const [name, text] of saved) expect(values[name]).toBe(Number(text));
  expect((await conversionsOf(server, 'spend')).length).toBe(7);
  expect(await membershipErrors(server)).toBe(0);
  expect(await historyErrors(server)).toBe(0);
  expect(await formulaErrors(server, new Date().toISOString())).toBe(0);
});
