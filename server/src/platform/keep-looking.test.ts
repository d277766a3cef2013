import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { RequestContext } from './context.ts';
import { keepLooking } from './keep-looking.ts';

function context() {
  const warn = vi.fn<(about: object, told: string) => void>();
  return { warn, ctx: { log: { warn } } as unknown as RequestContext };
}

test('it is looked again and again, also after a look that failed, until it is stopped, which waits for the look under way', async () => {
  const { ctx, warn } = context();
  let [looks, ended] = [0, 0];
  const look = async () => {
    looks += 1;
    if (looks === 1) throw new Error('no database');
    await sleep(20);
    ended += 1;
  };
  const looking = keepLooking(ctx, { look, every: 1, failure: 'not this time', isIdle: false });
  await vi.waitFor(() => expect(looks).toBeGreaterThan(2));
  await looking.stop();
  const atTheEnd = looks;
  expect([warn.mock.calls.map(([, told]) => told), ended]).toEqual([['not this time'], atTheEnd - 1]);
  await sleep(20);
  expect(looks).toBe(atTheEnd);
});

test('where another process looks, this one does not', async () => {
  const look = vi.fn<() => Promise<void>>();
  await keepLooking(context().ctx, { look, every: 1, failure: '', isIdle: true }).stop();
  expect(look).not.toHaveBeenCalled();
});
