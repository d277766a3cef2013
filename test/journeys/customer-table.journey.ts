import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { askApi, expect, signIn, test } from './journey.ts';

const fields = [
  { key: 'full_name', type: 'TEXT', label: '姓名' },
  { key: 'amount', type: 'NUMBER', label: '金额' },
  { key: 'town', type: 'TEXT', label: '城市' },
];
const names = ['王芳', '李强', '张敏', '刘洋'];
const columns = 'full_name.200.p,amount,town';

/** 120 customers whose amounts are 1 to 120, in as few requests as an API allows that saves one at a time. */
async function prepare(page: Page): Promise<void> {
  for (const field of fields)
    await askApi(page, 'mutation ($input: FieldInput!) { createField(input: $input) { key } }', {
      input: { ...field, labels: { 'zh-CN': field.label } },
    });
  for (let from = 1; from <= 120; from += 10) {
    const saves = Array.from({ length: 10 }, (_, step) => {
      const amount = from + step;
      const name = `${names[amount % names.length]}${amount}`;
      return `c${amount}: saveCustomer(input: { values: { full_name: "${name}", amount: ${amount}, town: "北京" } }) { customer { id } }`;
    });
    await askApi(page, `mutation { ${saves.join('\n')} }`);
  }
}

/** The cell that the grid says is meant. */
function activeCell(page: Page): Locator {
  return page.locator('.active');
}

function head(page: Page, label: string): Locator {
  return page.getByRole('columnheader', { name: label });
}

async function heads(page: Page): Promise<string[]> {
  return page.locator('[role=columnheader] .label').allInnerTexts();
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => ({ id, at: nodes.map(({ target }) => target) }))).toEqual([]);
}

test.use({ locale: 'zh-CN' });

test('the table of customers by keyboard and mouse, kept by its address', async ({ page }) => {
  await signIn(page);
  await prepare(page);
  await page.goto(`/customers?columns=${columns}&sort=amount`);
  const grid = page.getByRole('grid', { name: '客户' });
  const rows = grid.getByRole('row');
  await expect(rows.nth(1)).toContainText('李强1');

  await test.step('arrows walk cells, which are copied, selected and opened', async () => {
    await expectAccessible(page);
    await grid.focus();
    await press(page, 'ArrowDown', 'ArrowDown', 'ArrowRight');
    await expect(activeCell(page)).toHaveText('2');
    await press(page, 'End', 'Home');
    await expect(activeCell(page)).toHaveText('张敏2');
    await press(page, ' ', 'ArrowDown', 'ArrowDown', 'Shift+ ');
    await expect(page.getByText('已选 3 位客户')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: '取消选择' }).click();
    await grid.focus();
    await press(page, 'Enter');
    await expect(page).toHaveURL(/\/customers\/[0-9a-f-]{36}/);
    await page.goBack();
  });

  await test.step('the end asks for more, and the place outlives its row', async () => {
    await expect(rows.nth(1)).toContainText('李强1');
    await grid.focus();
    await press(page, 'Control+End');
    await expect(page.getByText('已显示 120 / 120')).toBeVisible();
    await press(page, 'Control+End');
    await expect(activeCell(page)).toHaveText('北京');
    await grid.evaluate((frame) => frame.scrollTo({ top: 0 }));
    await expect(rows.nth(1)).toContainText('李强1');
    await expect(activeCell(page)).toHaveText('北京');
    await press(page, 'Home', 'ArrowUp');
    await expect(activeCell(page)).toHaveText('刘洋119');
    await press(page, 'Control+Home', 'ArrowRight');
    await expect(activeCell(page)).toContainText('金额');
  });

  await test.step('a head sorts', async () => {
    await press(page, 'Enter');
    await expect(head(page, '金额')).toHaveAttribute('aria-sort', 'descending');
    await expect(rows.nth(1)).toContainText('王芳120');
    await head(page, '金额').locator('.label').click();
    await expect(head(page, '金额')).toHaveAttribute('aria-sort', 'none');
  });

  await test.step('its menu pins, hides and widens', async () => {
    await press(page, 'Alt+ArrowDown');
    await expectAccessible(page);
    await page.getByRole('menuitem', { name: '固定在左侧' }).click();
    await expect(page.getByText('“金额”已固定在左侧')).toBeAttached();
    await expect(grid).toBeFocused();
    await press(page, 'Shift+Alt+ArrowRight', 'Shift+Alt+ArrowRight');
    await expect(page.getByText('“金额”宽 182 像素')).toBeAttached();
    await head(page, '城市').getByRole('button').click();
    await page.getByRole('menuitem', { name: '隐藏此列' }).click();
    await expect(head(page, '城市')).toHaveCount(0);
  });

  await test.step('the mouse moves and widens', async () => {
    await head(page, '金额').locator('.label').dragTo(head(page, '姓名').locator('.label'));
    await expect.poll(() => heads(page)).toEqual(['金额', '姓名']);
    const grip = (await head(page, '姓名').locator('.grip').boundingBox())!;
    await page.mouse.move(grip.x + 4, grip.y + 10);
    await page.mouse.down();
    await page.mouse.move(grip.x + 54, grip.y + 10, { steps: 5 });
    await page.mouse.up();
    await expect.poll(async () => (await head(page, '姓名').boundingBox())?.width).toBe(250);
  });

  await test.step('a reload shows the same, and the browser remembers it', async () => {
    await expect(page).toHaveURL(/columns=amount\.182\.p,full_name\.250\.p/);
    await page.reload();
    await expect.poll(() => heads(page)).toEqual(['金额', '姓名']);
    expect((await head(page, '姓名').boundingBox())?.width).toBe(250);
    await page.goto('/customers?sort=-gone,amount&columns=gone.5,..');
    await expect(rows.nth(1)).toContainText('李强1');
    await page.goto('/customers');
    await expect.poll(() => heads(page)).toEqual(['金额', '姓名']);
  });

  await test.step('the search finds by initials', async () => {
    await press(page, '/');
    await page.keyboard.type('wf12');
    await expect(page).toHaveURL(/q=wf12/);
    await expect(rows).toHaveCount(3);
    await page.keyboard.type('zzz');
    await expect(page.getByText('没有找到客户')).toBeVisible();
    await expectAccessible(page);
    await press(page, 'Escape');
    await expect(page).not.toHaveURL(/q=/);
    await expect(rows.nth(1)).toBeVisible();
  });

  await test.step('columns are chosen by name, and set back', async () => {
    await page.getByRole('button', { name: '列', exact: true }).click();
    const drawer = page.getByRole('dialog');
    await expectAccessible(page);
    await drawer.getByRole('checkbox', { name: '城市' }).check();
    await expect.poll(() => heads(page)).toEqual(['金额', '姓名', '城市']);
    await drawer.getByRole('button', { name: '恢复默认' }).click();
    await expect.poll(() => heads(page)).toEqual(['姓名', '金额', '城市', '负责人', '更新时间']);
  });
});
