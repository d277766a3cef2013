import type { Browser, Locator, Page } from '@playwright/test';
import { askApi, expect, expectAccessible, signIn, test, walkTo } from './journey.ts';

/** What a reader of each language clicks and reads. */
const words = {
  'zh-CN': {
    newForm: '新建表单',
    name: '名称',
    formName: '会员登记',
    fields: { who: '称呼', phone: '联系电话', spend: '每月预算' },
    add: (name: string) => `添加“${name}”`,
    page: '页',
    saved: /草稿已保存 \d\d:\d\d/,
    share: '公开',
    consent: '要同意的内容（简体中文）',
    consentText: '我同意用这些信息联系我',
    later: '有未发布的修改，发布后生效。',
    publish: '发布',
    first: '第一个版本',
    published: (number: number) => `已发布第 ${number} 版`,
    open: '公开',
    opened: '已公开，可以把链接发出去了',
    link: '链接',
    next: '下一页',
    submit: '提交',
    wrong: (count: number) => `有 ${count} 处需要修改`,
    onPage: (page: number) => `第 ${page} 页，共 2 页`,
    continued: '已接着上次在这台设备上填写的内容。',
    agreeFirst: '请先同意',
    thanks: '已提交，谢谢！',
    design: '设计',
    versions: '历史版本',
    removed: '移除',
    restore: '恢复第 1 版',
    restoreConfirm: '恢复',
    restored: '草稿已恢复为第 1 版',
  },
  en: {
    newForm: 'New form',
    name: 'Name',
    formName: 'Membership',
    fields: { who: 'Who are you', phone: 'Phone to call', spend: 'Monthly budget' },
    add: (name: string) => `Add “${name}”`,
    page: 'Page',
    saved: /Saved as draft \d\d:\d\d/,
    share: 'Share',
    consent: 'Text to agree to (English)',
    consentText: 'You may contact me by this',
    later: 'There are changes that take effect when the form is published.',
    publish: 'Publish',
    first: 'The first version',
    published: (number: number) => `Published version ${number}`,
    open: 'Make public',
    opened: 'Public: the link can be sent to people now',
    link: 'Link',
    next: 'Next',
    submit: 'Submit',
    wrong: (count: number) => (count === 1 ? '1 entry needs another look' : `${count} entries need another look`),
    onPage: (page: number) => `Page ${page} of 2`,
    continued: 'What was begun on this device is there again.',
    agreeFirst: 'Please agree first',
    thanks: 'Sent. Thank you!',
    design: 'Design',
    versions: 'Versions',
    removed: 'Removed',
    restore: 'Restore version 1',
    restoreConfirm: 'Restore',
    restored: 'The draft is version 1 again',
  },
} as const;

type Words = (typeof words)[keyof typeof words];

const PHONE = { width: 390, height: 844 };

/** Makes the fields of the form, and a segment of those who spend much; gives its id. */
async function prepare(page: Page, w: Words, prefix: string): Promise<string> {
  for (const [name, type, required] of [
    ['who', 'TEXT', true],
    ['phone', 'PHONE', false],
    ['spend', 'NUMBER', false],
  ] as const)
    await askApi(page, 'mutation ($input: FieldInput!) { createField(input: $input) { key } }', {
      input: { key: `${prefix}_${name}`, type, required, label: w.fields[name] },
    });
  const rule = { '>=': [{ var: `${prefix}_spend` }, 100] };
  const { saveSegment } = await askApi<{ saveSegment: { id: string } }>(
    page,
    'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }',
    { input: { key: `${prefix}_spender`, name: `${prefix} spender`, rule } },
  );
  await askApi(page, 'mutation ($id: ID!) { activateSegment(id: $id) { id } }', { id: saveSegment.id });
  return saveSegment.id;
}

