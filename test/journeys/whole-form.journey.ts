import type { Browser, Page } from '@playwright/test';
import { expect, expectAccessible, signIn, test, type Way } from './journey.ts';
import { activateSegments, makeFields, tidyUp } from './whole-form/around.ts';
import { layOut, moveAbout, placeFields, setRules } from './whole-form/build.ts';
import { byKeys, forbidMouse } from './whole-form/by-keys.ts';
import { byMouse } from './whole-form/by-mouse.ts';
import { layoutOf, partOf } from './whole-form/canvas.ts';
import { nameOf, type Desk } from './whole-form/desk.ts';
import { fieldNames } from './whole-form/fields.ts';
import { fillWithMistakes } from './whole-form/visit.ts';
import { words } from './whole-form/words.ts';

const PHONE = { width: 390, height: 844 };

/** A desk at a page. */
async function deskAt(page: Page, way: Way, locale: Desk['locale']): Promise<Desk> {
  const w = words[locale];
  if (way === 'keyboard') await forbidMouse(page);
  return { page, w, locale, hands: way === 'mouse' ? byMouse(page, w) : byKeys(page, w) };
}

/** The form as it will be filled, on a phone and in the other language, which it speaks wholly. */
async function preview({ page, hands, w, locale }: Desk): Promise<void> {
  await hands.press(page.getByRole('button', { name: w.preview }));
  const dialog = page.getByRole('dialog');
  const spoken = words[locale === 'en' ? 'zh-CN' : 'en'];
  await hands.choosePill(dialog.getByRole('radiogroup', { name: w.width }), w.phone);
  await hands.choosePill(dialog.getByRole('radiogroup', { name: w.language }), w.otherLanguage);
  const label = fieldNames.member[locale === 'en' ? 0 : 1];
  await expect(dialog.getByLabel(label)).toBeVisible();
  await hands.press(dialog.getByRole('button', { name: spoken.next, exact: true }));
  await expect(dialog.getByRole('alert')).toHaveText(spoken.wrong(1));
  await expect(dialog.getByLabel(label)).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}

/** Reads what publishing changes and for whom, and publishes. */
async function publish({ page, hands, w }: Desk, number: number, review: string | RegExp): Promise<void> {
  await hands.press(page.getByRole('button', { name: w.publish, exact: true }));
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(review)).toBeVisible();
  await expect(dialog.getByText(w.readOnlyFor)).toBeVisible();
  await expectAccessible(page);
  await hands.press(dialog.getByRole('button', { name: w.publish, exact: true }));
  await expect(page.getByText(w.published(number)).first()).toBeVisible();
}

/** Opens the form to everybody; gives the address. */
async function open({ page, hands, w }: Desk): Promise<string> {
  await hands.press(page.getByRole('link', { name: w.share, exact: true }));
  await hands.press(page.getByRole('button', { name: w.open, exact: true }));
  await hands.press(page.getByRole('dialog').getByRole('button', { name: w.open, exact: true }));
  await expect(page.getByText(w.opened)).toBeVisible();
  await expectAccessible(page);
  return page.getByLabel(w.link, { exact: true }).inputValue();
}

/** Somebody whom nobody knows fills the form on a phone. */
async function visit(browser: Browser, desk: Desk, way: Way, address: string, visitor: string): Promise<void> {
  const locale = desk.locale === 'en' ? 'en-GB' : desk.locale;
  const context = await browser.newContext({ locale, viewport: PHONE, reducedMotion: 'reduce' });
  const there = await deskAt(await context.newPage(), way, desk.locale);
  const complaints: string[] = [];
  there.page.on('pageerror', (error) => complaints.push(error.message));
  await fillWithMistakes(there, address, visitor);
  expect(complaints).toEqual([]);
  await context.close();
}

