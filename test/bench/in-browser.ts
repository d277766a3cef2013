import { chromium, type Browser, type Page } from '@playwright/test';
import { startBuiltServer, temporaryDataDir } from '../support/built-server.ts';

const ADMIN = { email: 'bench@example.com', password: 'a bench in a real browser' };
const LOGIN = 'mutation ($email: String!, $password: String!) { login(email: $email, password: $password) { token } }';

/** Measures something of the built app, on a new database, in a real browser in which the administrator is signed in. */
export async function inBrowser<T>(measure: (page: Page, browser: Browser) => Promise<T>): Promise<T> {
  const { dataDir, remove } = await temporaryDataDir();
  const server = startBuiltServer({ DATA_DIR: dataDir, ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password });
  const browser = await chromium.launch({
    ...(process.env['CHROMIUM'] && { executablePath: process.env['CHROMIUM'] }),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ baseURL: await server.address, viewport: { width: 1440, height: 900 } });
    await ask(page, LOGIN, ADMIN);
    return await measure(page, browser);
  } finally {
    await browser.close();
    await server.stop();
    await remove();
  }
}

/** Calls the API as who is signed in in the browser; throws at an answer with errors. */
export async function ask<Answer>(page: Page, query: string, variables: object = {}): Promise<Answer> {
  const response = await page.request.post('/graphql', { data: { query, variables } });
  const { data, errors } = (await response.json()) as { data: Answer; errors?: readonly object[] };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
