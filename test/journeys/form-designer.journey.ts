import type { Locator, Page } from '@playwright/test';
import { boxOf, dragOver } from './dragging.ts';
import { askApi, choose, expect, expectAccessible, signIn, test, walkTo } from './journey.ts';

/** What a reader of each language clicks and reads. */
const words = {
  'zh-CN': {
    forms: '表单',
    newForm: '新建表单',
    name: '名称',
    formName: '到店登记',
    add: (name: string) => `添加“${name}”`,
    fields: { visitor: '访客', visits: '到店次数', wish: '心愿' },
    text: '文字',
    words: '文字内容',
    thanks: '谢谢您的到来',
    textPart: '文字“谢谢您的到来”',
    two: '2 栏',
    section: '分区 1',
    pickedUp: /已拿起“到店次数”，第 2 位，共 4 项，第 1 列，分区 1，第 1 页/,
    dropped: '已放下：第 1 位，共 1 项，第 2 列，分区 1，第 1 页',
    undo: '撤销',
    setVisible: '设置：显示条件',
    addCondition: '添加条件',
    field: '字段',
    value: '内容',
    operator: '比较方式',
    atLeast: '不低于',
    sentence: '「到店次数」不低于 3',
    done: '完成',
    saved: /草稿已保存 \d\d:\d\d/,
    preview: '预览',
    phone: '手机',
    submit: '提交',
    result: '提交后会保存',
    publish: '发布',
    published: '已发布第 1 版',
    menu: (name: string) => `${name} 操作`,
    moveTo: '移到…',
    move: '移动',
    versions: '历史版本',
    moved: '移动',
    restore: '恢复第 1 版',
    restoreConfirm: '恢复',
    restored: '草稿已恢复为第 1 版',
    design: '设计',
  },
  en: {
    forms: 'Forms',
    newForm: 'New form',
    name: 'Name',
    formName: 'Visit',
    add: (name: string) => `Add “${name}”`,
    fields: { visitor: 'Visitor', visits: 'Visits', wish: 'Wish' },
    text: 'Text',
    words: 'Words',
    thanks: 'Thank you for coming',
    textPart: 'Text “Thank you for coming”',
    two: '2',
    section: 'Section 1',
    pickedUp: /Picked up “Visits”, place 2 of 4 in column 1 of Section 1, Page 1/,
    dropped: 'Dropped: place 1 of 1 in column 2 of Section 1, Page 1',
    undo: 'Undo',
    setVisible: 'Set: Shown when',
    addCondition: 'Add condition',
    field: 'Field',
    value: 'Value',
    operator: 'Comparison',
    atLeast: 'is at least',
    sentence: 'Visits is at least 3',
    done: 'Done',
    saved: /Saved as draft \d\d:\d\d/,
    preview: 'Preview',
    phone: 'Phone',
    submit: 'Submit',
    result: 'This would be saved',
    publish: 'Publish',
    published: 'Published version 1',
    menu: (name: string) => `${name} actions`,
    moveTo: 'Move to…',
    move: 'Move',
    versions: 'Versions',
    moved: 'Moved',
    restore: 'Restore version 1',
    restoreConfirm: 'Restore',
    restored: 'The draft is version 1 again',
    design: 'Design',
  },
} as const;

type Words = (typeof words)[keyof typeof words];

/** The names of the parts in each column of the form. */
async function columnsOf(page: Page): Promise<readonly string[]> {
  return page
    .locator('#form-canvas .column')
    .evaluateAll((columns) =>
      columns.map((column) =>
        [...column.querySelectorAll('[id^=form-part-]')].map((part) => part.getAttribute('aria-label')).join(', '),
      ),
    );
}

/** Presses something by a finger, drags it to a part of another's height, and lets go. */
async function dragByTouch(page: Page, handle: Locator, target: Locator, part: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const [from, to] = [await boxOf(handle), await boxOf(target)];
  const [x, start] = [from.x + from.width / 2, from.y + from.height / 2];
  const end = to.y + to.height * part;
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y: start }] });
  for (let step = 1; step <= 8; step += 1)
    await session.send('Input.dispatchTouchEvent', {
      type: 'touchMove',
      touchPoints: [{ x: x - 4 * step, y: start + ((end - start) * step) / 8 }],
    });
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

