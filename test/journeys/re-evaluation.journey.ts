import type { Locator, Page } from '@playwright/test';
import { startBuiltServer, temporaryDataDir } from '../support/built-server.ts';
import { askApi, expect as sharedExpect, expectAccessible, signIn, test as shared } from './journey.ts';

const admin = { email: 'demo@example.com', password: 'look who comes and goes' };

/** Each language on a server of its own, with the demo data; for its 2,000 customers a change of a rule is a job. */
const test = shared.extend({
  // Playwright reads from the first parameter which fixtures are used: none.
  // oxlint-disable-next-line no-empty-pattern
  baseURL: async ({}, use) => {
    const { dataDir, remove } = await temporaryDataDir();
    const credentials = { ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password };
    const server = startBuiltServer({ DATA_DIR: dataDir, DEMO: '1', JOBS_FROM: '1000', ...credentials });
    await use(await server.address);
    const { code, stderr } = await server.stop();
    await remove();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  },
});

/** While a server fills itself beside this one, a page takes its time. */
const expect = sharedExpect.configure({ timeout: 30_000 });

/** What a reader of each language clicks and reads. */
const words = {
  'zh-CN': {
    members: '成员',
    memberCount: (count: string) => `${count} 位成员`,
    value: '内容',
    save: '保存',
    rebuilding: /^正在重新计算全部客户/,
    cancel: '取消',
    done: '已完成 · 2,000 / 2,000',
    close: '关闭',
    history: '进出记录',
    left: '离开',
    byRule: '分群规则变更 · 规则第 2 版',
    entered: '进入',
    bySave: '客户资料被保存',
    asOf: '某一时刻',
    membersThenNone: /时没有成员$/,
    thenSome: (count: string) => new RegExp(`时的成员，共 ${count} 人$`),
    now: '现在',
    moves: '分群变化',
    events: '行为',
  },
  en: {
    members: 'Members',
    memberCount: (count: string) => `${count} members`,
    value: 'Value',
    save: 'Save',
    rebuilding: /^Everybody is evaluated/,
    cancel: 'Cancel',
    done: 'Done · 2,000 of 2,000',
    close: 'Close',
    history: 'History',
    left: 'Left',
    byRule: 'the rule changed · rule version 2',
    entered: 'Entered',
    bySave: 'the customer was saved',
    asOf: 'As of',
    membersThenNone: /^No members as of/,
    thenSome: (count: string) => new RegExp(`^Members as of .*: ${count}$`),
    now: 'Now',
    moves: 'Segment history',
    events: 'Events',
  },
} as const;

/** The segment of those who spend most, or hold the highest card. */
interface HighValue {
  readonly id: string;
  readonly name: string;
  readonly memberCount: number;
}

interface Customer {
  readonly id: string;
  readonly version: number;
}

/** Rules of whoever is of high value from so much on, and of who did something but is not of high value yet. */
const highFrom = (spend: number) => ({
  or: [{ '>=': [{ var: 'spend' }, spend] }, { '==': [{ var: 'tier' }, 'diamond'] }],
});
const notYet = {
  and: [{ '!': highFrom(20_000) }, { '>': [{ var: 'spend' }, 0] }, { '>=': [{ count: [{ var: 'events.order' }] }, 1] }],
};

/** The segment once the demo data is loaded, with how many are to stay when it asks for more, and two who are not in it. */
async function highValue(page: Page): Promise<{ segment: HighValue; two: readonly [Customer, Customer] }> {
  const all = () =>
    askApi<{ segments: readonly (HighValue & { key: string; status: string })[] }>(
      page,
      '{ segments { id key name status memberCount } }',
    );
  await expect
    .poll(async () => (await all()).segments.filter(({ status }) => status === 'ACTIVE').length, { timeout: 90_000 })
    .toBe(14);
  const segment = (await all()).segments.find(({ key }) => key === 'high_value');
  const { customers } = await askApi<{ customers: { nodes: readonly Customer[] } }>(
    page,
    'query ($filter: Rule!) { customers(filter: $filter, first: 2) { nodes { id version } } }',
    { filter: notYet },
  );
  const [one, other] = customers.nodes;
  if (!segment || !one || !other) throw new Error('The demo data has no such segment or customers.');
  return { segment, two: [one, other] };
}

/** Another writer notes that a customer spent a little more than the segment asks for. */
async function letSpend(page: Page, { id, version }: Customer): Promise<void> {
  await askApi(page, 'mutation ($input: CustomerInput!) { saveCustomer(input: $input) { customer { id } } }', {
    input: { id, version, values: { spend: 20_100 } },
  });
}

