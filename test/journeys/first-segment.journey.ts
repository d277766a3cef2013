import { choose, expect, expectAccessible, signIn, test } from './journey.ts';

/** What a reader of each language clicks and reads. */
const words = {
  'zh-CN': {
    fields: '字段',
    customers: '客户',
    segments: '分群',
    newField: '新建字段',
    newCustomer: '新建客户',
    newSegment: '新建分群',
    save: '保存',
    labelZh: '中文名称',
    type: /^类型/,
    number: '数字',
    key: /^标识/,
    name: /^名称/,
    addCondition: '添加条件',
    field: '字段',
    operator: '比较方式',
    greater: '大于',
    value: '内容',
    activate: '启用',
    members: '成员',
    label: '年消费额',
    sentence: '「年消费额」大于 1,000',
    said: /进入分群：大客户/,
    gone: /离开分群：大客户/,
    segment: '大客户',
    nobody: '目前没有客户符合规则',
    undo: '撤销',
  },
  en: {
    fields: 'Fields',
    customers: 'Customers',
    segments: 'Segments',
    newField: 'New field',
    newCustomer: 'New customer',
    newSegment: 'New segment',
    save: 'Save',
    labelZh: 'Name in Chinese',
    type: /^Type/,
    number: 'Number',
    key: /^Key/,
    name: /^Name/,
    addCondition: 'Add condition',
    field: 'Field',
    operator: 'Comparison',
    greater: 'is greater than',
    value: 'Value',
    activate: 'Activate',
    members: 'Members',
    label: 'Yearly spend',
    sentence: 'Yearly spend is greater than 1,000',
    said: /big spenders/,
    gone: /big spenders/,
    segment: 'big spenders',
    nobody: 'No customer fits the rule at present',
    undo: 'Undo',
  },
} as const;

for (const [locale, browserLocale] of [
  ['zh-CN', 'zh-CN'],
  ['en', 'en-GB'],
] as const) {
  test.describe(locale, () => {
    test.use({ locale: browserLocale });
    const w = words[locale];
    const key = locale === 'en' ? 'yearly_spend' : 'nian_xiao_fei';

    test('from nothing to a customer who enters a segment and leaves it again', async ({ page }) => {
      await signIn(page);
      await expectAccessible(page);

      await test.step('a field', async () => {
        await page.getByRole('link', { name: w.fields, exact: true }).click();
        await page.getByRole('link', { name: w.newField }).first().click();
        const drawer = page.getByRole('dialog');
        await drawer.getByRole('textbox', { name: w.labelZh }).fill(w.label);
        await choose(page, drawer.getByRole('combobox', { name: w.type }), w.number);
        await drawer.getByRole('textbox', { name: w.key }).fill(key);
        await drawer.getByRole('button', { name: w.save }).click();
        await expect(page.getByRole('cell', { name: key, exact: true })).toBeVisible();
        await expectAccessible(page);
      });

      await test.step('a rule, whose count is live', async () => {
        await page.getByRole('link', { name: w.segments, exact: true }).click();
        await page.getByRole('link', { name: w.newSegment }).first().click();
        await page.getByRole('textbox', { name: w.name }).fill(w.segment);
        await page.getByRole('button', { name: w.addCondition }).first().click();
        await choose(page, page.getByRole('combobox', { name: w.field }).first(), w.label);
        await choose(page, page.getByRole('combobox', { name: w.operator }).first(), w.greater);
        await page.getByRole('textbox', { name: w.value }).fill('1000');
        await expect(page.getByText(w.sentence)).toBeVisible();
        await expectAccessible(page);
        await page.getByRole('button', { name: w.save }).click();
        await page.getByRole('button', { name: w.activate, exact: true }).click();
        await page.getByRole('link', { name: w.members }).click();
        await expect(page.getByText(w.nobody)).toBeVisible();
      });
      const segment = page.url();

      await test.step('a customer who enters it', async () => {
        await page.getByRole('link', { name: w.customers, exact: true }).click();
        await page.getByRole('link', { name: w.newCustomer }).first().click();
        await page.getByRole('textbox', { name: w.label }).fill('2500');
        await page.getByRole('button', { name: w.save }).click();
        await expect(page.getByText(w.said).first()).toBeVisible();
        await expect(page).toHaveURL(/\/customers\/[0-9a-f-]{36}/);
        await expectAccessible(page);
      });
      const customer = page.url();

      await test.step('is seen in it', async () => {
        await page.goto(segment);
        await expect(page.getByRole('row')).toHaveCount(2);
        await expectAccessible(page);
      });

      await test.step('and leaves it when edited', async () => {
        await page.goto(customer);
        await page.getByLabel(w.label).fill('10');
        await page.getByRole('button', { name: w.save }).click();
        await expect(page.getByText(w.gone).first()).toBeVisible();
        await page.goto(segment);
        await expect(page.getByText(w.nobody)).toBeVisible();
      });
    });
  });
}
