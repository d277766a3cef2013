import type { Locator, Page } from '@playwright/test';
import { askApi, choose, expect, expectAccessible, signIn, test } from './journey.ts';

/** What a reader of each language clicks and reads. */
const words = {
  'zh-CN': {
    newSegment: '新建分群',
    addCondition: '添加条件',
    addGroup: '添加条件组',
    condition: (number: string) => `条件 ${number}`,
    group: (number: string) => new RegExp(`^条件组 ${number} 满足`),
    field: '字段',
    value: '内容',
    move: (name: string) => new RegExp(`^调整“${name} `),
    count: '符合的客户',
    undo: '撤销',
    pickedUp: /已拾起“条件 1 「积分A」等于 1”，第 1 位，共 4 项，位于最外层（满足全部）/,
    entered: '第 1 位，共 4 项，位于条件组 3（满足任一）',
    putBack: '已还原位置',
    joins: '合成一个条件组',
    counted: '3 位客户符合',
    menu: '条件 1 条件操作',
    disable: '停用',
    disabled: /条件 1 .*已停用，不参与计算/,
    label: (letter: string) => `积分${letter}`,
    form: '取它的什么',
    plus: '加',
    other: '与什么计算',
    oneMore: '再加一项',
    sum: /^条件 3 （「积分A」\+「积分B」\+「积分C」）等于 1/,
  },
  en: {
    newSegment: 'New segment',
    addCondition: 'Add condition',
    addGroup: 'Add group',
    condition: (number: string) => `Condition ${number}`,
    group: (number: string) => new RegExp(`^Group ${number} (all|any|none) of`),
    field: 'Field',
    value: 'Value',
    move: (name: string) => new RegExp(`^Move “${name} `),
    count: 'Matching customers',
    undo: 'Undo',
    pickedUp: /Picked up “Condition 1 Points A is 1”\. Place 1 of 4 in the outermost group \(all of\)/,
    entered: 'Place 1 of 4 in group 3 (any of)',
    putBack: 'Put back',
    joins: 'Makes a group of both',
    counted: '3 customers match',
    menu: 'Condition 1 Condition actions',
    disable: 'Disable',
    disabled: /Condition 1 .*disabled, does not count/,
    label: (letter: string) => `Points ${letter}`,
    form: 'What of it',
    plus: 'plus',
    other: 'Calculated with',
    oneMore: 'One more',
    sum: /^Condition 3 \(Points A \+ Points B \+ Points C\) is 1/,
  },
} as const;

type Words = (typeof words)[keyof typeof words];

const letters = [...'ABCDEFGH'];

/** A field for each letter, and customers by the letters whose field is 1. */
async function prepare(page: Page, w: Words, prefix: string): Promise<void> {
  for (const letter of letters)
    await askApi(page, 'mutation ($input: FieldInput!) { createField(input: $input) { key } }', {
      input: { key: `${prefix}_${letter.toLowerCase()}`, type: 'NUMBER', label: w.label(letter) },
    });
  for (const held of ['ABC', 'ABEFG', 'AB', 'ABCG'])
    await askApi(page, 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { entered { key } } }', {
      input: { values: Object.fromEntries([...held].map((letter) => [`${prefix}_${letter.toLowerCase()}`, 1])) },
    });
}

/** Fills in that the field of a letter is 1. */
async function fill(page: Page, w: Words, number: string, letter: string): Promise<void> {
  const name = (part: string): { name: string; exact: true } => ({
    name: `${w.condition(number)} ${part}`,
    exact: true,
  });
  await choose(page, page.getByRole('combobox', name(w.field)), w.label(letter));
  await page.getByRole('textbox', name(w.value)).fill('1');
}

/** The buttons of the groups within come before those of the group itself. */
async function add(within: Locator | Page, button: string): Promise<void> {
  await within.getByRole('button', { name: button, exact: true }).last().click();
}

/** All of A, B and any of (C, D, all of (E, F, any of (G, H))). */
async function build(page: Page, w: Words): Promise<void> {
  await add(page, w.addCondition);
  await fill(page, w, '1', 'A');
  await add(page, w.addCondition);
  await fill(page, w, '2', 'B');
  let around: Locator | Page = page;
  for (const [number, [first, second]] of [
    ['3', ['C', 'D']],
    ['3.3', ['E', 'F']],
    ['3.3.3', ['G', 'H']],
  ] as const) {
    await add(around, w.addGroup);
    around = page.getByRole('group', { name: w.group(number) });
    await fill(page, w, `${number}.1`, first);
    await add(around, w.addCondition);
    await fill(page, w, `${number}.2`, second);
  }
}

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (!box) throw new Error('Not on screen');
  return box;
}

/** Presses the handle of a condition and moves the mouse to a part of another item's height. */
async function dragOver(page: Page, handle: Locator, target: Locator, part: number): Promise<void> {
  const from = await boxOf(handle);
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  const to = await boxOf(target);
  await page.mouse.move(to.x + 40, to.y + to.height * part, { steps: 12 });
}

/** The same by a finger, and lets go. */
async function dragByTouch(page: Page, handle: Locator, target: Locator, part: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const [from, to] = [await boxOf(handle), await boxOf(target)];
  const x = from.x + from.width / 2;
  const [start, end] = [from.y + from.height / 2, to.y + to.height * part];
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y: start }] });
  for (let step = 1; step <= 8; step += 1)
    await session.send('Input.dispatchTouchEvent', {
      type: 'touchMove',
      touchPoints: [{ x, y: start + ((end - start) * step) / 8 }],
    });
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

