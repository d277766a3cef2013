import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { effectScope, nextTick, shallowRef } from 'vue';
import { toDraft } from './form-draft.ts';
import { useDrawing } from './use-drawing.ts';
import { useSettled } from './use-settled.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('what is reckoned waits until a change is drawn, and is there at once for who cannot wait', async () => {
  const scope = effectScope();
  const number = shallowRef(2);
  const square = scope.run(() =>
    useSettled(
      () => number.value,
      () => number.value ** 2,
    ),
  )!;
  number.value = 3;
  await nextTick();
  expect([square.value.value, square.now.value]).toEqual([4, 9]);
  await vi.advanceTimersByTimeAsync(40);
  expect(square.value.value).toBe(9);
  number.value = 4;
  scope.stop();
  await vi.advanceTimersByTimeAsync(40);
  expect(square.value.value).toBe(9);
});

it('of a long form the first sections are drawn at once, and soon all', async () => {
  let made = 0;
  const items = Array.from({ length: 50 }, (_, at) => ({ field: `f${at}` }));
  const sections = Array.from({ length: 6 }, () => ({ columns: [{ items }] }));
  const draft = toDraft({ pages: [{ sections }] }, () => `${(made += 1)}`);
  const scope = effectScope();
  const drawn = scope.run(() => useDrawing(() => draft))!;
  expect(drawn.value.size).toBe(2);
  await vi.advanceTimersByTimeAsync(200);
  expect(drawn.value.size).toBe(6);
  scope.stop();
});
