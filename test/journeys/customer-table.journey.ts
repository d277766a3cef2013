import type { Page } from '@playwright/test';
import { askApi, choose, expect, expectAccessible, signIn, test } from './journey.ts';

/** What a reader of each language clicks and reads. */
const words = {
  'zh-CN': {
    customers: '客户',
    name: '姓名',
    spend: '年消费',
    level: '卡等级',
    gold: '金卡',
    silver: '银卡',
    search: '搜索客户',
    menu: (column: string) => `“${column}”列的操作`,
    descending: '降序',
    hide: '隐藏此列',
    columns: '列',
    close: '关闭',
    select: (name: string) => `选中 ${name}`,
    selected: '已选 2 位客户',
    bulk: '批量修改',
    field: '字段',
    value: '改为',
    start: '修改 2 位客户',
    changed: /已修改 1 位，1 位本来就是这样/,
    lists: '客户列表：全部客户',
    keep: '另存为列表…',
    listName: '列表名称',
    save: '保存',
    list: '姓周的金卡客户',
    kept: '客户列表：姓周的金卡客户',
    all: '全部客户',
    more: '更多操作',
    erase: '抹除',
    erased: '已抹除这位客户',
    nothing: '没有找到客户',
    loading: '正在加载…',
  },
  en: {
    customers: 'Customers',
    name: 'Full name',
    spend: 'Spend a year',
    level: 'Tier',
    gold: 'Gold',
    silver: 'Silver',
    search: 'Search customers',
    menu: (column: string) => `Column “${column}”`,
    descending: 'Descending',
    hide: 'Hide this column',
    columns: 'Columns',
    close: 'Close',
    select: (name: string) => `Select ${name}`,
    selected: '2 selected',
    bulk: 'Change a field',
    field: 'Field',
    value: 'New value',
    start: 'Change 2 customers',
    changed: /Changed: 1. Already so: 1/,
    lists: 'List of customers: All customers',
    keep: 'Save as a list…',
    listName: 'Name of the list',
    save: 'Save',
    list: 'Gold Zhous',
    kept: 'List of customers: Gold Zhous',
    all: 'All customers',
    more: 'More actions',
    erase: 'Erase',
    erased: 'The customer is erased',
    nothing: 'No customer found',
    loading: 'Loading…',
  },
} as const;

type Words = (typeof words)[keyof typeof words];

/** Three Zhous among sixty others; each language has people and fields of its own. */
async function fill(page: Page, w: Words, prefix: string): Promise<void> {
  const fields = [
    { key: `${prefix}_name`, type: 'TEXT', label: w.name },
    { key: `${prefix}_spend`, type: 'NUMBER', label: w.spend },
    {
      key: `${prefix}_level`,
      type: 'SELECT',
      label: w.level,
      options: [
        { key: 'gold', label: w.gold },
        { key: 'silver', label: w.silver },
      ],
    },
  ];
  for (const input of fields)
    await askApi(page, 'mutation ($input: FieldInput!) { createField(input: $input) { key } }', { input });
  const zhous: [string, number, string][] = [
    ['周欧阳', 300, 'gold'],
    ['周单', 100, 'silver'],
    ['周𠮷', 200, 'silver'],
  ];
  const others = Array.from({ length: 60 }, (_, index): [string, number, string] => [`李${index}`, index, 'gold']);
  for (const [name, spend, level] of [...zhous, ...others]) {
    const values = { [`${prefix}_name`]: name, [`${prefix}_spend`]: spend, [`${prefix}_level`]: level };
    await askApi(page, 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { entered { key } } }', {
      input: { values },
    });
  }
}

async function archiveFields(page: Page, prefix: string): Promise<void> {
  for (const key of ['name', 'spend', 'level'])
    await askApi(page, 'mutation ($key: ID!) { archiveField(key: $key) { key } }', { key: `${prefix}_${key}` });
}

