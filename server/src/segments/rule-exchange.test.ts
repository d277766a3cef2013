import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFields } from '../testing/calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [
    { key: 'spend', type: 'NUMBER', label: '消费', labels: { en: 'Spend' } },
    { key: 'city', type: 'TEXT', label: '城市', labels: { en: 'City' } },
  ]);
});
afterAll(() => server.close());

const IMPORT = 'query ($rule: JSON!) { importRule(rule: $rule) { rule text } }';
const EXPORT = 'query ($rule: Rule!) { exportRule(rule: $rule) }';

test('a rule of another program becomes one of this, and is told in words', async () => {
  const foreign = { and: [{ '>': [{ var: 'spend' }, 5] }, { '===': [{ var: 'city' }, '上海'] }] };
  const { importRule } = await server.ask<{ importRule: unknown }>(IMPORT, { rule: foreign });
  expect(importRule).toEqual({
    rule: { and: [{ '>': [{ var: 'spend' }, 5] }, { '==': [{ var: 'city' }, '上海'] }] },
    text: 'Spend is greater than 5 and City is “上海”',
  });
});

test('what cannot be kept is listed with its place', async () => {
  const { errors } = await server.call(IMPORT, { rule: { and: [{ var: 'nope' }, { map: [{ var: 'city' }, 1] }] } });
  expect(errors?.[0]?.extensions).toMatchObject({
    code: 'RULE_INVALID',
    issues: [{ code: 'UNKNOWN_FIELD' }, { code: 'UNKNOWN_OPERATION' }],
  });
});

test('a rule is written as plain JSON-logic', async () => {
  const { exportRule } = await server.ask<{ exportRule: unknown }>(EXPORT, { rule: { '>': [{ var: 'spend' }, 5] } });
  expect(exportRule).toEqual({ and: [{ '!=': [{ var: 'spend' }, null] }, { '>': [{ var: 'spend' }, 5] }] });
});
