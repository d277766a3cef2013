import type { Page } from '@playwright/test';
import { askApi, choose, expect, expectAccessible, signIn, test } from './journey.ts';

/** What a reader of each language clicks and reads. */
const words = {
  'zh-CN': {
    name: /^名称/,
    rule: '不再往来',
    addCondition: '添加条件',
    field: '字段',
    operator: '比较方式',
    value: '内容',
    years: '未来往年数',
    atLeast: '不低于',
    count: '符合的客户',
    save: '保存',
    more: '“不再往来”的更多操作',
    activate: '启用…',
    toErase: '现在有 2 位客户符合这条规则',
    typeCount: '输入 2 以确认',
    confirm: '启用并抹除',
    run: '立即运行',
    erase: '抹除',
    erased: '已抹除 2 位客户。',
    pause: '停用',
    paused: '未启用',
  },
  en: {
    name: /^Name/,
    rule: 'Gone',
    addCondition: 'Add condition',
    field: 'Field',
    operator: 'Comparison',
    value: 'Value',
    years: 'Years away',
    atLeast: 'is at least',
    count: 'Matching customers',
    save: 'Save',
    more: 'More for “Gone”',
    activate: 'Activate…',
    toErase: '2 customers meet this rule now',
    typeCount: 'Type 2 to confirm',
    confirm: 'Activate and erase',
    run: 'Run now',
    erase: 'Erase',
    erased: 'Erased: 2.',
    pause: 'Stop',
    paused: 'Not active',
  },
} as const;

for (const locale of ['zh-CN', 'en'] as const) {
  test.describe(locale, () => {
    test.use({ locale });

    test('customers who need not be kept are erased by a rule', async ({ page }) => {
      const t = words[locale];
      const key = `years_away_${locale.slice(0, 2)}`;
      await signIn(page);
      await askApi(page, 'mutation ($input: FieldInput!) { createField(input: $input) { key } }', {
        input: { key, type: 'NUMBER', label: t.years },
      });
      for (const years of [1, 4, 9])
        await askApi(
          page,
          'mutation ($values: JSON!) { saveCustomer(input: { values: $values }) { customer { id } } }',
          {
            values: { [key]: years },
          },
        );

      await page.goto('/privacy?create=yes');
      const drawer = page.getByRole('dialog');
      await drawer.getByLabel(t.name).first().fill(t.rule);
      await drawer.getByRole('button', { name: t.addCondition, exact: true }).click();
      await choose(page, drawer.getByRole('combobox', { name: t.field }), t.years);
      await choose(page, drawer.getByRole('combobox', { name: t.operator }), t.atLeast);
      await drawer.getByRole('textbox', { name: t.value }).fill('4');
      await expect(drawer.getByRole('complementary', { name: t.count })).toContainText('2');
      await expectAccessible(page);
      await drawer.getByRole('button', { name: t.save }).click();

      await act(page, t.more, t.activate);
      await expect(page.getByText(t.toErase)).toBeVisible();
      await expectAccessible(page);
      await expect(page.getByRole('button', { name: t.confirm })).toBeDisabled();
      await page.getByLabel(t.typeCount).fill('2');
      await page.getByRole('button', { name: t.confirm }).click();

      await act(page, t.more, t.run);
      await page.getByRole('button', { name: t.erase, exact: true }).click();
      await expect(page.getByText(t.erased)).toBeVisible();
      await act(page, t.more, t.pause);
      await expect(page.getByRole('row', { name: t.rule }).getByText(t.paused)).toBeVisible();
      await expectAccessible(page);
      const { customers } = await askApi<{ customers: { nodes: { values: Record<string, number> }[] } }>(
        page,
        'query ($filter: Rule) { customers(filter: $filter) { nodes { values } } }',
        { filter: { '!=': [{ var: key }, null] } },
      );
      expect(customers.nodes.map(({ values }) => values[key])).toEqual([1]);
    });
  });
}

test.describe('zh-CN', () => {
  test.use({ locale: 'zh-CN' });

  test('consent gets its fields, and leads to who may be sent marketing', async ({ page }) => {
    await signIn(page);
    await page.goto('/privacy');
    await page.getByRole('button', { name: '建立同意字段…' }).click();
    await expect(page.getByRole('dialog')).toContainText('consent_purposes');
    await expectAccessible(page);
    await page.getByRole('button', { name: '建立', exact: true }).click();
    await expect(page.getByRole('link', { name: '撤回同意时间' })).toBeVisible();
    await page.getByRole('link', { name: '查看可以发送营销信息的客户' }).click();
    await expect(page).toHaveURL(/\/customers\?filter=/);
  });
});

/** Does what the menu of a rule offers. */
async function act(page: Page, menu: string, item: string): Promise<void> {
  await page.getByRole('button', { name: menu }).click();
  await page.getByRole('menuitem', { name: item }).click();
}
