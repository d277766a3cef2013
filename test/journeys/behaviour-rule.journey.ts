import type { Page } from '@playwright/test';
import { askApi, choose, expect, expectAccessible, signIn, test } from './journey.ts';

/** What a reader of each language clicks and reads. */
const words = {
  'zh-CN': {
    newSegment: '新建分群',
    name: /^名称/,
    save: '保存',
    addCondition: '添加条件',
    first: '条件 1',
    second: '条件 2',
    ofEvent: '条件 1 更多条件 1',
    field: '字段',
    asked: '问什么',
    sum: '合计',
    property: '属性',
    howLong: '时间范围 数量',
    operator: '比较方式',
    value: '内容',
    moreConditions: '更多条件',
    membership: '是否在分群中',
    notIn: '不在',
    segment: '分群',
    count: '符合的客户',
    sentence: '规则含义',
    purchase: '购买',
    store: '门店',
    regulars: '常客',
    says: /最近 90 天内.*「门店」是“A”.*「购买」的「金额」合计不低于 5,000，且不在分群「常客」中/,
  },
  en: {
    newSegment: 'New segment',
    name: /^Name/,
    save: 'Save',
    addCondition: 'Add condition',
    first: 'Condition 1',
    second: 'Condition 2',
    ofEvent: 'Condition 1 further condition 1',
    field: 'Field',
    asked: 'What is asked',
    sum: 'total',
    property: 'Detail',
    howLong: 'Period How many',
    operator: 'Comparison',
    value: 'Value',
    moreConditions: 'More conditions',
    membership: 'Membership in a segment',
    notIn: 'is not in',
    segment: 'Segment',
    count: 'Matching customers',
    sentence: 'What the rule says',
    purchase: 'Purchase',
    store: 'Store',
    regulars: 'regulars',
    says: /total amount of .*Purchase.*last 90 days.*Store is “A”.*is at least 5,000.*is not in the segment “regulars”/,
  },
} as const;

type Words = (typeof words)[keyof typeof words];

const day = 86_400_000;

/** What customers bought, as days ago, amount and store: only the first is meant by the rule. */
const purchases = [
  [[1, 6000, 'A']],
  [
    [1, 3000, 'A'],
    [200, 4000, 'A'],
  ],
  [[2, 6000, 'B']],
  [
    [1, 3000, 'A'],
    [2, 3000, 'A'],
    [3, 3000, 'A'],
  ],
] as const;

/** Customers and what they bought, and a segment of those who come often. Gives what takes all of that away again. */
async function prepare(page: Page, w: Words, eventType: string): Promise<() => Promise<void>> {
  await askApi(page, 'mutation ($input: EventTypeInput!) { saveEventType(input: $input) { key } }', {
    input: { key: eventType, label: w.purchase, properties: [{ key: 'store', type: 'TEXT', label: w.store }] },
  });
  const customers = await Promise.all(purchases.map(async (bought) => newCustomer(page, eventType, bought)));
  const { saveSegment } = await askApi<{ saveSegment: { id: string } }>(
    page,
    'mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }',
    { input: { name: w.regulars, rule: { '>=': [{ count: [{ var: `events.${eventType}` }] }, 3] } } },
  );
  const { id } = saveSegment;
  await askApi(page, 'mutation ($id: ID!) { activateSegment(id: $id) { id } }', { id });
  return async () => {
    await askApi(page, 'mutation ($id: ID!) { deleteSegment(id: $id) }', { id });
    for (const customer of customers)
      await askApi(page, 'mutation ($id: ID!, $version: Int!) { eraseCustomer(id: $id, version: $version) }', customer);
  };
}

