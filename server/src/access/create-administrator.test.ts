import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entities } from '../app.module.ts';
import { databaseClock, type Database, type RequestContext } from '../platform/context.ts';
import { openDatabase } from '../platform/database.ts';
import { createLog } from '../platform/log.ts';
import { createTestDatabase } from '../testing/test-server.ts';
import { createAdministrator } from './create-administrator.ts';
import { isPassword } from './password.ts';

const log = createLog('error');
let database: Database;
beforeAll(async () => {
  database = await openDatabase({
    url: await createTestDatabase(),
    timeZone: 'Asia/Shanghai',
    entities,
    log,
    many: 20_000,
  });
});
afterAll(() => database.source.destroy());

describe('the first administrator', () => {
  it('is made once, by whoever starts at the same time, and its password told by the one who made it', async () => {
    const ctx: RequestContext = {
      database,
      log,
      clock: databaseClock,
      locale: 'en',
      requestId: 'start',
      address: '',
      actorId: null,
    };
    const made = await Promise.all([createAdministrator(ctx), createAdministrator(ctx), createAdministrator(ctx)]);
    const [told, ...more] = made.filter((each) => each !== undefined);
    expect(more).toEqual([]);
    expect(told?.password).toMatch(/^[\w-]{16}$/);
    const users = await database.source.query<{ email: string; password_hash: string }[]>('select * from app_user');
    expect(users.map(({ email }) => email)).toEqual([told?.email]);
    expect(await isPassword(told!.password, users[0]!.password_hash)).toBe(true);
    expect(await createAdministrator(ctx, { email: 'other@example.com', password: 'correct horse' })).toBeUndefined();
    expect(await database.source.query('select count(*) as n from app_user')).toEqual([{ n: 1 }]);
  });
});
