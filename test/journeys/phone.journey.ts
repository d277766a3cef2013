import { askApi, choose, expect, expectAccessible, signIn, test } from './journey.ts';

/** What a reader of each language clicks and reads. */
const words = {
  'zh-CN': {
    label: '到店次数与最近一次到店的间隔天数',
    addCondition: '添加条件',
    field: '字段',
    operator: '比较方式',
    atLeast: '不低于',
    value: '内容',
    sentence: '「到店次数与最近一次到店的间隔天数」不低于 3',
  },
  en: {
    label: 'Number of visits and the days since the last one of them',
    addCondition: 'Add condition',
    field: 'Field',
    operator: 'Comparison',
    atLeast: 'is at least',
    value: 'Value',
    sentence: 'Number of visits and the days since the last one of them is at least 3',
  },
} as const;

for (const [locale, browserLocale] of [
  ['zh-CN', 'zh-CN'],
  ['en', 'en-GB'],
] as const) {
  test.describe(locale, () => {
    test.use({ locale: browserLocale, viewport: { width: 390, height: 844 }, hasTouch: true });
    const w = words[locale];
    const key = locale === 'en' ? 'phone_visits' : 'phone_ci_shu';

    test('on a phone nothing is wider than the screen, and a rule can be drawn', async ({ page }) => {
      test.slow();
      await signIn(page);
      await askApi(page, 'mutation ($input: FieldInput!) { createField(input: $input) { key } }', {
        input: { key, type: 'NUMBER', label: w.label },
      });
      const expectToFit = async (): Promise<void> => {
        const isWider = () => document.documentElement.scrollWidth > document.documentElement.clientWidth;
        expect(await page.evaluate(isWider)).toBe(false);
      };
      for (const path of ['/customers', '/segments', '/fields', '/customers/new']) {
        await page.goto(path);
        await page.waitForLoadState('networkidle');
        await expectToFit();
      }

      await page.goto('/segments/new');
      await page.getByRole('button', { name: w.addCondition }).first().tap();
      await choose(page, page.getByRole('combobox', { name: w.field }).first(), w.label);
      await choose(page, page.getByRole('combobox', { name: w.operator }).first(), w.atLeast);
      await page.getByRole('textbox', { name: w.value }).fill('3');
      await expect(page.getByText(w.sentence)).toBeVisible();
      await expectToFit();
      await expectAccessible(page);
      await askApi(page, 'mutation ($key: ID!) { archiveField(key: $key) { key } }', { key });
    });
  });
}