for (const [locale, browserLocale] of [
  ['zh-CN', 'zh-CN'],
  ['en', 'en-GB'],
] as const) {
  test.describe(locale, () => {
    test.use({ locale: browserLocale, viewport: { width: 1440, height: 1400 }, hasTouch: true });
    const w = words[locale];

    test('a rule of nested groups is built, dragged into another shape and moved by keys', async ({ page }) => {
      test.slow();
      await signIn(page);
      await prepare(page, w, locale === 'en' ? 'en' : 'zh');
      await page.goto('/segments');
      await page.getByRole('link', { name: w.newSegment }).first().click();
      const editor = page.locator('#segment');
      const item = (number: string): Locator =>
        editor.getByRole('group', { name: new RegExp(`^${w.condition(number).replaceAll('.', '\\.')} `) });
      const handle = (number: string): Locator =>
        editor.getByRole('button', { name: w.move(w.condition(number).replaceAll('.', '\\.')) });
      const count = editor.getByRole('complementary', { name: w.count }).locator('.count');
      const told = page.getByRole('status');

      await test.step('eight conditions in three nested groups', async () => {
        await build(page, w);
        await expect(count).toHaveText('3');
        await expectAccessible(page);
      });

      await test.step('a condition is dragged out of its group by mouse, and the count changes', async () => {
        await dragOver(page, handle('3.1'), item('2'), 0.9);
        await page.mouse.up();
        await expect(item('3')).toContainText(w.label('C'));
        await expect(count).toHaveText('0');
      });

      await test.step('another from the innermost group into the outermost but one', async () => {
        await dragOver(page, handle('4.2.3.1'), item('4.1'), 0.1);
        await page.mouse.up();
        await expect(item('4.1')).toContainText(w.label('G'));
        await expect(count).toHaveText('1');
      });

      await test.step('dropped on a condition it would make a group of both; Escape puts back', async () => {
        await dragOver(page, handle('1'), item('2'), 0.5);
        await expect(page.getByText(w.joins)).toBeVisible();
        await page.keyboard.press('Escape');
        await page.mouse.up();
        await expect(page.getByText(w.joins)).toBeHidden();
        await expect(item('1')).toContainText(w.label('A'));
        await expect(told.filter({ hasText: w.putBack })).toHaveCount(1);
      });

      await test.step('with Alt a copy lands; undo takes it away', async () => {
        await page.keyboard.down('Alt');
        await dragOver(page, handle('1'), item('3'), 0.9);
        await page.mouse.up();
        await page.keyboard.up('Alt');
        await expect(item('4')).toContainText(w.label('A'));
        await expect(item('1')).toContainText(w.label('A'));
        for (let steps = 0; steps < 3; steps += 1) await page.getByRole('button', { name: w.undo }).click();
        await expect(count).toHaveText('3');
      });

      await test.step('a condition is dragged by touch too', async () => {
        await dragByTouch(page, handle('3.1'), item('2'), 0.9);
        await expect(count).toHaveText('0');
        await page.getByRole('button', { name: w.undo }).click();
        await expect(count).toHaveText('3');
      });

      await test.step('a condition is picked up, moved into a group and dropped by keyboard', async () => {
        await item('1').focus();
        await page.keyboard.press('ArrowDown');
        await expect(item('2')).toBeFocused();
        await page.keyboard.press('ArrowUp');
        // Four are in the outermost group for as long as one that is picked up is.
        await page.keyboard.press('Control+d');
        await expect(told.filter({ hasText: w.counted })).toHaveCount(1);
        await page.keyboard.press('Space');
        await expect(told.filter({ hasText: w.pickedUp })).toHaveCount(1);
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowRight');
        await expect(told.filter({ hasText: w.entered })).toHaveCount(1);
        await page.keyboard.press('Enter');
        await expect(item('3.1')).toBeFocused();
        await expect(count).toHaveText('4');
        await expectAccessible(page);
      });

      await test.step('a copied condition is pasted, and a disabled one does not count', async () => {
        await page.keyboard.press('Control+c');
        await item('2').focus();
        await page.keyboard.press('Control+v');
        await expect(item('3')).toContainText(w.label('A'));
        await page.getByRole('button', { name: w.menu, exact: true }).click();
        await page.getByRole('menuitem', { name: w.disable }).click();
        await expect(editor.getByRole('group', { name: w.disabled })).toBeVisible();
        await expectAccessible(page);
      });

      await test.step('a field is added to another, and a third one to both', async () => {
        const part = (name: string): Locator =>
          page.getByRole('combobox', { name: `${w.condition('3')} ${name}`, exact: true });
        await choose(page, part(w.form), w.plus);
        await choose(page, part(w.other), w.label('B'));
        await page.getByRole('button', { name: `${w.condition('3')} ${w.oneMore}` }).press('Enter');
        await expect(part(`${w.other} 2`)).toBeFocused();
        await choose(page, part(`${w.other} 2`), w.label('C'));
        await expect(editor.getByRole('group', { name: w.sum })).toBeVisible();
        await expectAccessible(page);
      });
    });
  });
}
