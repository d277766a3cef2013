import type { Page } from '@playwright/test';
import { ask, inBrowser } from './in-browser.ts';
import type { Section } from './section.ts';

const GROUPS = 4;
const CONDITIONS = 50;
/** Places of the pointer during one drag, a frame apart. */
const STEPS = 120;

const FIELD = 'mutation { createField(input: { key: "spend", type: NUMBER, label: "消费" }) { key } }';
const SEGMENT =
  'mutation ($rule: Rule!) { saveSegment(input: { key: "long", name: "200 conditions", rule: $rule }) { id } }';

/** Frames while a condition is dragged over a rule of 200 conditions, in a real browser. */
export const dragSection: Section = {
  name: 'drag',
  about: `frames while a condition is dragged over ${GROUPS * CONDITIONS} others, ms; needs the build, and CHROMIUM where Playwright has none`,
  run: () =>
    inBrowser(async (page) => {
      await openRule(page);
      return [rowOf(await framesOfDrag(page))];
    }),
};

async function openRule(page: Page): Promise<void> {
  await ask(page, FIELD);
  const groups = Array.from({ length: GROUPS }, (_, group) => ({
    and: Array.from({ length: CONDITIONS }, (_line, line) => ({ '>': [{ var: 'spend' }, group * CONDITIONS + line] })),
  }));
  const { saveSegment } = await ask<{ saveSegment: { id: string } }>(page, SEGMENT, { rule: { or: groups } });
  await page.goto(`/segments/${saveSegment.id}`);
  await page
    .locator('.line')
    .nth(GROUPS * CONDITIONS - 1)
    .waitFor();
  await page.waitForLoadState('networkidle');
}

/** How long each frame took, from the press of a handle to its release. */
async function framesOfDrag(page: Page): Promise<readonly number[]> {
  const handle = await page.locator('.line').first().locator('button').first().boundingBox();
  if (!handle) throw new Error('Not on screen');
  const [x, y] = [handle.x + handle.width / 2, handle.y + handle.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + 10);
  const frames = page.evaluate(
    (count) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const next = (at: number): void => {
          times.push(at);
          if (times.length <= count) requestAnimationFrame(next);
          else resolve(times.slice(1).map((time, index) => time - times[index]!));
        };
        requestAnimationFrame(next);
      }),
    STEPS,
  );
  // Down to where the page scrolls by itself, and back.
  for (let step = 0; step < STEPS; step += 1)
    await page.mouse.move(x + (step % 7), 450 + 440 * Math.sin((step / STEPS) * Math.PI * 2));
  const times = await frames;
  await page.mouse.up();
  return times;
}

function rowOf(times: readonly number[]): object {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.floor(share * (sorted.length - 1))]! * 10) / 10;
  const over = times.filter((time) => time > 50).length;
  return {
    frames: times.length,
    p50: at(0.5),
    p95: at(0.95),
    longest: at(1),
    'over 50 ms': over,
    goal: '0 over 50 ms',
  };
}