/** How many a rule counts, as readers write numbers. */
async function countOf(page: Page, rule: object): Promise<string> {
  const { previewRule } = await askApi<{ previewRule: { count: number } }>(
    page,
    'query ($rule: Rule!) { previewRule(rule: $rule, sample: 0) { count } }',
    { rule },
  );
  return told(previewRule.count);
}

const told = (count: number): string => count.toLocaleString('en');

/** The rows of a table that lead to a customer. */
const rowsOf = (page: Page, { id }: Customer): Locator =>
  page.getByRole('row').filter({ has: page.locator(`a[href^="/customers/${id}"]`) });

for (const [locale, browserLocale] of [
  ['zh-CN', 'zh-CN'],
  ['en', 'en-GB'],
] as const) {
  test.describe(locale, () => {
    test.use({ locale: browserLocale, timezoneId: 'UTC' });
    const w = words[locale];

    test('demo data whose members come and go on screen, one by one and by a change of the rule', async ({ page }) => {
      test.slow();
      await signIn(page, admin);
      const {
        segment: { id, name, memberCount },
        two: [one, other],
      } = await highValue(page);
      const lead = (count: string): Locator => page.getByText(w.memberCount(count), { exact: true });

      await test.step('the number in the list moves when somebody else saves a customer', async () => {
        await page.goto('/segments');
        const row = page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
        const number = row.getByRole('cell').nth(2);
        await expect(number).toHaveText(told(memberCount));
        await letSpend(page, one);
        await expect(number).toHaveText(told(memberCount + 1));
        await expectAccessible(page);
        await row.getByRole('link', { name, exact: true }).click();
      });

      const before = told(memberCount + 2);
      await test.step('and so does the one on the page of the segment', async () => {
        await expect(lead(told(memberCount + 1))).toBeVisible();
        await letSpend(page, other);
        await expect(lead(before)).toBeVisible();
        await expectAccessible(page);
      });
      const earlier = new Date().toISOString();
      const after = await countOf(page, highFrom(20_500));

      await test.step('a change of the rule is a job with its progress told, then the members are those of it', async () => {
        const job = page.getByRole('region', { name: w.rebuilding });
        await page.getByRole('textbox', { name: w.value }).first().fill('20500');
        await Promise.all([
          job.getByRole('button', { name: w.cancel, exact: true }).waitFor(),
          job.getByRole('progressbar').waitFor(),
          page.getByRole('button', { name: w.save, exact: true }).click(),
        ]);
        await expect(job).toContainText(w.done);
        await expect(job.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '100');
        await expect(lead(after)).toBeVisible();
        await expect(page.getByRole('textbox', { name: w.value }).first()).toHaveValue(/^20,?500$/);
        await expectAccessible(page);
        await job.getByRole('button', { name: w.close, exact: true }).click();
        await expect(job).toBeHidden();
      });

      await test.step('who entered and left, and why', async () => {
        await page.getByRole('link', { name: w.history, exact: true }).click();
        for (const customer of [one, other]) {
          await expect(rowsOf(page, customer)).toHaveText([
            new RegExp(`${w.left}.*${w.byRule}`),
            new RegExp(`${w.entered}.*${w.bySave}`),
          ]);
        }
        await expectAccessible(page);
      });

      await test.step('the members of earlier: none before the demo data, and those whom the rule has put out', async () => {
        await page.getByRole('link', { name: w.members, exact: true }).click();
        await expect(page.getByRole('grid').getByRole('link').first()).toBeVisible();
        await expect(rowsOf(page, one)).toBeHidden();
        const picker = page.getByLabel(w.asOf, { exact: true });
        const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
        await picker.fill(anHourAgo.slice(0, 16).replace('T', ' '));
        await picker.press('Enter');
        await expect(page.getByText(w.membersThenNone)).toBeVisible();
        await expectAccessible(page);
        // The picker goes by minutes: a link tells the very instant.
        await page.goto(`/segments/${id}?tab=members&at=${earlier}`);
        await expect(page.getByText(w.thenSome(before))).toBeVisible();
        await expectAccessible(page);
        await page.getByRole('button', { name: w.now, exact: true }).click();
        await expect(page.getByText(w.thenSome(before))).toBeHidden();
      });

      await test.step('a customer tells the same moves, and what it did', async () => {
        await page.getByRole('link', { name: w.history, exact: true }).click();
        await rowsOf(page, one).first().getByRole('link').click();
        const moves = page.getByRole('region', { name: w.moves }).getByRole('listitem').filter({ hasText: name });
        await expect(moves.nth(0)).toContainText(w.left);
        await expect(moves.nth(1)).toContainText(w.entered);
        await expect(page.getByRole('region', { name: w.events }).getByRole('listitem').first()).toBeVisible();
        await expectAccessible(page);
      });
    });
  });
}
