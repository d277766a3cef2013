import type { Page, Response } from '@playwright/test';
import { askApi, expect, signIn, test } from './journey.ts';

/** What one page may load of script at first, in bytes as the browser has to read them. */
const MOST = 250_000;

/** Opens a page anew until nothing more comes, and gives the bytes of script that it loaded: as they are read, and as they were sent. */
async function weigh(page: Page, address: string): Promise<{ readonly read: number; readonly sent: number }> {
  const scripts: Response[] = [];
  const note = (response: Response): void => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  };
  page.on('response', note);
  await page.goto(address, { waitUntil: 'networkidle' });
  page.off('response', note);
  const read = await Promise.all(scripts.map(async (script) => (await script.body()).length));
  const sent = await Promise.all(scripts.map(async (script) => (await script.request().sizes()).responseBodySize));
  return { read: sumOf(read), sent: sumOf(sent) };
}

function sumOf(sizes: readonly number[]): number {
  return sizes.reduce((sum, each) => sum + each, 0);
}

/** Opens a form of these fields to everybody, and gives its address. */
async function openForm(page: Page, keys: readonly string[]): Promise<string> {
  const layout = { pages: [{ sections: [{ columns: [{ items: keys.map((field) => ({ field })) }] }] }] };
  const { saveForm } = await askApi<{ saveForm: { id: string } }>(
    page,
    'mutation ($input: FormInput!) { saveForm(input: $input) { id } }',
    { input: { name: 'Weighed', layout } },
  );
  await askApi(page, 'mutation ($id: ID!) { publishForm(id: $id) { id } }', saveForm);
  const { setFormPublic } = await askApi<{ setFormPublic: { publicSlug: string } }>(
    page,
    'mutation ($id: ID!) { setFormPublic(id: $id, public: true) { publicSlug } }',
    saveForm,
  );
  return `/f/${setFormPublic.publicSlug}`;
}

async function makeFields(page: Page, types: readonly string[]): Promise<readonly string[]> {
  const keys = types.map((type) => `weighed_${type.toLowerCase()}`);
  for (const [index, type] of types.entries())
    await askApi(page, 'mutation ($input: FieldInput!) { createField(input: $input) { key } }', {
      input: { key: keys[index], type, label: type, ...(type === 'SELECT' && { options: [{ key: 'a', label: 'A' }] }) },
    });
  return keys;
}

test.describe('the weight of pages, zh-CN', () => {
  test.use({ locale: 'zh-CN' });

  test('a public form loads no more than what its fields need', async ({ page, browser, server }) => {
    await signIn(page);
    const address = await openForm(page, await makeFields(page, ['TEXT', 'NUMBER', 'DATE', 'SELECT', 'BOOLEAN']));
    const anybody = await browser.newPage({ baseURL: server, locale: 'zh-CN' });
    const { read, sent } = await weigh(anybody, address);
    expect(read).toBeLessThanOrEqual(MOST);
    expect(sent).toBeLessThan(read / 2);
    await expect(anybody.getByRole('textbox', { name: 'TEXT' })).toBeVisible();
    await anybody.close();
  });
});
