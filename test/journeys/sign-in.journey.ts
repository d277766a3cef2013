import { expect, signIn, test } from './journey.ts';

for (const locale of ['zh-CN', 'en-GB']) {
  test.describe(locale, () => {
    test.use({ locale });

    test('the administrator signs in, stays so after a reload, and comes from a deep link to its page', async ({
      page,
    }) => {
      await page.goto('/fields');
      await expect(page).toHaveURL(/\/login\?next=\/fields$/);
      await signIn(page);
      await page.goto('/fields');
      await page.reload();
      await expect(page).toHaveURL(/\/fields$/);
      await expect(page.getByRole('navigation').first()).toBeVisible();
    });
  });
}
