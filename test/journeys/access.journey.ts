import type { Locator, Page } from '@playwright/test';
import { askApi, expect, expectAccessible, signIn, test, walkTo, type Way } from './journey.ts';

/** What a reader of each language clicks and reads. */
const words = {
  'zh-CN': {
    access: '权限',
    newRole: '新建角色',
    name: '名称',
    capability: /^管理分群/,
    save: '保存',
    toMatrix: '在“权限”中查看和修改',
    before: '年收入，华东销售：只读（默认）',
    after: '年收入，华东销售：不可见，已改动',
    hidden: '不可见',
    changed: '1 处改动',
    review: '查看并保存',
    effect: '华东销售 将看不到「年收入」',
    saveAll: '保存改动',
    saved: '权限已保存',
  },
  en: {
    access: 'Access',
    newRole: 'New role',
    name: 'Name',
    capability: /^Manage segments/,
    save: 'Save',
    toMatrix: 'See and change it under Access',
    before: 'Yearly income, Sales East: read only (default)',
    after: 'Yearly income, Sales East: hidden, changed',
    hidden: 'hidden',
    changed: '1 change',
    review: 'Review and save',
    effect: 'Sales East will no longer see “Yearly income”',
    saveAll: 'Save changes',
    saved: 'Access saved',
  },
} as const;

/** Presses a control. */
async function press(page: Page, target: Locator, way: Way): Promise<void> {
  if (way === 'mouse') return target.click();
  await walkTo(page, target);
  await page.keyboard.press('Enter');
}

/** Walks the matrix to the right until its cell of this name is the active one. */
async function walkToCell(page: Page, name: string): Promise<void> {
  const grid = page.getByRole('grid');
  await walkTo(page, grid);
  const active = (): Promise<string | null | undefined> =>
    grid.evaluate((each) =>
      document.getElementById(each.getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-label'),
    );
  for (let step = 0; step < 30 && (await active()) !== name; step++) await page.keyboard.press('ArrowRight');
  expect(await active()).toBe(name);
}

async function createField(page: Page, key: string, label: string): Promise<void> {
  await askApi(page, 'mutation ($input: FieldInput!) { createField(input: $input) { key } }', {
    input: { key, type: 'TEXT', label },
  });
}

/** Somebody with this role, who signs in on the page. */
async function becomeUserOf(page: Page, roleName: string): Promise<void> {
  const { roles } = await askApi<{ roles: { id: string; name: string }[] }>(page, '{ roles { id name } }');
  const roleIds = roles.filter(({ name }) => name === roleName).map(({ id }) => id);
  const somebody = { email: `of-${roleIds[0]}@example.com`, password: 'somebody with one role' };
  await askApi(page, 'mutation ($input: UserInput!) { saveUser(input: $input) { id } }', {
    input: { ...somebody, name: roleName, roleIds },
  });
  await page.context().clearCookies();
  await signIn(page, somebody);
}

for (const { locale, browserLocale, way, income, city, role } of [
  {
    locale: 'zh-CN',
    browserLocale: 'zh-CN',
    way: 'mouse',
    income: { key: 'nian_shou_ru', label: '年收入' },
    city: { key: 'suo_zai_cheng_shi', label: '所在城市' },
    role: '华东销售',
  },
  {
    locale: 'en',
    browserLocale: 'en-GB',
    way: 'keyboard',
    income: { key: 'yearly_income', label: 'Yearly income' },
    city: { key: 'home_city', label: 'Home city' },
    role: 'Sales East',
  },
] as const) {
  test.describe(locale, () => {
    test.use({ locale: browserLocale });
    const w = words[locale];

    test(`a field is hidden from a role, and who has the role does not see it, by ${way}`, async ({ page }) => {
      test.slow();
      await signIn(page);
      for (const { key, label } of [income, city]) await createField(page, key, label);

      await test.step('a role', async () => {
        await page.reload();
        await press(page, page.getByRole('link', { name: w.access, exact: true }), way);
        await press(page, page.getByRole('link', { name: w.newRole }), way);
        const drawer = page.getByRole('dialog');
        await drawer.getByRole('textbox', { name: w.name }).fill(role);
        await drawer.getByRole('checkbox', { name: w.capability }).check();
        await expectAccessible(page);
        await press(page, drawer.getByRole('button', { name: w.save, exact: true }), way);
        await expect(page.getByRole('columnheader', { name: role })).toBeVisible();
        await expectAccessible(page);
      });

      await test.step('from the field to its row, where the role gets another right', async () => {
        await page.goto(`/fields?edit=${income.key}`);
        await press(page, page.getByRole('link', { name: w.toMatrix }), way);
        await expect(page.getByRole('row').filter({ hasText: income.label })).toBeInViewport();
        if (way === 'mouse') {
          await page.getByRole('gridcell', { name: w.before }).click();
          await page.getByRole('menuitemradio', { name: w.hidden }).click();
        } else {
          await walkToCell(page, w.before);
          await page.keyboard.press('1');
        }
        await expect(page.getByRole('gridcell', { name: w.after })).toBeVisible();
        await expect(page.getByText(w.changed, { exact: true })).toBeVisible();
        await expectAccessible(page);
      });

      await test.step('told by its effect, and saved', async () => {
        await press(page, page.getByRole('button', { name: w.review }), way);
        await expect(page.getByRole('dialog')).toContainText(w.effect);
        await expectAccessible(page);
        await press(page, page.getByRole('dialog').getByRole('button', { name: w.saveAll }), way);
        await expect(page.getByText(w.saved)).toBeVisible();
        await expect(page.getByText(w.changed, { exact: true })).toHaveCount(0);
      });

      await test.step('on a phone nothing is wider than the screen', async () => {
        await page.setViewportSize({ width: 390, height: 844 });
        const isWider = () => document.documentElement.scrollWidth > document.documentElement.clientWidth;
        expect(await page.evaluate(isWider)).toBe(false);
        await expectAccessible(page);
        await page.setViewportSize({ width: 1280, height: 720 });
      });

      await test.step('who has the role sees the other field alone', async () => {
        const { saveCustomer } = await askApi<{ saveCustomer: { customer: { id: string } } }>(
          page,
          'mutation ($values: JSON!) { saveCustomer(input: { values: $values }) { customer { id } } }',
          { values: { [income.key]: '120000', [city.key]: '杭州' } },
        );
        await becomeUserOf(page, role);
        await page.goto(`/customers/${saveCustomer.customer.id}`);
        await expect(page.getByText(city.label, { exact: true })).toBeVisible();
        await expect(page.getByText(income.label)).toHaveCount(0);
        await expect(page.getByRole('link', { name: w.access, exact: true })).toHaveCount(0);
      });

      // Whatever journey comes next finds no field of this one.
      await page.context().clearCookies();
      await signIn(page);
      for (const { key } of [income, city])
        await askApi(page, 'mutation ($key: ID!) { archiveField(key: $key) { key } }', { key });
    });
  });
}
