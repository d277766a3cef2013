import { momentAt } from '@kequn/rules';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseClock, type RequestContext } from '../platform/context.ts';
import { Metrics } from '../platform/metrics.ts';
import { read } from '../platform/transaction.ts';
import { kept } from '../platform/rule-set.ts';
import { SelfCheck } from '../platform/self-check.ts';
import { activeSegment, createFields, saveCustomer } from '../testing/calls.ts';
import { keptLog } from '../testing/kept-log.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { liveRules } from './live-rules.ts';
import { repeatEvaluation } from './repeat-evaluation.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await createFields(server, [{ key: 'spend', type: 'NUMBER', label: '消费' }]);
  await activeSegment(server, 'big', { '>': [{ var: 'spend' }, 100] });
});
afterAll(() => server.close());

async function outcomes(): Promise<string[]> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return text.split('\n').filter((line) => line.startsWith('rule_self_checks_total'));
}

test('evaluations are repeated by the reference engine, and their agreement is counted', async () => {
  await saveCustomer(server, { values: { spend: 500 } });
  await saveCustomer(server, { values: {} });
  expect(await outcomes()).toEqual([
    'rule_self_checks_total{outcome="agrees"} 2',
    'rule_self_checks_total{outcome="differs"} 0',
  ]);
});

test('one that differs is counted, and told with ids and without values', async () => {
  const { log, last } = keptLog();
  const metrics = new Metrics();
  const ctx: RequestContext = {
    database: server.database,
    clock: databaseClock,
    log,
    locale: 'en',
    requestId: '',
    address: '',
    actorId: null,
    selfCheck: new SelfCheck(1, metrics),
  };
  const { levels } = await read(ctx, (tx) => kept(tx, liveRules));
  const row = { spend: 31_415 };
  const verdict = { rule: levels[0]![0]!, customerId: 'c1', holds: false };
  repeatEvaluation(ctx, verdict, { row, moment: momentAt('2026-07-01T08:00:00.000Z', 'Asia/Shanghai') });
  expect(last()).toMatchObject({ msg: 'a rule and its portable form differ', customerId: 'c1', holds: false });
  expect(JSON.stringify(last())).not.toContain('31415');
  expect(await metrics.registry.getSingleMetricAsString('rule_self_checks_total')).toContain('{outcome="differs"} 1');
});

test.each([
  [1, 3],
  [2, 1],
  [0, 0],
])('one in %i: of three evaluations %i are repeated', (every, repeated) => {
  const check = new SelfCheck(every, new Metrics());
  expect([1, 2, 3].filter(() => check.isDue())).toHaveLength(repeated);
});
