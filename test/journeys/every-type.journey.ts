import type { Locator } from '@playwright/test';
import { askApi, expect, expectAccessible, goTo, pick, signIn, test, walkTo } from './journey.ts';

/** What a reader of each language clicks and reads. */
const words = {
  'zh-CN': {
    newCustomer: '新建客户',
    save: '保存',
    saved: '已保存',
    yes: '是',
    region: '北京市 海淀区',
    conflict: '别人刚刚保存过',
    theirs: '对方的',
    resolve: '按选择保存',
    choose: /选择文件$/,
    issues: '有 3 处需要修改，请看下方标出的内容。',
  },
  en: {
    newCustomer: 'New customer',
    save: 'Save',
    saved: 'Saved',
    yes: 'Yes',
    region: '北京市 海淀区',
    conflict: 'Somebody else saved this',
    theirs: 'Theirs',
    resolve: 'Save this choice',
    choose: /Choose a file$/,
    issues: '3 entries need a change; see the marks below.',
  },
} as const;

const options = [
  { key: 'first', label: '甲', labels: { en: 'Option 甲' } },
  { key: 'second', label: '乙', labels: { en: 'Option 乙' } },
  { key: 'third', label: '丙', labels: { en: 'Option 丙' } },
];

/** A field of every type, in the order in which they are entered; labels are the same in both languages. */
const fields: readonly { readonly type: string; readonly options?: typeof options; readonly validation?: object }[] = [
  { type: 'TEXT' },
  { type: 'LONG_TEXT' },
  { type: 'NUMBER' },
  { type: 'MONEY' },
  { type: 'PERCENT' },
  { type: 'RATING' },
  { type: 'BOOLEAN' },
  { type: 'SELECT', options },
  { type: 'MULTI_SELECT', options },
  { type: 'EMAIL' },
  { type: 'PHONE' },
  { type: 'URL' },
  { type: 'REGION' },
  { type: 'DATE' },
  { type: 'DATETIME' },
  { type: 'USER' },
  { type: 'FILE', validation: { accept: 'IMAGE', maxMegabytes: 1 } },
];

const typed = {
  TEXT: 'Ａｎｎａ 𠮷',
  LONG_TEXT: 'one\ntwo',
  NUMBER: '-12.5',
  MONEY: '0.1',
  PERCENT: '12',
  EMAIL: 'Anna@Example.com',
  PHONE: '138 0013 8000',
  URL: 'https://example.com/客群',
  DATE: '2001-02-03',
  DATETIME: '2024-05-06 07:08',
} as const;

/** What these become, whichever language they were entered in; USER is the administrator. */
const kept = {
  TEXT: 'Ａｎｎａ 𠮷',
  LONG_TEXT: 'one\ntwo',
  NUMBER: -12.5,
  MONEY: 0.1,
  PERCENT: 12,
  RATING: 4,
  BOOLEAN: true,
  SELECT: 'second',
  MULTI_SELECT: ['first', 'third'],
  EMAIL: 'anna@example.com',
  PHONE: '+8613800138000',
  REGION: '110108',
  DATE: '2001-02-03',
} as const;

