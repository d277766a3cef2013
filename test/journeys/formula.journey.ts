import type { Locator } from '@playwright/test';
import { askApi, expect, expectAccessible, goTo, pick, signIn, test } from './journey.ts';

/** What a reader of each language clicks and reads. */
const words = {
  'zh-CN': {
    spend: '消费总额',
    orders: '订单笔数',
    average: '客单价',
    name: '中文名称',
    type: /^类型/,
    formula: '公式',
    column: '公式 · 数字',
    field: '公式 字段',
    form: '公式 取它的什么',
    divided: '除以',
    other: '公式 与什么计算',
    said: /「消费总额」÷「订单笔数」.*结果为数字/,
    sample: /^以客户“.+”为例：150$/,
    toCode: '按规则代码编辑',
    code: '规则代码',
    toParts: '改为逐项选择',
    save: '保存',
    computed: /^150\s*由公式计算$/,
    addCondition: '添加条件',
    asked: '条件 1 字段',
    operator: '条件 1 比较方式',
    greater: '大于',
    value: '条件 1 内容',
    rule: '「客单价」大于 100',
    counted: '1 位客户符合',
  },
  en: {
    spend: 'All spend',
    orders: 'Number of orders',
    average: 'Average order',
    name: 'Name in English',
    type: /^Type/,
    formula: 'Formula',
    column: 'Formula · number',
    field: 'Formula Field',
    form: 'Formula What of it',
    divided: 'divided by',
    other: 'Formula Calculated with',
    said: /All spend ÷ Number of orders.*gives: number/,
    sample: /^For the customer “.+”: 150$/,
    toCode: 'Edit as rule code',
    code: 'Rule code',
    toParts: 'Edit by choosing',
    save: 'Save',
    computed: /^150\s*Computed$/,
    addCondition: 'Add condition',
    asked: 'Condition 1 Field',
    operator: 'Condition 1 Comparison',
    greater: 'is greater than',
    value: 'Condition 1 Value',
    rule: 'Average order is greater than 100',
    counted: '1 customer matches',
  },
} as const;

for (const [locale, browserLocale, way, keys] of [
  ['zh-CN', 'zh-CN', 'mouse', ['xiao_fei_zong_e', 'ding_dan_bi_shu']],
  ['en', 'en-GB', 'keyboard', ['all_spend', 'number_of_orders']],
] as const) {
  test.describe(locale, () => {
    test.use({ locale: browserLocale });
    const w = words[locale];

    test(`a field that a formula computes, by ${way}, seen of a customer and asked by a rule`, async ({ page }) => {
      test.slow();
      await signIn(page);
      for (const [key, type, label] of [
        [keys[0], 'MONEY', w.spend],
        [keys[1], 'NUMBER', w.orders],
      ])
        await askApi(page, 'mutation ($input: FieldInput!) { createField(input: $input) { key } }', {
          input: { key, type, label },
        });
      const press = async (target: Locator): Promise<void> => {
        await goTo(page, target, way);
        if (way === 'keyboard') await page.keyboard.press('Enter');
      };
      const drawer = page.getByRole('dialog');

      await test.step('put together by choosing', async () => {
        await page.goto('/fields?create=yes');
        await goTo(page, drawer.getByRole('textbox', { name: w.name }), way);
        await page.keyboard.type(w.average);
        await pick(page, drawer.getByRole('combobox', { name: w.type }), w.formula, way);
        await pick(page, drawer.getByRole('combobox', { name: w.field, exact: true }), w.spend, way);
        await pick(page, drawer.getByRole('combobox', { name: w.form }), w.divided, way);
        await pick(page, drawer.getByRole('combobox', { name: w.other }), w.orders, way);
        await expect(drawer.getByText(w.said)).toBeVisible();
        await expectAccessible(page);
        await press(drawer.getByRole('button', { name: w.save }));
        await expect(page.getByRole('row').filter({ hasText: w.average })).toContainText(w.column);
        await expectAccessible(page);
      });

      await test.step('computed for a customer, in whose form it is only read', async () => {
        await page.goto('/customers/new?form=all');
        for (const [label, text] of [
          [w.spend, '300'],
          [w.orders, '2'],
        ] as const) {
          await goTo(page, page.getByLabel(label), way);
          await page.keyboard.type(text);
        }
        await expect(page.getByLabel(w.average)).toHaveCount(0);
        await press(page.getByRole('button', { name: w.save }));
        await expect(page).toHaveURL(/\/customers\/[0-9a-f-]{36}\?form=all$/);
        await expect(page.getByLabel(w.average)).toHaveText(w.computed);
        await expectAccessible(page);
      });

      await test.step('told by an example, and as code', async () => {
        await page.goto('/fields');
        await press(page.getByRole('link', { name: w.average, exact: true }));
        await expect(drawer.getByText(w.sample)).toBeVisible();
        await press(drawer.getByRole('button', { name: w.toCode }));
        const code = drawer.getByRole('textbox', { name: w.code });
        await expect(code).toBeFocused();
        expect(JSON.parse(await code.inputValue())).toEqual({ '/': [{ var: keys[0] }, { var: keys[1] }] });
        await expectAccessible(page);
        await press(drawer.getByRole('button', { name: w.toParts }));
        await expect(drawer.getByText(w.sample)).toBeVisible();
      });

      await test.step('asked by the rule of a segment', async () => {
        await page.goto('/segments/new');
        await press(page.getByRole('button', { name: w.addCondition }).first());
        await pick(page, page.getByRole('combobox', { name: w.asked }), w.average, way);
        await pick(page, page.getByRole('combobox', { name: w.operator }), w.greater, way);
        await goTo(page, page.getByRole('textbox', { name: w.value }), way);
        await page.keyboard.type('100');
        await expect(page.getByText(w.rule).first()).toBeVisible();
        await expect(page.getByText(w.counted).first()).toBeAttached();
      });
    });
  });
}