async function prepare(page: Page, w: Words, prefix: string): Promise<void> {
  for (const [key, type] of [
    ['visitor', 'TEXT'],
    ['visits', 'NUMBER'],
    ['wish', 'LONG_TEXT'],
  ] as const)
    await askApi(page, 'mutation ($input: FieldInput!) { createField(input: $input) { key } }', {
      input: { key: `${prefix}_${key}`, type, label: w.fields[key] },
    });
}

for (const [locale, browserLocale, prefix] of [
  ['zh-CN', 'zh-CN', 'form_zh'],
  ['en', 'en-GB', 'form_en'],
] as const) {
  test.describe(locale, () => {
    test.use({ locale: browserLocale, viewport: { width: 1440, height: 1000 }, hasTouch: true });
    const w = words[locale];
    const { visitor, visits, wish } = w.fields;

    test('a form is designed with mouse, finger and keys, tried, published and restored', async ({ page }) => {
      // Many pages are searched for barriers, which takes most of the time.
      test.slow();
      await signIn(page);
      await prepare(page, w, prefix);
      await page.goto('/customers');
      const canvas = page.locator('#form-canvas');
      const part = (name: string): Locator => canvas.getByRole('group', { name, exact: true });
      const palette = (name: string): Locator => page.getByRole('button', { name: w.add(name), exact: true });

      await test.step('a new form gets a name', async () => {
        await page.getByRole('link', { name: w.forms, exact: true }).click();
        await expectAccessible(page);
        await page.getByRole('button', { name: w.newForm }).first().click();
        await page.getByRole('textbox', { name: w.name }).fill(w.formName);
        await expect(page.getByRole('heading', { level: 1, name: w.formName })).toBeVisible();
        await expectAccessible(page);
      });

      await test.step('fields are dragged onto it, and added by a click', async () => {
        await dragOver(page, palette(visitor), canvas.locator('.column').first(), 0.5);
        await page.mouse.up();
        await expect.poll(() => columnsOf(page)).toEqual([visitor]);
        await palette(visits).click();
        await dragOver(page, palette(wish), part(visitor), 0.2);
        await expect(page.locator('.line[aria-hidden]')).toBeVisible();
        await page.keyboard.press('Escape');
        await page.mouse.up();
        expect(await columnsOf(page)).toEqual([[visitor, visits].join(', ')]);
        await dragOver(page, palette(wish), part(visits), 0.9);
        await page.mouse.up();
        await palette(w.text).click();
        await page.getByRole('textbox', { name: w.words }).fill(w.thanks);
        await expect.poll(() => columnsOf(page)).toEqual([[visitor, visits, wish, w.textPart].join(', ')]);
      });

      await test.step('one goes to a second column by keys, and back by undoing', async () => {
        await part(w.section).click({ position: { x: 60, y: 12 } });
        await page.getByRole('radio', { name: w.two, exact: true }).check({ force: true });
        await part(visits).click();
        await page.keyboard.press('Space');
        await expect(page.getByText(w.pickedUp)).toBeAttached();
        for (const key of ['ArrowRight', 'Enter']) await page.keyboard.press(key);
        await expect(page.getByText(w.dropped)).toBeAttached();
        expect((await columnsOf(page))[1]).toBe(visits);
        await expect(part(visits)).toBeFocused();
        await page.keyboard.press('Control+z');
        expect((await columnsOf(page))[1]).toBe('');
        await page.keyboard.press('Control+Shift+z');
        expect((await columnsOf(page))[1]).toBe(visits);
        await expectAccessible(page);
      });

      await test.step('a finger drags by the handle', async () => {
        await part(wish).click();
        const handle = part(wish).getByRole('button').first();
        await dragByTouch(page, handle, part(visitor), 0.1);
        await expect.poll(async () => (await columnsOf(page))[0]?.startsWith(wish)).toBe(true);
      });

      await test.step('one is shown by a rule', async () => {
        await part(wish).click();
        await page.getByRole('button', { name: w.setVisible }).click();
        const drawer = page.getByRole('dialog');
        await drawer.getByRole('button', { name: w.addCondition }).first().click();
        await choose(page, drawer.getByRole('combobox', { name: w.field }).first(), visits);
        await choose(page, drawer.getByRole('combobox', { name: w.operator }).first(), w.atLeast);
        await drawer.getByRole('textbox', { name: w.value }).fill('3');
        await expect(drawer.getByText(w.sentence)).toBeVisible();
        await expectAccessible(page);
        await drawer.getByRole('button', { name: w.done }).click();
        await expect(page.getByText(w.sentence)).toBeVisible();
        await expect(page.getByText(w.saved)).toBeVisible();
      });

      await test.step('it is tried on a phone', async () => {
        await page.getByRole('button', { name: w.preview }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByText(w.phone, { exact: true }).click();
        await expect(dialog.getByLabel(wish)).toHaveCount(0);
        await dialog.getByLabel(visits).fill('3');
        await dialog.getByLabel(wish).fill('…');
        await expectAccessible(page);
        await dialog.getByRole('button', { name: w.submit }).click();
        await expect(dialog.getByText(w.result)).toBeVisible();
        await page.keyboard.press('Escape');
        await expect(dialog).toHaveCount(0);
      });

      await test.step('it is published', async () => {
        await page.getByRole('button', { name: w.publish, exact: true }).click();
        await page.getByRole('dialog').getByRole('button', { name: w.publish, exact: true }).click();
        await expect(page.getByText(w.published).first()).toBeVisible();
      });

      await test.step('another order is told, and the published one restored', async () => {
        await part(visits).click();
        await page.getByRole('button', { name: w.menu(visits), exact: true }).click();
        await page.getByRole('menuitem', { name: w.moveTo }).click();
        await expectAccessible(page);
        await page.getByRole('dialog').getByRole('button', { name: w.move, exact: true }).click();
        await expect.poll(async () => (await columnsOf(page))[1]).toBe('');
        await page.getByRole('link', { name: w.versions }).click();
        await expect(page.getByText(w.moved, { exact: true })).toBeVisible();
        await expectAccessible(page);
        await page.getByRole('button', { name: w.restore }).click();
        await page.getByRole('dialog').getByRole('button', { name: w.restoreConfirm, exact: true }).click();
        await expect(page.getByText(w.restored).first()).toBeVisible();
        await page.getByRole('link', { name: w.design }).click();
        expect((await columnsOf(page))[1]).toBe(visits);
      });

      await test.step('it is there after a reload', async () => {
        await page.reload();
        await expect.poll(async () => (await columnsOf(page))[1]).toBe(visits);
      });
    });
  });
}

test.describe('without a mouse', () => {
  test.use({ locale: 'en-GB', viewport: { width: 1440, height: 1000 } });
  const w = words.en;
  const { visitor, visits } = w.fields;

  test('a form is designed by keyboard alone', async ({ page }) => {
    await signIn(page);
    await prepare(page, w, 'form_keys');
    await page.goto('/forms');
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const part = (name: string): Locator => page.locator('#form-canvas').getByRole('group', { name, exact: true });
    const palette = (name: string): Locator => page.getByRole('button', { name: w.add(name), exact: true });

    await walkTo(page, page.getByRole('button', { name: w.newForm }).first());
    await press('Enter');
    await expect(page).toHaveURL(/\/forms\/[0-9a-f-]{36}/);
    for (const name of [visitor, visits]) {
      await page.locator('#content').focus();
      await walkTo(page, palette(name).first());
      await press('Enter');
      await expect(part(name)).toBeFocused();
    }
    await press('Space', 'ArrowUp', 'Enter');
    await expect(page.getByText('Dropped: place 1 of 2 in column 1 of Section 1, Page 1')).toBeAttached();
    expect(await columnsOf(page)).toEqual([[visits, visitor].join(', ')]);

    await test.step('both are selected and moved to a new section', async () => {
      await press('Shift+ArrowDown');
      await walkTo(page, page.getByRole('button', { name: /Add section/ }));
      await press('Enter');
      await expect(part('Section 2')).toBeFocused();
      await press('ArrowUp', 'Shift+ArrowUp', 'Space', 'ArrowDown', 'Enter');
      expect(await columnsOf(page)).toEqual(['', [visits, visitor].join(', ')]);
    });

    await test.step('one is removed, which can be undone', async () => {
      await press('Escape', 'Delete');
      expect(await columnsOf(page)).toEqual(['', visitor]);
      await press('Control+z');
      expect(await columnsOf(page)).toEqual(['', [visits, visitor].join(', ')]);
      await expectAccessible(page);
      await expect(page.getByText(w.saved)).toBeVisible();
    });
  });
});
