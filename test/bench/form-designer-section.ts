import type { Browser, Locator, Page } from '@playwright/test';
import { stretchesRow, stretchesWhile, type Stretch } from './frames.ts';
import { ask, inBrowser } from './in-browser.ts';
import type { Section } from './section.ts';

const FIELDS = 500;
const TYPES = ['TEXT', 'NUMBER', 'DATE', 'SELECT', 'BOOLEAN', 'LONG_TEXT', 'PHONE', 'MULTI_SELECT'] as const;
const [PAGES, SECTIONS, COLUMNS] = [5, 5, 2];
/** Places of the pointer during one drag. */
const STEPS = 120;
/** How often a part is dropped. */
const DROPS = 8;

const FIELD = 'mutation ($input: FieldInput!) { createField(input: $input) { key } }';
const FORM = 'mutation ($input: FormInput!) { saveForm(input: $input) { id } }';

/** A form of 500 fields while it is designed, in a real browser. */
export const formDesignerSection: Section = {
  name: 'form-designer',
  about: `form designer at ${FIELDS} fields: first paint, frames while dragging and at the drop, ms; needs the build, and CHROMIUM where Playwright has none`,
  run: () =>
    inBrowser(async (page, browser) => {
      const address = await makeForm(page);
      const paints = [
        await firstPaint(browser, page, { address, what: 'first paint' }),
        await firstPaint(browser, page, { address, what: 'first paint, from the cache' }),
      ];
      return [...paints, ...(await drag(browser, page))];
    }),
};

async function makeForm(page: Page): Promise<string> {
  const keys = Array.from({ length: FIELDS }, (_, index) => `field_${index}`);
  for (const [index, key] of keys.entries()) {
    const type = TYPES[index % TYPES.length]!;
    const options = ['a', 'b', 'c'].map((option) => ({ key: option, label: option }));
    await ask(page, FIELD, {
      input: { key, type, label: `字段 ${index}`, ...(type.endsWith('SELECT') && { options }) },
    });
  }
  const each = FIELDS / (PAGES * SECTIONS * COLUMNS);
  const parts = <T>(count: number, make: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, at) => make(at));
  let next = 0;
  const layout = {
    pages: parts(PAGES, () => ({
      sections: parts(SECTIONS, () => ({
        columns: parts(COLUMNS, () => ({ items: parts(each, () => ({ field: keys[next++]! })) })),
      })),
    })),
  };
  const { saveForm } = await ask<{ saveForm: { id: string } }>(page, FORM, { input: { name: '500', layout } });
  return `/forms/${saveForm.id}`;
}

/** From the call of the page until parts of the form are on screen; of the processor what the page did for that, and what it drew after. */
async function firstPaint(
  browser: Browser,
  page: Page,
  { address, what }: { address: string; what: string },
): Promise<object> {
  let painted = 0;
  const stretches = await stretchesWhile(browser, page, async () => {
    await page.goto(address);
    await page.locator('#form-canvas .item').first().waitFor();
    painted = await page.evaluate(
      () => new Promise<number>((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  });
  await page.waitForLoadState('networkidle');
  const worked = stretches.reduce((sum, each) => sum + each.worked, 0);
  return { what, longest: Math.round(painted), 'of the processor': Math.round(worked), goal: '≤ 1000' };
}

/** Frames of drags over the form without a drop, and of drops. */
async function drag(browser: Browser, page: Page): Promise<readonly object[]> {
  const part = (index: number): Locator => page.locator('#form-canvas .item').nth(index);
  const start = await middleOf(part(1));
  await page.mouse.move(start.x, start.y);
  const dragging = await stretchesWhile(browser, page, async () => {
    await page.mouse.down();
    // Down to where the canvas scrolls by itself, and back.
    for (let step = 0; step < STEPS; step += 1)
      await page.mouse.move(start.x + (step % 7), 500 + 380 * Math.sin((step / STEPS) * Math.PI * 2));
    await page.keyboard.press('Escape');
    await page.mouse.up();
  });
  await page.locator('#form-canvas').evaluate((canvas) => canvas.scrollTo(0, 0));
  const drops: Stretch[] = [];
  for (let drop = 0; drop < DROPS; drop += 1) {
    const [from, to] = [await middleOf(part(drop % 3)), await middleOf(part(3 + (drop % 2)))];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y + 8, { steps: 10 });
    drops.push(...(await stretchesWhile(browser, page, () => page.mouse.up())));
    // The draft is saved a moment later, which belongs to the drop, too.
    drops.push(...(await stretchesWhile(browser, page, () => saved(page))));
  }
  return [stretchesRow('while dragging', dragging), stretchesRow('at the drop, and at the save after it', drops)];
}

/** Until the draft was saved. */
async function saved(page: Page): Promise<void> {
  await page.waitForResponse((response) => response.request().postData()?.includes('mutation SaveForm') ?? false);
}

async function middleOf(part: Locator): Promise<{ x: number; y: number }> {
  await part.scrollIntoViewIfNeeded();
  const box = await part.boundingBox();
  if (!box) throw new Error('Not on screen');
  return { x: box.x + 40, y: box.y + box.height / 2 };
}
