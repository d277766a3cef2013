import { startBuiltServer, temporaryDataDir } from '../support/built-server.ts';
import { expect, expectAccessible, signIn, test as shared } from './journey.ts';

const admin = { email: 'demo@example.com', password: 'look around first' };

/** Each language on an empty server of its own: the one that journeys share holds what they made. */
const test = shared.extend({
  // Playwright reads from the first parameter which fixtures are used: none.
  // oxlint-disable-next-line no-empty-pattern
  baseURL: async ({}, use) => {
    const { dataDir, remove } = await temporaryDataDir();
    const server = startBuiltServer({ DATA_DIR: dataDir, ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password });
    await use(await server.address);
    const { code, stderr } = await server.stop();
    await remove();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  },
});

const words = {
  'zh-CN': {
    steps: '三步开始',
    describe: '去定义字段',
    noFields: '还没有字段',
    customers: '客户',
    segments: '分群',
    load: '载入演示数据',
    loading: '正在载入演示数据',
    loaded: '演示数据已载入',
    total: '共 2,000 位客户',
    segment: '30 天内生日',
    sentence: /「生日」.*不超过 30/,
  },
  en: {
    steps: 'Three steps to begin',
    describe: 'Define the fields',
    noFields: 'No fields yet',
    customers: 'Customers',
    segments: 'Segments',
    load: 'Load demo data',
    loading: 'Loading the demo data',
    loaded: 'The demo data is loaded',
    total: '2,000 customers',
    segment: 'Birthday within 30 days',
    sentence: /Birthday.* 30/,
  },
} as const;

for (const [locale, browserLocale] of [
  ['zh-CN', 'zh-CN'],
  ['en', 'en-GB'],
] as const) {
  test.describe(locale, () => {
    test.use({ locale: browserLocale });
    test.slow();
    const w = words[locale];

    test('an empty system says what to do first, and is filled with the demo data', async ({ page }) => {
      await signIn(page, admin);
      await expect(page.getByRole('heading', { name: w.steps })).toBeVisible();
      await expectAccessible(page);

      await test.step('the first step leads to the fields, where the demo data is offered too', async () => {
        await page.getByRole('link', { name: w.describe }).click();
        await expect(page.getByText(w.noFields)).toBeVisible();
        await expect(page.getByRole('button', { name: w.load })).toBeVisible();
        await expectAccessible(page);
      });

      await test.step('it is loaded with its progress told, then the customers are there', async () => {
        await page.getByRole('link', { name: w.customers, exact: true }).click();
        await page.getByRole('button', { name: w.load }).click();
        await expect(page.getByRole('progressbar', { name: w.loading })).toBeVisible();
        await expect(page.getByText(w.loaded)).toBeVisible({ timeout: 60_000 });
        await expect(page.getByText(w.total)).toBeVisible();
        await expect(page.getByRole('heading', { name: w.steps })).toBeHidden();
        await expectAccessible(page);
      });

      await test.step('and the segments, each with its members', async () => {
        await page.getByRole('link', { name: w.segments, exact: true }).click();
        const row = page.getByRole('row').filter({ hasText: w.segment });
        await expect(row).toContainText(w.sentence);
        await expect(page.getByRole('row')).toHaveCount(15);
        await expectAccessible(page);
      });
    });
  });
}