/** The customer is found, with what was computed, and stands in one segment and not in the other. */
async function find(desk: Desk, visitor: string, [segment, other]: readonly string[]): Promise<void> {
  const { page, hands, w } = desk;
  await page.goto('/customers');
  await hands.write(page.getByRole('searchbox', { name: w.search }), visitor);
  await expect(page).toHaveURL(/[?&]q=Ida/);
  await hands.openRow(page.getByRole('grid'), visitor);
  await expect(page).toHaveURL(/\/customers\/[0-9a-f-]{36}/);
  await expect(page.getByLabel(nameOf(desk, 'yearly'))).toHaveText(w.ofFormula('1,200'));
  const segments = page.getByRole('region', { name: w.segments, exact: true });
  await expect(segments.getByRole('link', { name: segment })).toBeVisible();
  await expect(segments.getByRole('link', { name: other })).toHaveCount(0);
  await expectAccessible(page);
}

/** Another version is published, and the first one restored. */
async function restore(desk: Desk, form: string): Promise<void> {
  const { page, hands, w } = desk;
  await page.goto(`/forms/${form}`);
  await expect(partOf(page, nameOf(desk, 'channel'))).toBeVisible();
  const before = await layoutOf(page);
  await hands.remove(nameOf(desk, 'note'));
  await hands.carry(nameOf(desk, 'channel'), [1, 2, 1, 1]);
  await expect(page.getByText(w.saved)).toBeVisible();
  await publish(desk, 2, nameOf(desk, 'note'));
  await hands.press(page.getByRole('link', { name: w.versions }));
  await hands.press(page.getByRole('button', { name: w.restore }));
  await expectAccessible(page);
  await hands.press(page.getByRole('dialog').getByRole('button', { name: w.restoreConfirm, exact: true }));
  await expect(page.getByText(w.restored).first()).toBeVisible();
  await hands.press(page.getByRole('link', { name: w.design }));
  await expect.poll(() => layoutOf(page)).toEqual(before);
}

for (const [locale, browserLocale, way, prefix] of [
  ['zh-CN', 'zh-CN', 'mouse', 'whole_zh'],
  ['en', 'en-GB', 'mouse', 'whole_en'],
  ['zh-CN', 'zh-CN', 'keyboard', 'whole_keys_zh'],
  ['en', 'en-GB', 'keyboard', 'whole_keys_en'],
] as const)
  test.describe(locale, () => {
    test.use({ locale: browserLocale, viewport: { width: 1440, height: 1000 } });

    test(`a whole form is built, published, filled by anybody and restored, by ${way}`, async ({ page, browser }) => {
      test.setTimeout(600_000);
      await signIn(page);
      await makeFields(page, prefix);
      const desk = await deskAt(page, way, locale);
      const { hands, w } = desk;
      await page.goto('/forms');
      await hands.press(page.getByRole('button', { name: w.newForm }).first());
      await hands.write(page.getByRole('textbox', { name: w.name }), w.formName);
      await expect(page).toHaveURL(/\/forms\/[0-9a-f-]{36}/);
      const form = page.url().split('/').at(-1)!;

      await test.step('three pages are laid out', () => layOut(desk));
      await test.step('twenty fields are placed, ten of them new', () => placeFields(desk));
      await test.step('some are moved', () => moveAbout(desk));
      await test.step('rules are drawn', () => setRules(desk));
      await expect(page.getByText(w.saved)).toBeVisible();
      await test.step('it is looked at on a phone', () => preview(desk));
      await test.step('it is published', () => publish(desk, 1, w.first));
      const address = await test.step('and opened', () => open(desk));
      const segments = await activateSegments(page, prefix);
      await test.step('a visitor fills it', () => visit(browser, desk, way, address, `Ida ${prefix}`));
      await test.step('the customer is found', () =>
        find(
          desk,
          `Ida ${prefix}`,
          segments.map(({ name }) => name),
        ));
      await test.step('the first version is restored', () => restore(desk, form));
      await tidyUp(page, form, segments);
    });
  });