async function newCustomer(
  page: Page,
  type: string,
  bought: (typeof purchases)[number],
): Promise<{ id: string; version: number }> {
  const { saveCustomer } = await askApi<{ saveCustomer: { customer: { id: string; version: number } } }>(
    page,
    'mutation { saveCustomer(input: { values: {} }) { customer { id version } } }',
  );
  const { customer } = saveCustomer;
  const events = bought.map(([days, amount, store]) => {
    const at = new Date(Date.now() - days * day).toISOString();
    return { customerId: customer.id, type, at, amount, properties: { store } };
  });
  await askApi(page, 'mutation ($events: [EventInput!]!) { recordEvents(events: $events) }', { events });
  return customer;
}

for (const [locale, browserLocale, eventType] of [
  ['zh-CN', 'zh-CN', 'gou_mai'],
  ['en', 'en-GB', 'purchase'],
] as const) {
  test.describe(locale, () => {
    test.use({ locale: browserLocale });
    const w = words[locale];

    test('a rule on what customers did and on membership is drawn, saved and drawn again', async ({ page }) => {
      test.slow();
      await signIn(page);
      const clear = await prepare(page, w, eventType);
      const part = (role: 'combobox' | 'textbox' | 'button', ...names: readonly string[]) =>
        page.getByRole(role, { name: names.join(' '), exact: true });
      const count = page.getByRole('complementary', { name: w.count }).locator('.count');

      await page.goto('/segments');
      await page.getByRole('link', { name: w.newSegment }).first().click();
      await page.getByRole('textbox', { name: w.name }).fill(eventType);

      await test.step('how often somebody bought of late is asked first', async () => {
        await part('button', w.addCondition).click();
        await choose(page, part('combobox', w.first, w.field), w.purchase);
        await expect(part('textbox', w.first, w.howLong)).toHaveValue('30');
        await expect(part('textbox', w.first, w.value)).toHaveValue('1');
        await expect(count).toHaveText('4');
        await expectAccessible(page);
      });

      await test.step('then for how much in the last 90 days', async () => {
        await choose(page, part('combobox', w.first, w.asked), w.sum);
        await part('textbox', w.first, w.howLong).fill('90');
        await part('textbox', w.first, w.value).fill('5000');
        await expect(count).toHaveText('3');
      });

      await test.step('in one store', async () => {
        await part('button', w.first, w.moreConditions).click();
        await expect(part('combobox', w.ofEvent, w.property)).toBeFocused();
        await choose(page, part('combobox', w.ofEvent, w.property), w.store);
        await part('textbox', w.ofEvent, w.value).fill('A');
        await expect(count).toHaveText('2');
      });

      await test.step('of whom is not among the regulars', async () => {
        await part('button', w.addCondition).click();
        await choose(page, part('combobox', w.second, w.field), w.membership);
        await choose(page, part('combobox', w.second, w.operator), w.notIn);
        await choose(page, part('combobox', w.second, w.segment), w.regulars);
        await expect(count).toHaveText('1');
        await expect(page.getByRole('region', { name: w.sentence })).toHaveText(w.says);
        await expectAccessible(page);
      });

      await test.step('it is the same when it is opened again, on a phone too', async () => {
        await page.getByRole('button', { name: w.save, exact: true }).click();
        await expect(page).toHaveURL(/\/segments\/[0-9a-f-]{36}/);
        await page.reload();
        await expect(page.getByRole('region', { name: w.sentence })).toHaveText(w.says);
        await expect(count).toHaveText('1');
        await expect(part('textbox', w.first, w.howLong)).toHaveValue('90');
        await expect(part('textbox', w.ofEvent, w.value)).toHaveValue('A');
        await page.setViewportSize({ width: 390, height: 844 });
        const isWider = () => document.documentElement.scrollWidth > document.documentElement.clientWidth;
        expect(await page.evaluate(isWider)).toBe(false);
        await expectAccessible(page);
      });

      const [, id] = /([0-9a-f-]{36})/.exec(page.url()) ?? [];
      await askApi(page, 'mutation ($id: ID!) { deleteSegment(id: $id) }', { id });
      await clear();
    });
  });
}
