import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RequestContext } from '../platform/context.ts';
import { createLog } from '../platform/log.ts';
import { createFields, saveCustomer, saveSegment, setSegment } from '../testing/calls.ts';
import { formulaErrors } from '../testing/formula-errors.ts';
import { historyErrors } from '../testing/history-errors.ts';
import { recountErrors } from '../testing/recount-errors.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { sweepDue } from './sweep-due.ts';

const v = (key: string) => ({ var: key });
const DAY = 86_400_000;

const rules = {
  rich: [{ '>': [v('score'), 100] }, { '>': [v('spend'), 50] }, { '==': [v('spend'), null] }],
  recent: [
    { within_last: [v('seen'), 30, 'day'] },
    { '>=': [{ sum: [{ filter: [v('events.order'), { within_last: [v('at'), 60, 'day'] }] }, 'amount'] }, 100] },
  ],
  both: [
    { and: [{ in_segment: ['rich'] }, { in_segment: ['recent'] }] },
    { or: [{ '!': [{ in_segment: ['rich'] }] }, { '>': [v('days'), 20] }] },
  ],
} as const;
const formulas = [
  { '*': [v('spend'), 2] },
  { '+': [{ sum: [v('events.order'), 'amount'] }, { if: [{ '==': [v('city'), '上海'] }, 100, 0] }] },
  { max: [v('spend'), { days_since: [v('seen')] }] },
] as const;

const values = fc.record(
  {
    spend: fc.constantFrom(0, 40, 60, 200, null),
    seen: fc.constantFrom('2026-06-01', '2026-07-01', '2026-08-15', null),
    city: fc.constantFrom('上海', '北京', null),
  },
  { requiredKeys: [] },
);
const key = fc.constantFrom('rich', 'recent', 'both');
const who = fc.nat(5);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('save'), who, values }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('make'), values }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('order'),
      who,
      amount: fc.constantFrom(20, 100),
      ago: fc.constantFrom(0, 59, 61),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('correct'), which: who, amount: fc.constantFrom(1, 100) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('deleteEvent'), which: who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('erase'), who }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('rule'), key, nth: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('activate'), key }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('pause'), key }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('archive') }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('restore') }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('formula'), nth: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('wait'), days: fc.constantFrom(1, 20, 40) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Among few customers changes are at once, among many by jobs: from three on, in the second. */
