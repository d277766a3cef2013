import { afterEach, expect, test } from 'vitest';
import type { RequestContext } from '../platform/context.ts';
import { createLog } from '../platform/log.ts';
import { createFields, saveCustomer } from '../testing/calls.ts';
import { conversionsOf, convert } from '../testing/conversion-calls.ts';
import { refusalOf } from '../testing/role-calls.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { dropFormerColumns } from './drop-former-columns.ts';

let server: TestServer;
afterEach(() => server.close());

test('what customers had is kept for thirty days, and what was set aside beyond them', async () => {
  let now = '2026-03-01T00:00:00.000Z';
  const clock = { now: () => Promise.resolve(now) };
  server = await startTestServer({ clock });
  // However far the clock is moved, the test stays signed in.
  await server.database.source.query(`update session set expires_at = '2100-01-01', last_used_at = '2100-01-01'`);
  await createFields(
    server,
    ['name', 'age'].map((key) => ({ key, type: 'TEXT', label: key })),
  );
  await saveCustomer(server, { values: { name: 'An', age: 'old' } });
  await convert(server, 'age', { type: 'NUMBER' }, true);
  const { database } = server;
  const ctx: RequestContext = {
    database,
    clock,
    log: createLog('error'),
    locale: 'en',
    requestId: 'conversions',
    address: '',
    actorId: null,
  };
  const columns = async () => {
    const rows = await database.source.query<unknown[]>(
      `select 1 from information_schema.columns where table_name = 'customer' and column_name like 'former%'`,
    );
    return rows.length;
  };
  now = '2026-03-30T23:59:59.000Z';
  expect(await dropFormerColumns(ctx)).toBe(0);
  expect(await columns()).toBe(1);
  now = '2026-03-31T00:00:00.000Z';
  const [{ id } = { id: '' }] = await conversionsOf(server, 'age');
  expect(await refusalOf(server, 'mutation ($id: ID!) { undoConversion(id: $id) { key } }', { id })).toBe(
    'VALIDATION_FAILED, id INVALID',
  );
  expect(await dropFormerColumns(ctx)).toBe(1);
  expect(await dropFormerColumns(ctx)).toBe(0);
  expect(await columns()).toBe(0);
  expect(await conversionsOf(server, 'age')).toMatchObject([{ undoable: false, setAsideValues: [{ value: 'old' }] }]);
});
