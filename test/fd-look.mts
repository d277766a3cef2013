import { chromium } from '@playwright/test';
const base = 'http://localhost:3917';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
const which = process.argv[2] ?? 'en';
const context = await browser.newContext({ locale: which === 'zh' ? 'zh-CN' : 'en-GB', viewport: { width: 1440, height: 900 } });
const page = await context.newPage();
page.on('console', (m) => m.type() === 'error' && console.log('CONSOLE', m.text()));
page.on('pageerror', (e) => console.log('PAGEERROR', e.message));
await page.goto(base + '/login');
await page.getByLabel(/^(邮箱|Email)$/).fill('admin@example.com');
await page.getByLabel(/^(密码|Password)$/).fill('correct-horse');
await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click();
await page.waitForURL((u) => !u.pathname.includes('login'));
await page.goto(base + '/forms');
await page.waitForTimeout(1200);
await page.screenshot({ path: `/tmp/fd/${which}-list.png` });
await page.getByRole('button', { name: /^(新建表单|New form)$/ }).first().click();
await page.waitForURL(/forms\/[0-9a-f]/);
await page.waitForTimeout(1000);
await page.screenshot({ path: `/tmp/fd/${which}-empty.png` });
// click-add some fields
const parts = page.locator('.palette .parts ul').nth(1).locator('button');
console.log('fields', await parts.count());
for (let i = 0; i < 5; i++) { await parts.first().click(); await page.waitForTimeout(80); }
// drag one from the palette onto the canvas
const from = await parts.nth(2).boundingBox();
const target = await page.locator('.item').nth(1).boundingBox();
await page.mouse.move(from!.x + 60, from!.y + 20);
await page.mouse.down();
await page.mouse.move(target!.x + 100, target!.y + 5, { steps: 10 });
await page.screenshot({ path: `/tmp/fd/${which}-drag.png` });
await page.mouse.up();
await page.waitForTimeout(1600);
await page.screenshot({ path: `/tmp/fd/${which}-filled.png` });
console.log(await page.locator('[aria-live]').allTextContents());
const url = page.url();
// two columns in the section
await page.locator('section.section').first().click({ position: { x: 100, y: 20 } });
await page.locator('.settings').getByText('2', { exact: true }).click().catch(async () => page.locator('.settings .el-radio-button').nth(1).click());
await page.waitForTimeout(300);
await page.screenshot({ path: `/tmp/fd/${which}-columns.png` });
// keyboard move
await page.locator('.item').first().click();
for (const key of ['Space', 'ArrowDown', 'ArrowRight', 'Enter']) { await page.keyboard.press(key); await page.waitForTimeout(100); console.log(key, await page.locator('[aria-live]').allTextContents()); }
await page.screenshot({ path: `/tmp/fd/${which}-moved.png` });
// rule dialog
await page.getByRole('button', { name: /^(设置：显示条件|Set: Shown when)$/ }).click();
await page.waitForTimeout(900);
await page.screenshot({ path: `/tmp/fd/${which}-rule.png` });
await page.keyboard.press('Escape');
await page.waitForTimeout(400);
await page.getByRole('button', { name: /^(预览|Preview)$/ }).click();
await page.waitForTimeout(1200);
await page.screenshot({ path: `/tmp/fd/${which}-preview.png` });
await page.keyboard.press('Escape');
await page.waitForTimeout(500);
await page.getByRole('button', { name: /^(发布|Publish)$/ }).click();
await page.waitForTimeout(500);
await page.screenshot({ path: `/tmp/fd/${which}-publish.png` });
await page.locator('.el-message-box').getByRole('button', { name: /^(发布|Publish)$/ }).click();
await page.waitForTimeout(1200);
await page.goto(url + '?tab=versions');
await page.waitForTimeout(1200);
await page.screenshot({ path: `/tmp/fd/${which}-versions.png` });
await page.setViewportSize({ width: 390, height: 844 });
await page.goto(url);
await page.waitForTimeout(1200);
await page.screenshot({ path: `/tmp/fd/${which}-phone.png`, fullPage: true });
await page.locator('.choice button').first().click();
await page.screenshot({ path: `/tmp/fd/${which}-phone-palette.png` });
await page.locator('.choice button').nth(1).click();
await page.locator('.item').first().click();
await page.locator('.choice button').nth(2).click();
await page.screenshot({ path: `/tmp/fd/${which}-phone-settings.png`, fullPage: true });
await page.goto(base + '/forms');
await page.waitForTimeout(900);
await page.screenshot({ path: `/tmp/fd/${which}-phone-list.png` });
await browser.close();