/** The names of those who are in a segment. */
async function membersOf(page: Page, segment: string, prefix: string): Promise<readonly unknown[]> {
  const { customers } = await askApi<{
    customers: { nodes: { values: Record<string, unknown>; memberships: { segment: { id: string } }[] }[] };
  }>(page, '{ customers { nodes { values memberships { segment { id } } } } }');
  const members = customers.nodes.filter(({ memberships }) => memberships.some((each) => each.segment.id === segment));
  return members.map(({ values }) => values[`${prefix}_who`]);
}

/** Other journeys make customers in the same system, who have none of these. */
async function askForNothing(page: Page, prefix: string): Promise<void> {
  for (const name of ['who', 'phone', 'spend'])
    await askApi(page, 'mutation ($key: ID!) { updateField(key: $key, input: { required: false }) { key } }', {
      key: `${prefix}_${name}`,
    });
}

async function publish(page: Page, w: Words, number: number): Promise<void> {
  await page.getByRole('button', { name: w.publish, exact: true }).click();
  const dialog = page.getByRole('dialog');
  if (number === 1) await expect(dialog.getByText(w.first)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: w.publish, exact: true }).click();
  await expect(page.getByText(w.published(number)).first()).toBeVisible();
}

/** Fills the form as somebody who is known to nobody, with mistakes. */
async function fillAsAnybody(browser: Browser, address: string, w: Words, locale: string): Promise<void> {
  const context = await browser.newContext({ locale, viewport: PHONE, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const entry = (name: string): Locator => page.getByLabel(name);
  await page.goto(address);
  await expect(page.getByText(w.onPage(1))).toBeVisible();
  await expectAccessible(page);
  await entry(w.fields.phone).fill('12');
  await press(w.next);
  await expect(page.getByRole('alert')).toHaveText(w.wrong(2));
  await expect(entry(w.fields.who)).toBeFocused();
  await expectAccessible(page);
  await entry(w.fields.who).fill('An');
  await entry(w.fields.phone).fill('13812345678');
  await page.reload();
  await expect(page.getByText(w.continued)).toBeVisible();
  await press(w.next);
  await expect(page.getByText(w.onPage(2))).toBeVisible();
  await entry(w.fields.spend).fill('250');
  await press(w.submit);
  await expect(page.getByText(w.agreeFirst)).toBeVisible();
  await page.getByLabel(w.consentText).check();
  await press(w.submit);
  await expect(page.getByText(w.thanks)).toBeFocused();
  await expectAccessible(page);
  await context.close();
}

for (const [locale, browserLocale, prefix] of [
  ['zh-CN', 'zh-CN', 'public_zh'],
  ['en', 'en-GB', 'public_en'],
] as const) {
  test.describe(locale, () => {
    test.use({ locale: browserLocale, viewport: { width: 1440, height: 1000 } });
    const w = words[locale];

    test('a form is opened to everybody, filled, and brought back to what it was', async ({ page, browser }) => {
      // Many pages are searched for barriers, which takes most of the time.
      test.slow();
      await signIn(page);
      const segment = await prepare(page, w, prefix);
      await page.goto('/forms');
      const canvas = page.locator('#form-canvas');
      const part = (name: string): Locator => canvas.getByRole('group', { name, exact: true });
      const palette = (name: string): Locator => page.getByRole('button', { name: w.add(name), exact: true });

      await test.step('it is designed with two pages', async () => {
        await page.getByRole('button', { name: w.newForm }).first().click();
        await page.getByRole('textbox', { name: w.name }).fill(w.formName);
        await palette(w.fields.who).click();
        await palette(w.fields.phone).click();
        await palette(w.page).click();
        await palette(w.fields.spend).click();
        await expect(part(w.fields.spend)).toBeVisible();
        await expect(page.getByText(w.saved)).toBeVisible();
      });

      await test.step('what is to be agreed to is set, published and opened', async () => {
        await page.getByRole('link', { name: w.share, exact: true }).click();
        await page.getByRole('textbox', { name: w.consent }).fill(w.consentText);
        await expectAccessible(page);
        await publish(page, w, 1);
        await page.getByRole('button', { name: w.open, exact: true }).click();
        await page.getByRole('dialog').getByRole('button', { name: w.open, exact: true }).click();
        await expect(page.getByText(w.opened)).toBeVisible();
        await expectAccessible(page);
      });

      const address = await page.getByLabel(w.link, { exact: true }).inputValue();
      await test.step('anybody fills it, and is in the right segment', async () => {
        await fillAsAnybody(browser, address, w, browserLocale);
        expect(await membersOf(page, segment, prefix)).toEqual(['An']);
      });

      await test.step('another version is published, and the first one restored', async () => {
        await page.getByRole('link', { name: w.design }).click();
        await part(w.fields.phone).click();
        await page.keyboard.press('Delete');
        await expect(part(w.fields.phone)).toHaveCount(0);
        await publish(page, w, 2);
        await page.getByRole('link', { name: w.versions }).click();
        await expect(page.getByText(w.removed, { exact: true }).first()).toBeVisible();
        await page.getByRole('button', { name: w.restore }).click();
        await page.getByRole('dialog').getByRole('button', { name: w.restoreConfirm, exact: true }).click();
        await expect(page.getByText(w.restored).first()).toBeVisible();
        await page.getByRole('link', { name: w.design }).click();
        await expect(part(w.fields.phone)).toBeVisible();
      });
      await askForNothing(page, prefix);
    });
  });
}

test.describe('without a mouse', () => {
  test.use({ locale: 'en-GB', viewport: PHONE });
  const w = words.en;

  test('a public form is filled by keyboard alone', async ({ page, browser }) => {
    await signIn(page);
    const prefix = 'public_keys';
    const segment = await prepare(page, w, prefix);
    const sections = (...names: readonly string[]) => [
      { columns: [{ items: names.map((name) => ({ field: `${prefix}_${name}` })) }] },
    ];
    const layout = { pages: [{ sections: sections('who', 'phone') }, { sections: sections('spend') }] };
    const { saveForm } = await askApi<{ saveForm: { id: string } }>(
      page,
      'mutation ($input: FormInput!) { saveForm(input: $input) { id } }',
      { input: { name: w.formName, layout, settings: { consent: w.consentText } } },
    );
    await askApi(page, 'mutation ($id: ID!) { publishForm(id: $id) { id } }', { id: saveForm.id });
    const { setFormPublic } = await askApi<{ setFormPublic: { publicSlug: string } }>(
      page,
      'mutation ($id: ID!) { setFormPublic(id: $id, public: true) { publicSlug } }',
      { id: saveForm.id },
    );

    const context = await browser.newContext({ locale: 'en-GB', viewport: PHONE, reducedMotion: 'reduce' });
    const filling = await context.newPage();
    await filling.goto(new URL(`/f/${setFormPublic.publicSlug}`, page.url()).href);
    await expect(filling.getByText(w.onPage(1))).toBeVisible();
    const type = async (name: string, text: string): Promise<void> => {
      await walkTo(filling, filling.getByLabel(name));
      await filling.keyboard.type(text);
    };
    await type(w.fields.who, 'Bo');
    await filling.keyboard.press('Enter');
    await expect(filling.getByText(w.onPage(2))).toBeVisible();
    await type(w.fields.spend, 'many');
    await filling.keyboard.press('Enter');
    await expect(filling.getByRole('alert')).toHaveText(w.wrong(1));
    await expect(filling.getByLabel(w.fields.spend)).toBeFocused();
    await filling.keyboard.press('Control+a');
    await filling.keyboard.type('100');
    await walkTo(filling, filling.getByLabel(w.consentText));
    await filling.keyboard.press('Space');
    await walkTo(filling, filling.getByRole('button', { name: w.submit, exact: true }));
    await filling.keyboard.press('Enter');
    await expect(filling.getByText(w.thanks)).toBeFocused();
    expect(await membersOf(page, segment, prefix)).toEqual(['Bo']);
    await context.close();
    await askForNothing(page, prefix);
  });
});
