import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { simple, PublicForms } from '../testing/public-form-world.ts';
import { networkOf } from './submission-rate.ts';

let world: PublicForms;
beforeAll(async () => {
  world = await PublicForms.start();
});
afterAll(() => world.server.close());
beforeEach(() => world.clear());

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
  ['192.0.2.1', '192.0.2.1'],
])('%s is counted as %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});

test('P63 two hundred answers of one address in one go are not taken, thirty are', async () => {
  const { slug } = await world.open(simple);
  const from = { 'x-forwarded-for': '192.0.2.1' };
  const sent = await Promise.all(
    Array.from({ length: 200 }, (_, n) => world.send(slug, { values: { name: `n${n}` } }, from)),
  );
  const count = (status: number) => sent.filter((each) => each.status === status).length;
  expect([count(201), count(429)]).toEqual([60, 140]);
  expect(await world.kept()).toHaveLength(60);
});
