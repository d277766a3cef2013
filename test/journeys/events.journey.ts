import type { Locator, Page } from '@playwright/test';
import { askApi, choose, expect, expectAccessible, signIn, test } from './journey.ts';

/** What a reader of each language clicks and reads. */
const words = {
  'zh-CN': {
    events: '行为',
    newType: '新建事件类型',
    name: '中文名称',
    key: /^标识/,
    addDetail: '添加一项',
    detail: '第 1 项 名称',
    detailType: '第 1 项 类型',
    number: '数字',
    save: '保存',
    type: '到店',
    guests: '人数',
    record: '记录事件',
    eventType: /^事件类型/,
    amount: '金额',
    recorded: '已记录事件',
    acts: /^到店（.*）的更多操作$/,
    correct: '更正',
    corrected: '已更正事件',
    remove: '删除…',
    confirm: '删除',
    removed: '已删除事件',
    none: '还没有事件',
  },
  en: {
    events: 'Events',
    newType: 'New event type',
    name: 'Name in English',
    key: /^Key/,
    addDetail: 'Add a detail',
    detail: 'Detail 1 Name',
    detailType: 'Detail 1 Type',
    number: 'Number',
    save: 'Save',
    type: 'Visit',
    guests: 'Guests',
    record: 'Record an event',
    eventType: /^Event type/,
    amount: 'Amount',
    recorded: 'Event recorded',
    acts: /^More actions for Visit, /,
    correct: 'Correct',
    corrected: 'Event corrected',
    remove: 'Delete…',
    confirm: 'Delete',
    removed: 'Event deleted',
    none: 'No events yet',
  },
} as const;

type Words = (typeof words)[keyof typeof words];

/** The address of a customer with one field, which stays when the journey is over. */
async function prepareCustomer(page: Page, fieldKey: string): Promise<string> {
  await askApi(page, 'mutation ($input: FieldInput!) { createField(input: $input) { key } }', {
    input: { key: fieldKey, type: 'TEXT', label: fieldKey },
  });
  const { saveCustomer } = await askApi<{ saveCustomer: { customer: { id: string } } }>(
    page,
    'mutation ($values: JSON!) { saveCustomer(input: { values: $values }) { customer { id } } }',
    { values: { [fieldKey]: 'A' } },
  );
  return `/customers/${saveCustomer.customer.id}`;
}

/** How a reader presses things: by mouse, or by keyboard alone. */
type Press = (target: Locator) => Promise<void>;

const byMouse: Press = (target) => target.click();
const byKeyboard: Press = async (target) => {
  await target.focus();
  await target.press('Enter');
};

/** Chooses an act from the menu of the event. */
async function act(page: Page, w: Words, press: Press, label: string): Promise<void> {
  await press(page.getByRole('button', { name: w.acts }));
  await press(page.getByRole('menuitem', { name: label }));
}

for (const { locale, browserLocale, press, keys } of [
  { locale: 'zh-CN', browserLocale: 'zh-CN', press: byMouse, keys: ['dao_dian', 'xing_ming'] },
  { locale: 'en', browserLocale: 'en-GB', press: byKeyboard, keys: ['visit', 'full_name'] },
] as const) {
  test.describe(locale, () => {
    test.use({ locale: browserLocale });
    const w = words[locale];
    const [typeKey, fieldKey] = keys;

    test('an event is defined, recorded, corrected and deleted', async ({ page }) => {
      test.slow();
      await signIn(page);
      const customer = await prepareCustomer(page, fieldKey);

      await test.step('a type, with what is told of each event', async () => {
        await press(page.getByRole('link', { name: w.events, exact: true }));
        await press(page.getByRole('link', { name: w.newType }).first());
        const drawer = page.getByRole('dialog');
        await drawer.getByRole('textbox', { name: w.name }).fill(w.type);
        await drawer.getByRole('textbox', { name: w.key }).first().fill(typeKey);
        await press(drawer.getByRole('button', { name: w.addDetail }));
        await drawer.getByRole('textbox', { name: w.detail }).fill(w.guests);
        await choose(page, drawer.getByRole('combobox', { name: w.detailType }), w.number);
        await expectAccessible(page);
        await press(drawer.getByRole('button', { name: w.save }));
        await expect(page.getByRole('row').filter({ hasText: typeKey })).toContainText(w.guests);
        await expectAccessible(page);
      });

      await page.goto(customer);
      const entry = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: w.acts }) });
      const drawer = page.getByRole('dialog');

      await test.step('an event, recorded', async () => {
        await expect(page.getByText(w.none)).toBeVisible();
        await press(page.getByRole('button', { name: w.record }));
        await choose(page, drawer.getByRole('combobox', { name: w.eventType }), w.type);
        await drawer.getByLabel(w.amount, { exact: true }).fill('1280');
        await drawer.getByLabel(w.guests).fill('3');
        await expectAccessible(page);
        await press(drawer.getByRole('button', { name: w.save }));
        await expect(page.getByText(w.recorded)).toBeVisible();
        await expect(entry).toContainText('1,280');
        await expect(entry).toContainText(w.guests);
        await expectAccessible(page);
      });

      await test.step('corrected', async () => {
        await act(page, w, press, w.correct);
        await drawer.getByLabel(w.amount, { exact: true }).fill('980');
        await expectAccessible(page);
        await press(drawer.getByRole('button', { name: w.save }));
        await expect(page.getByText(w.corrected)).toBeVisible();
        await expect(entry).toContainText('980');
      });

      await test.step('on a phone nothing is wider than the screen', async () => {
        await page.setViewportSize({ width: 390, height: 844 });
        const isWider = () => document.documentElement.scrollWidth > document.documentElement.clientWidth;
        expect(await page.evaluate(isWider)).toBe(false);
        await expectAccessible(page);
      });

      await test.step('and deleted, once that is confirmed', async () => {
        await act(page, w, press, w.remove);
        await expectAccessible(page);
        await press(page.getByRole('dialog').getByRole('button', { name: w.confirm, exact: true }));
        await expect(page.getByText(w.removed)).toBeVisible();
        await expect(page.getByText(w.none)).toBeVisible();
        // Whatever journey comes next finds no field of this one.
        await askApi(page, 'mutation ($key: ID!) { archiveField(key: $key) { key } }', { key: fieldKey });
      });
    });
  });
}