for (const [locale, browserLocale, prefix] of [
  ['zh-CN', 'zh-CN', 'zh_table'],
  ['en', 'en-GB', 'en_table'],
] as const) {
  test.describe(locale, () => {
    test.use({ locale: browserLocale });
    const w = words[locale];

    test('a table of customers is searched, ordered, arranged, kept and changed', async ({ page }) => {
      test.slow();
      await signIn(page);
      await fill(page, w, prefix);
      await page.goto('/customers');
      const grid = page.getByRole('grid', { name: w.customers });
      /** Who is listed, in order; the first column names them. */
      const names = (): Promise<readonly string[]> => grid.getByRole('gridcell').getByRole('link').allTextContents();
      const listed = async (...expected: readonly string[]): Promise<void> => {
        await expect.poll(names).toEqual(expected);
        await expect(grid).toHaveAttribute('aria-busy', 'false');
      };

      await test.step('searched by initials, from anywhere', async () => {
        await expect(grid).toBeVisible();
        await page.keyboard.press('/');
        await page.keyboard.type('zoy');
        await listed('周欧阳');
        await page.getByRole('searchbox', { name: w.search }).fill('周');
        await expect.poll(async () => (await names()).length).toBe(3);
        await expectAccessible(page);
      });

      await test.step('ordered by the head of a column, then by pinyin', async () => {
        await grid.getByRole('columnheader', { name: w.spend }).click();
        await listed('周单', '周𠮷', '周欧阳');
        await grid.getByRole('columnheader', { name: w.spend }).click();
        await listed('周欧阳', '周𠮷', '周单');
        await page.reload();
        await listed('周欧阳', '周𠮷', '周单');
        await expect(grid.getByRole('columnheader', { name: w.spend })).toHaveAttribute('aria-sort', 'descending');
      });

      await test.step('walked through by keyboard alone', async () => {
        await grid.focus();
        await page.keyboard.press('Control+Home');
        const active = (): Promise<string> =>
          grid.evaluate((frame) => document.getElementById(frame.getAttribute('aria-activedescendant')!)!.innerText);
        for (const [key, text] of [
          ['ArrowDown', '周欧阳'],
          ['ArrowDown', '周𠮷'],
          ['ArrowRight', '200'],
          ['End', /\d/],
          ['Home', '周𠮷'],
          ['ArrowDown', '周单'],
        ] as const) {
          await page.keyboard.press(key);
          await expect.poll(active).toMatch(text);
        }
        await page.keyboard.press('Enter');
        await expect(page).toHaveURL(/\/customers\/[0-9a-f-]{36}/);
        await page.goBack();
        await listed('周欧阳', '周𠮷', '周单');
      });

      await test.step('with wider columns, and fewer of them', async () => {
        const head = grid.getByRole('columnheader', { name: w.spend });
        const before = (await head.boundingBox())!.width;
        await grid.focus();
        await page.keyboard.press('Control+Home');
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('Shift+Alt+ArrowRight');
        await expect.poll(async () => (await head.boundingBox())!.width).toBeGreaterThan(before);
        await page.keyboard.press('Alt+ArrowDown');
        await page.getByRole('menuitem', { name: w.hide }).click();
        await expect(head).toHaveCount(0);
        await page.getByRole('button', { name: w.columns, exact: true }).click();
        const drawer = page.getByRole('dialog');
        await drawer.getByRole('checkbox', { name: w.spend, exact: true }).check();
        await expectAccessible(page);
        await drawer.getByRole('button', { name: w.close }).last().click();
        await expect(head).toHaveCount(1);
      });

      await test.step('selected, and changed together', async () => {
        await page.getByRole('searchbox', { name: w.search }).fill('周');
        for (const name of ['周欧阳', '周单']) await grid.getByRole('checkbox', { name: w.select(name) }).check();
        await expect(page.getByText(w.selected)).toBeVisible();
        await expectAccessible(page);
        await page.getByRole('button', { name: w.bulk }).click();
        const dialog = page.getByRole('dialog');
        await choose(page, dialog.getByRole('combobox', { name: w.field }), w.level);
        await choose(page, dialog.getByRole('combobox', { name: w.value }), w.gold);
        await dialog.getByRole('button', { name: w.start }).click();
        await expect(page.getByText(w.changed)).toBeVisible();
        await expectAccessible(page);
        await page.getByRole('region').getByRole('button', { name: w.close }).click();
        await expect(grid.getByRole('row').filter({ hasText: '周单' })).toContainText(w.gold);
      });

      await test.step('kept as a list, and come back to', async () => {
        await page.getByRole('button', { name: w.lists }).click();
        await page.getByRole('menuitem', { name: w.keep }).click();
        await page.getByRole('textbox', { name: w.listName }).fill(w.list);
        await expectAccessible(page);
        await page.getByRole('dialog').getByRole('button', { name: w.save, exact: true }).click();
        await page.getByRole('button', { name: w.kept }).click();
        await page.getByRole('menuitemradio', { name: w.all }).click();
        await expect.poll(async () => (await names()).length).toBeGreaterThan(10);
        await page.getByRole('button', { name: w.lists }).click();
        await page.getByRole('menuitemradio', { name: w.list }).click();
        await expect.poll(async () => (await names()).length).toBe(3);
      });

      await test.step('and one of them is erased', async () => {
        await grid.getByRole('link', { name: '周单' }).click();
        await page.getByRole('button', { name: w.more }).click();
        await page.getByRole('menuitem', { name: w.erase }).click();
        await page.getByRole('dialog').getByRole('button', { name: w.erase }).click();
        await expect(page.getByText(w.erased).first()).toBeVisible();
        await page.getByRole('searchbox', { name: w.search }).fill('周单');
        await expect(page.getByText(w.nothing)).toBeVisible();
      });
      await archiveFields(page, prefix);
    });
  });
}
