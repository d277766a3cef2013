import type { Locator, Page } from '@playwright/test';
import { choose, expect, expectAccessible, signIn, test } from './journey.ts';

/** What a reader of each language clicks and reads. */
const words = {
  'zh-CN': {
    fields: '字段',
    customers: '客户',
    newField: '新建字段',
    newCustomer: '新建客户',
    save: '保存',
    name: '中文名称',
    key: /^标识/,
    type: /^类型/,
    choice: '单选',
    number: '数字',
    paste: '粘贴多个',
    lines: '每行一个选项',
    told: '将添加 3 个选项，跳过 1 个重复的。',
    add: '添加',
    handle: (label: string) => `调整“${label}”的位置`,
    color: '第 1 个选项 颜色：无颜色',
    red: '红',
    addRule: '添加校验规则',
    addCondition: '添加条件',
    field: '字段',
    operator: '比较方式',
    atLeast: '不低于',
    value: '内容',
    sentence: '「年龄」不低于 18',
    message: '不符合时的提示（中文）',
    more: (label: string) => `${label} 更多操作`,
    archive: '归档',
    restore: '恢复',
    showArchived: '显示已归档',
    dropped: '已放在第 1 位，共 3 项',
    age: '年龄',
    level: '等级',
    options: ['金卡', '银卡', '铜卡'],
    minor: '未成年人没有等级',
  },
  en: {
    fields: 'Fields',
    customers: 'Customers',
    newField: 'New field',
    newCustomer: 'New customer',
    save: 'Save',
    name: 'Name in English',
    key: /^Key/,
    type: /^Type/,
    choice: 'Single choice',
    number: 'Number',
    paste: 'Paste several',
    lines: 'One option a line',
    told: 'To be added: 3. Skipped, since they are there already: 1.',
    add: 'Add',
    handle: (label: string) => `Move “${label}”`,
    color: 'Option 1 Colour: No colour',
    red: 'Red',
    addRule: 'Add a rule',
    addCondition: 'Add condition',
    field: 'Field',
    operator: 'Comparison',
    atLeast: 'is at least',
    value: 'Value',
    sentence: 'Age is at least 18',
    message: 'What to say if not (English)',
    more: (label: string) => `${label} More actions`,
    archive: 'Archive',
    restore: 'Restore',
    showArchived: 'Show archived',
    dropped: 'Dropped at place 1 of 3',
    age: 'Age',
    level: 'Level',
    options: ['Gold', 'Silver', 'Bronze'],
    minor: 'Minors have no level',
  },
} as const;

type Words = (typeof words)[keyof typeof words];

/** Opens the drawer of a new field and fills in what every field has. */
async function startField(page: Page, w: Words, field: { name: string; key: string; type: string }): Promise<Locator> {
  await page.getByRole('link', { name: w.newField }).first().click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('textbox', { name: w.name }).fill(field.name);
  await choose(page, drawer.getByRole('combobox', { name: w.type }), field.type);
  await drawer.getByRole('textbox', { name: w.key }).fill(field.key);
  return drawer;
}

/** The labels of these fields as they follow each other in the table. */
async function orderOf(page: Page, ...labels: readonly string[]): Promise<readonly string[]> {
  const links = await page.getByRole('row').getByRole('link').allTextContents();
  return links.filter((label) => labels.includes(label));
}

async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (!start || !end) throw new Error('Not on screen');
  const middle = (box: typeof start): [number, number] => [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(...middle(start));
  await page.mouse.down();
  await page.mouse.move(...middle(end), { steps: 12 });
  await page.mouse.up();
}

async function archive(page: Page, w: Words, label: string): Promise<void> {
  await page.getByRole('button', { name: w.more(label), exact: true }).click();
  await page.getByRole('menuitem', { name: w.archive }).click();
  await page.getByRole('dialog').getByRole('button', { name: w.archive }).click();
  await expect(page.getByRole('link', { name: label, exact: true })).toHaveCount(0);
}