describe.each([
  ['at once', 20_000],
  ['by jobs', 3],
])('where changes of rules are done %s', (_, many) => {
  let now = '';
  let server: TestServer;
  let ctx: RequestContext;
  const segments: Record<string, string> = {};

  beforeAll(async () => {
    const clock = { now: async () => now };
    now = '2026-07-01T08:00:00.000Z';
    server = await startTestServer({ clock, many });
    ctx = {
      database: server.database,
      clock,
      log: createLog('error'),
      locale: 'en',
      requestId: '',
      address: '',
      actorId: null,
    };
    await server.database.source.query(`update session set expires_at = '2100-01-01', last_used_at = '2100-01-01'`);
    await server.ask('mutation { saveEventType(input: { key: "order", label: "订单" }) { key } }');
    await createFields(server, [
      { key: 'spend', type: 'NUMBER', label: '消费' },
      { key: 'seen', type: 'DATE', label: '到店' },
      { key: 'city', type: 'TEXT', label: '城市' },
      { key: 'score', type: 'FORMULA', label: '得分', formula: formulas[0] },
      { key: 'days', type: 'FORMULA', label: '天数', formula: { days_since: [v('seen')] } },
      { key: 'spare', type: 'FORMULA', label: '备用', formula: { '+': [v('score'), 1] } },
    ]);
    for (const [each, [rule]] of Object.entries(rules))
      segments[each] = (await saveSegment(server, { key: each, name: each, rule })).id;
  });
  afterAll(() => server.close());

  async function start(): Promise<void> {
    now = '2026-07-01T08:00:00.000Z';
    const { source } = server.database;
    await source.query(
      `set role none; truncate membership, membership_change, customer_due, outbox; delete from event; delete from customer; set role kequn_app`,
    );
  }

  async function ids(table: 'customer' | 'event'): Promise<readonly { id: string; version: number }[]> {
    const version = table === 'customer' ? 'version' : '1 as version';
    return server.database.source.query(`select id, ${version} from ${table} order by id`);
  }

  /** Does it, as far as it can be done: what is refused changes nothing. */
  async function take(what: Step): Promise<void> {
    const customers = await ids('customer');
    const events = await ids('event');
    const chosen = 'who' in what ? customers[what.who % customers.length] : undefined;
    const event = 'which' in what ? events[what.which % events.length] : undefined;
    if ('who' in what && !chosen) return;
    if ('which' in what && !event) return;
    await acts(what, chosen, event);
  }

  async function acts(what: Step, chosen?: { id: string; version: number }, event?: { id: string }): Promise<void> {
    switch (what.does) {
      case 'save':
        return void (await saveCustomer(server, { ...chosen!, values: (what as { values: object }).values }));
      case 'make':
        return void (await saveCustomer(server, { values: (what as { values: object }).values }));
      case 'erase':
        return call('mutation ($id: ID!, $version: Int!) { eraseCustomer(id: $id, version: $version) }', chosen!);
      case 'order': {
        const { amount, ago } = what as { amount: number; ago: number };
        const at = new Date(Date.parse(now) - ago * DAY).toISOString();
        const events = [{ type: 'order', customerId: chosen!.id, at, amount }];
        return call('mutation ($events: [EventInput!]!) { recordEvents(events: $events) }', { events });
      }
      case 'wait':
        now = new Date(Date.parse(now) + (what as { days: number }).days * DAY).toISOString();
        return;
      default:
        return changes(what, event);
    }
  }

  async function changes(what: Step, event?: { id: string }): Promise<void> {
    const { key: of = '', nth = 0, amount } = what as { key?: keyof typeof rules; nth?: number; amount?: number };
    switch (what.does) {
      case 'correct':
        return correct(event!.id, amount!);
      case 'deleteEvent':
        return call('mutation ($id: ID!) { deleteEvent(id: $id) }', { id: event!.id });
      case 'rule': {
        const { segment } = await server.ask<{ segment: { version: number } }>(
          'query ($id: ID!) { segment(id: $id) { version } }',
          { id: segments[of] },
        );
        const some = rules[of as keyof typeof rules];
        const input = { id: segments[of], version: segment.version, name: of, rule: some[nth % some.length] };
        return void (await saveSegment(server, input));
      }
      case 'activate':
      case 'pause':
        return void (await setSegment(server, what.does, segments[of]!).catch(() => undefined));
      case 'formula':
        return call('mutation ($input: FieldInput!) { updateField(key: "score", input: $input) { key } }', {
          input: { formula: formulas[nth] },
        });
      case 'archive':
      case 'restore':
        return call(`mutation { ${what.does}Field(key: "spare") { key } }`, {});
      default:
        throw new Error(`Nobody knows how to ${what.does}`);
    }
  }

  async function correct(id: string, amount: number): Promise<void> {
    const [{ customerId, at }] = await server.database.source.query<[{ customerId: string; at: string }]>(
      'select customer_id as "customerId", at from event where id = $1',
      [id],
    );
    const input = { type: 'order', customerId, at, amount };
    await call('mutation ($id: ID!, $input: EventInput!) { correctEvent(id: $id, input: $input) { id } }', {
      id,
      input,
    });
  }

  /** Time moves whom it moves, and what jobs are about is done. */
  async function settle(): Promise<void> {
    while ((await sweepDue(ctx, 100)) > 0);
    const left = async () => server.database.source.query<object[]>('select id from rebuild');
    while ((await left()).length > 0) await sleep(10);
  }

  async function call(query: string, variables: object): Promise<void> {
    const { errors } = await server.call(query, variables);
    expect(errors?.map(({ extensions }) => extensions?.['code']).filter((code) => code !== 'CONFLICT') ?? []).toEqual(
      [],
    );
  }

  test('a naive recount finds everybody where they stand after each step, and history leads there', async () => {
    const runs = process.env['FULL_PROOFS'] ? 60 : 6;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 20 }), async (steps) => {
        await start();
        for (const each of steps) {
          await take(each);
          await settle();
          const errors = {
            recount: await recountErrors(server, now),
            formulas: await formulaErrors(server, now),
            history: await historyErrors(server),
          };
          expect(errors).toEqual({ recount: 0, formulas: 0, history: 0 });
        }
      }),
      { numRuns: runs },
    );
  }, 900_000);
});
