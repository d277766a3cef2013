import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { startBuiltServer, temporaryDataDir } from '../support/built-server.ts';

/** The administrator of the server that the journeys run against. */
const ADMIN = { email: 'admin@example.com', password: 'a journey of many steps' };

interface WorkerFixtures {
  /** The built server on an empty database, at this address. */
  readonly server: string;
}

/**
 * Playwright's `test` against the built server. A journey also fails on whatever the page reports to the console as an error:
 * an exception, a refused request, something that the content security policy forbade.
 */
export const test = base.extend<{ complaints: string[] }, WorkerFixtures>({
  server: [
    // Playwright reads from the first parameter which fixtures are used: none.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const { dataDir, remove } = await temporaryDataDir();
      const server = startBuiltServer({ DATA_DIR: dataDir, ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password });
      await use(await server.address);
      const { code, stderr } = await server.stop();
      await remove();
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    },
    { scope: 'worker' },
  ],
  baseURL: ({ server }, use) => use(server),
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** Signs in as the administrator, in either language, and waits for the first page. */
export async function signIn(page: Page, { email, password } = ADMIN): Promise<void> {
  await page.goto('/login');
  await page.getByLabel(/^(邮箱|Email)$/).fill(email);
  await page.getByLabel(/^(密码|Password)$/).fill(password);
  await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click();
  await expect(page).not.toHaveURL(/\/login/);
}

/** Asks the API as whoever is signed in on the page. */
export async function askApi<Answer>(page: Page, query: string, variables: object = {}): Promise<Answer> {
  const response = await page.request.post('/graphql', { data: { query, variables } });
  const { data, errors } = (await response.json()) as { data: Answer; errors?: readonly object[] };
  expect(errors).toBeUndefined();
  return data;
}

/** Chooses from a list that opens. */
export async function choose(page: Page, combobox: Locator, option: string): Promise<void> {
  await combobox.click();
  await page.getByRole('option', { name: option, exact: true }).filter({ visible: true }).first().click();
}

/** How a reader gets about. */
export type Way = 'mouse' | 'keyboard';

/** Where the focus goes when one walks on from here, by Tab until it is there, as a reader without a mouse does. */
export async function walkTo(page: Page, target: Locator): Promise<void> {
  for (let step = 0; step < 80; step++) {
    if (await target.evaluate((element) => element.contains(document.activeElement))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Not reached by Tab: ${target}`);
}

/** Goes to a control: with the mouse that is a click. */
export async function goTo(page: Page, target: Locator, way: Way): Promise<void> {
  await (way === 'mouse' ? target.click() : walkTo(page, target));
}

/** Chooses from a list that opens; without a mouse by the arrows. */
export async function pick(page: Page, box: Locator, label: string, way: Way): Promise<void> {
  if (way === 'mouse') return choose(page, box, label);
  await walkTo(page, box);
  if ((await box.getAttribute('aria-expanded')) !== 'true') await page.keyboard.press('Enter');
  await page.getByRole('option', { name: label, exact: true }).filter({ visible: true }).first().waitFor();
  // Below its name an option may say what it is.
  const active = (): Promise<string | undefined> =>
    box.evaluate((input) => {
      const option = document.getElementById(input.getAttribute('aria-activedescendant') ?? '');
      return option?.innerText.split('\n')[0];
    });
  // Other journeys have left fields in the list.
  for (let step = 0; step < 200 && (await active()) !== label; step++) await page.keyboard.press('ArrowDown');
  expect(await active()).toBe(label);
  await page.keyboard.press('Enter');
}

/** Nothing on the page that keeps people out is serious. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }))).toEqual([]);
}

export { expect };