for (const [locale, browserLocale, keys] of [
  ['zh-CN', 'zh-CN', { age: 'nian_ling', level: 'deng_ji' }],
  ['en', 'en-GB', { age: 'age', level: 'level' }],
] as const) {
  test.describe(locale, () => {
    test.use({ locale: browserLocale });
    const w = words[locale];

    test('fields are made, ordered, given a rule, archived and restored', async ({ page }) => {
      // Seven pages are searched for barriers, which takes most of the time.
      test.slow();
      await signIn(page);
      await page.getByRole('link', { name: w.fields, exact: true }).click();

      await test.step('a number', async () => {
        const drawer = await startField(page, w, { name: w.age, key: keys.age, type: w.number });
        await drawer.getByRole('button', { name: w.save }).click();
        await expect(page.getByRole('link', { name: w.age, exact: true })).toBeVisible();
      });

      await test.step('a choice, whose options are pasted, ordered by keyboard and coloured', async () => {
        const drawer = await startField(page, w, { name: w.level, key: keys.level, type: w.choice });
        await drawer.getByRole('button', { name: w.paste }).click();
        const [first, second, third] = w.options;
        await page.getByRole('textbox', { name: w.lines }).fill([first, second, first, third].join('\n'));
        await expect(page.getByText(w.told)).toBeVisible();
        await expectAccessible(page);
        await page.getByRole('button', { name: w.add, exact: true }).click();
        await drawer.getByRole('button', { name: w.handle(third) }).focus();
        for (const key of ['Space', 'ArrowUp', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
        await expect(page.getByText(w.dropped)).toBeAttached();
        await expect(drawer.getByRole('listitem').getByRole('button', { name: w.handle(third) })).toBeFocused();
        await drawer.getByRole('button', { name: w.color }).click();
        await page.getByRole('menuitemradio', { name: w.red }).click();
        await expectAccessible(page);
        await drawer.getByRole('button', { name: w.save }).click();
        await expect(page.getByRole('link', { name: w.level, exact: true })).toBeVisible();
        await expectAccessible(page);
      });

      await test.step('a rule with a sentence of its own', async () => {
        await page.getByRole('link', { name: w.level, exact: true }).click();
        const drawer = page.getByRole('dialog');
        await drawer.getByRole('button', { name: w.addRule }).click();
        await drawer.getByRole('button', { name: w.addCondition }).first().click();
        await choose(page, drawer.getByRole('combobox', { name: w.field }).first(), w.age);
        await choose(page, drawer.getByRole('combobox', { name: w.operator }).first(), w.atLeast);
        await drawer.getByRole('textbox', { name: w.value }).fill('18');
        await expect(drawer.getByText(w.sentence)).toBeVisible();
        await drawer.getByRole('textbox', { name: w.message }).fill(w.minor);
        await expectAccessible(page);
        await drawer.getByRole('button', { name: w.save }).click();
        await expect(drawer).toHaveCount(0);
      });

      await test.step('another order, by mouse, which stays', async () => {
        expect(await orderOf(page, w.age, w.level)).toEqual([w.age, w.level]);
        const handle = (label: string): Locator => page.getByRole('button', { name: w.handle(label), exact: true });
        const stored = page.waitForResponse(
          (response) => response.request().postData()?.includes('OrderFields') ?? false,
        );
        await drag(page, handle(w.level), handle(w.age));
        await expect.poll(() => orderOf(page, w.age, w.level)).toEqual([w.level, w.age]);
        await stored;
        await page.reload();
        await expect.poll(() => orderOf(page, w.age, w.level)).toEqual([w.level, w.age]);
      });

      await test.step('the rule is kept, in its own words', async () => {
        await page.getByRole('link', { name: w.customers, exact: true }).click();
        await page.getByRole('link', { name: w.newCustomer }).first().click();
        await page.getByRole('textbox', { name: w.age }).fill('10');
        await choose(page, page.getByRole('combobox', { name: w.level }), w.options[2]);
        await page.getByRole('button', { name: w.save }).click();
        await expect(page.getByText(w.minor)).toBeVisible();
        await expectAccessible(page);
        await page.getByLabel(w.age).fill('20');
        await page.getByRole('button', { name: w.save }).click();
        await expect(page).toHaveURL(/\/customers\/[0-9a-f-]{36}/);
      });

      await test.step('archived and restored', async () => {
        await page.getByRole('link', { name: w.fields, exact: true }).click();
        await archive(page, w, w.level);
        await page.getByRole('checkbox', { name: w.showArchived }).check();
        await expectAccessible(page);
        await page.getByRole('button', { name: w.more(w.level), exact: true }).click();
        await page.getByRole('menuitem', { name: w.restore }).click();
        await expect(page.getByRole('link', { name: w.level, exact: true })).toBeVisible();
        // Whatever journey comes next finds no rule of this one.
        await archive(page, w, w.level);
        await archive(page, w, w.age);
      });
    });
  });
}