for (const [locale, browserLocale, way] of [
  ['zh-CN', 'zh-CN', 'mouse'],
  ['en', 'en-GB', 'keyboard'],
] as const) {
  test.describe(locale, () => {
    test.use({ locale: browserLocale });
    const w = words[locale];
    const keyOf = (type: string): string => `${locale.slice(0, 2)}_${type.toLowerCase()}`;
    const optionOf = (label: string): string => (locale === 'en' ? `Option ${label}` : label);

    test(`a customer with a value of every type, by ${way}, and what somebody else saved meanwhile`, async ({
      page,
    }) => {
      test.slow();
      await signIn(page);
      for (const { type, options: offered, validation } of fields)
        await askApi(page, 'mutation ($input: FieldInput!) { createField(input: $input) { key } }', {
          input: {
            key: keyOf(type),
            type,
            label: type,
            ...(offered && { options: offered }),
            ...(validation && { validation }),
          },
        });
      const { me } = await askApi<{ me: { id: string; name: string } }>(page, '{ me { id name } }');
      const by = (type: string): Locator => page.getByLabel(type, { exact: true });
      const enter = async (type: keyof typeof typed, text: string = typed[type]): Promise<void> => {
        await goTo(page, by(type), way);
        await page.keyboard.press('ControlOrMeta+a');
        await page.keyboard.type(text);
      };

      await page.goto('/customers/new?form=all');
      await by('TEXT').waitFor();
      await test.step('what cannot be is told where it stands, all at once', async () => {
        await enter('EMAIL', 'anna');
        await enter('PHONE', '12');
        await enter('URL', 'javascript:alert(1)');
        await page.getByRole('button', { name: w.save }).click();
        await expect(page.getByText(w.issues)).toBeVisible();
        for (const type of ['EMAIL', 'PHONE', 'URL']) {
          await expect(by(type)).toHaveAttribute('aria-invalid', 'true');
          await expect(by(type)).toHaveAccessibleDescription(/.+/);
        }
        await expectAccessible(page);
      });

      await test.step('every type is entered', async () => {
        for (const type of ['TEXT', 'LONG_TEXT', 'NUMBER', 'MONEY', 'PERCENT'] as const) await enter(type);
        const star = page.getByRole('radio', { name: '4', exact: true });
        if (way === 'mouse') await page.getByRole('radiogroup', { name: 'RATING' }).getByText('☆').nth(3).click();
        else {
          await walkTo(page, page.getByRole('radiogroup', { name: 'RATING' }));
          await page.keyboard.press('Space');
          for (let step = 1; step < 4; step++) await page.keyboard.press('ArrowRight');
        }
        await expect(star).toBeChecked();
        await pick(page, by('BOOLEAN'), w.yes, way);
        await pick(page, by('SELECT'), optionOf('乙'), way);
        for (const label of ['甲', '丙']) await pick(page, by('MULTI_SELECT'), optionOf(label), way);
        await page.keyboard.press('Escape');
        for (const type of ['EMAIL', 'PHONE', 'URL'] as const) await enter(type);
        await goTo(page, by('REGION'), way);
        await page.keyboard.type('haidian');
        const found = page.locator('.el-cascader__suggestion-item').filter({ visible: true });
        await expect(found).toHaveCount(1);
        if (way === 'mouse') await found.click();
        else for (const key of ['ArrowDown', 'Enter']) await page.keyboard.press(key);
        for (const type of ['DATE', 'DATETIME'] as const) {
          await enter(type);
          await page.keyboard.press('Enter');
        }
        await pick(page, by('USER'), me.name, way);
        const chosen = page.waitForEvent('filechooser');
        await goTo(page, page.getByRole('button', { name: w.choose }), way);
        if (way === 'keyboard') await page.keyboard.press('Enter');
        const photo = await page.screenshot({ clip: { x: 0, y: 0, width: 8, height: 8 } });
        await (await chosen).setFiles({ name: 'photo.png', mimeType: 'image/png', buffer: photo });
        await expect(page.getByRole('img', { name: 'photo.png' })).toBeVisible();
        await expectAccessible(page);
        await goTo(page, page.getByRole('button', { name: w.save }), way);
        if (way === 'keyboard') await page.keyboard.press('Enter');
        await expect(page).toHaveURL(/\/customers\/[0-9a-f-]{36}/);
      });
      const id = new URL(page.url()).pathname.split('/').at(-1)!;
      const stored = async (): Promise<{ version: number; values: Record<string, unknown> }> =>
        (
          await askApi<{ customer: { version: number; values: Record<string, unknown> } }>(
            page,
            'query ($id: ID!) { customer(id: $id) { version values } }',
            { id },
          )
        ).customer;

      await test.step('and stored as what it is', async () => {
        const { values } = await stored();
        for (const [type, value] of Object.entries(kept)) expect(values[keyOf(type)], type).toEqual(value);
        expect(values[keyOf('USER')]).toBe(me.id);
        expect(values[keyOf('FILE')]).toMatch(/^[0-9a-f-]{36}$/);
        expect(String(values[keyOf('DATETIME')])).toMatch(/^2024-05-0\dT\d\d:08:00(?:\.\d+)?Z$/);
        await page.reload();
        await expect(by('TEXT')).toHaveValue(kept.TEXT);
        const photo = page.getByRole('img', { name: 'photo.png' });
        await expect.poll(() => photo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(8);
        await expectAccessible(page);
      });

      await test.step('two who edit at once decide value by value', async () => {
        const { version } = await stored();
        await askApi(page, 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { entered { key } } }', {
          input: { id, version, values: { [keyOf('NUMBER')]: 7, [keyOf('TEXT')]: 'theirs', [keyOf('MONEY')]: 70 } },
        });
        await enter('NUMBER', '8');
        await enter('TEXT', 'mine');
        await page.getByRole('button', { name: w.save }).click();
        const dialog = page.getByRole('dialog', { name: w.conflict });
        await expect(dialog.getByRole('group')).toHaveCount(2);
        await expectAccessible(page);
        await dialog.getByRole('group', { name: 'NUMBER' }).getByRole('radio', { name: w.theirs }).check();
        await dialog.getByRole('button', { name: w.resolve }).click();
        await expect(dialog).toHaveCount(0);
        await expect.poll(stored).toMatchObject({
          version: version + 2,
          values: { [keyOf('NUMBER')]: 7, [keyOf('TEXT')]: 'mine', [keyOf('MONEY')]: 70 },
        });
      });

      for (const { type } of fields)
        await askApi(page, 'mutation ($key: ID!) { archiveField(key: $key) { key } }', { key: keyOf(type) });
    });
  });
}
