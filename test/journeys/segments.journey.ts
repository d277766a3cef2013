import type { Page } from '@playwright/test';
import { askApi, choose, expect, expectAccessible, signIn, test } from './journey.ts';

/** What a reader of each language clicks and reads. */
const words = {
  'zh-CN': {
    segments: '分群',
    newSegment: '新建分群',
    name: /^名称/,
    segment: '沿海老客户',
    other: '内陆新客户',
    owner: '负责人',
    folder: '文件夹',
    tags: '标签',
    inFolder: '华东',
    tag: '重点',
    removeTag: '移除标签“重点”',
    addCondition: '添加条件',
    field: '字段',
    operator: '比较方式',
    atLeast: '不低于',
    value: '内容',
    label: '消费年限',
    save: '保存',
    saved: '已保存',
    activate: '启用',
    activated: '已启用，共 2 位成员',
    versions: '历史版本',
    since: (number: number) => `与第 ${number} 版相比：`,
    changed: '「消费年限」不低于 5 → 「消费年限」不低于 8',
    added: '「消费年限」不低于 2',
    restore: '恢复第 1 版',
    consequence: '成员从 1 位变为 2 位',
    confirm: '恢复',
    restored: '已恢复第 1 版的规则，存为第 4 版',
    none: '与第 3 版相比：',
    members: '成员',
    actual: /实际：[69]$/,
    history: '进出记录',
    moves: ['进入', '离开', '进入', '进入'],
    cause: '分群规则变更 · 规则第 4 版',
    search: '搜索分群',
    initials: 'yhlkh',
    status: '状态',
    draft: '草稿',
    nothingFound: '没有找到分群',
    showAll: '显示全部分群',
  },
  en: {
    segments: 'Segments',
    newSegment: 'New segment',
    name: /^Name/,
    segment: 'Loyal on the coast',
    other: 'New inland',
    owner: 'Owner',
    folder: 'Folder',
    tags: 'Tags',
    inFolder: 'East',
    tag: 'key',
    removeTag: 'Remove tag “key”',
    addCondition: 'Add condition',
    field: 'Field',
    operator: 'Comparison',
    atLeast: 'is at least',
    value: 'Value',
    label: 'Years with us',
    save: 'Save',
    saved: 'Saved',
    activate: 'Activate',
    activated: 'Active, with 2 members',
    versions: 'Versions',
    since: (number: number) => `Compared with version ${number}:`,
    changed: 'Years with us is at least 5 → Years with us is at least 8',
    added: 'Years with us is at least 2',
    restore: 'Restore version 1',
    consequence: 'from 1 member to 2',
    confirm: 'Restore',
    restored: 'The rule of version 1 is back, saved as version 4',
    none: 'Compared with version 3:',
    members: 'Members',
    actual: /Actually: [69]$/,
    history: 'History',
    moves: ['Entered', 'Left', 'Entered', 'Entered'],
    cause: 'the rule changed · rule version 4',
    search: 'Search segments',
    initials: 'LOYAL on',
    status: 'Status',
    draft: 'Draft',
    nothingFound: 'No segment found',
    showAll: 'Show all segments',
  },
} as const;

type Words = (typeof words)[keyof typeof words];

/** A field, and two customers: one for 6 years, one for 9. */
async function prepare(page: Page, key: string, label: string): Promise<void> {
  await askApi(page, 'mutation ($input: FieldInput!) { createField(input: $input) { key } }', {
    input: { key, type: 'NUMBER', label },
  });
  for (const years of [6, 9])
    await askApi(page, 'mutation ($values: JSON!) { saveCustomer(input: { values: $values }) { customer { id } } }', {
      values: { [key]: years },
    });
}

async function saveRule(page: Page, w: Words, value: string, line = 0): Promise<void> {
  await page.getByRole('textbox', { name: w.value }).nth(line).fill(value);
  await page.getByRole('button', { name: w.save, exact: true }).click();
  await expect(page.getByText(w.saved).first()).toBeVisible();
  await expect(page.getByRole('button', { name: w.save, exact: true })).toBeDisabled();
}

async function addCondition(page: Page, w: Words, line: number): Promise<void> {
  await page.getByRole('button', { name: w.addCondition }).first().click();
  await choose(page, page.getByRole('combobox', { name: w.field }).nth(line), w.label);
  await choose(page, page.getByRole('combobox', { name: w.operator }).nth(line), w.atLeast);
}

for (const [locale, browserLocale] of [
  ['zh-CN', 'zh-CN'],
  ['en', 'en-GB'],
] as const) {
  test.describe(locale, () => {
    test.use({ locale: browserLocale });
    const w = words[locale];

    test('a segment whose rule is changed twice and put back, and found among others', async ({ page }) => {
      test.slow();
      await signIn(page);
      await prepare(page, locale === 'en' ? 'years' : 'nian_xian', w.label);

      await test.step('made, with a folder and a tag', async () => {
        await page.goto('/segments/new');
        await page.getByRole('textbox', { name: w.name }).fill(w.segment);
        await page.getByLabel(w.folder, { exact: true }).fill(w.inFolder);
        const tags = page.getByRole('combobox', { name: w.tags });
        await tags.fill(w.tag);
        await tags.press('Enter');
        await expect(page.getByRole('button', { name: w.removeTag })).toBeVisible();
        await addCondition(page, w, 0);
        await saveRule(page, w, '5');
        await page.getByRole('button', { name: w.activate, exact: true }).click();
        await expect(page.getByText(w.activated)).toBeVisible();
        await expectAccessible(page);
      });

      await test.step('its rule changed twice', async () => {
        await saveRule(page, w, '8');
        await addCondition(page, w, 1);
        await saveRule(page, w, '2', 1);
      });

      await test.step('what each version changed is told', async () => {
        await page.getByRole('link', { name: w.versions }).click();
        await expect(page.getByRole('listitem').filter({ hasText: w.since(1) })).toContainText(w.changed);
        await expect(page.getByRole('listitem').filter({ hasText: w.since(2) })).toContainText(w.added);
        await expectAccessible(page);
      });

      await test.step('the first version put back, told what it does', async () => {
        await page.getByRole('button', { name: w.restore }).click();
        const question = page.getByRole('dialog');
        await expect(question).toContainText(w.consequence);
        await expectAccessible(page);
        await question.getByRole('button', { name: w.confirm, exact: true }).click();
        await expect(page.getByText(w.restored)).toBeVisible();
        await expect(page.getByText(w.none)).toBeVisible();
      });

      await test.step('who entered and left, and why', async () => {
        await page.getByRole('link', { name: w.history, exact: true }).click();
        const rows = page.getByRole('row').filter({ has: page.getByRole('cell') });
        await expect(rows).toHaveCount(w.moves.length);
        for (const [at, move] of w.moves.entries()) await expect(rows.nth(at)).toContainText(move);
        await expect(rows.first()).toContainText(w.cause);
        await expectAccessible(page);
      });

      await test.step('and a member, condition by condition', async () => {
        const segment = page.url();
        await page.getByRole('link', { name: w.members, exact: true }).click();
        await page.getByRole('grid').getByRole('link').first().click();
        await expect(page.getByText(w.actual)).toBeVisible();
        await expectAccessible(page);
        await page.goto(segment);
      });

      await test.step('found in the list by name, folder, state and tag', async () => {
        await askApi(page, 'mutation ($name: String!) { saveSegment(input: { name: $name }) { id } }', {
          name: w.other,
        });
        await page.goto('/segments');
        const mine = page.getByRole('row').filter({ hasText: w.segment });
        const other = page.getByRole('row').filter({ hasText: w.other });
        await expect(mine).toContainText(w.inFolder);
        await expect(mine).toContainText(w.tag);
        await expect(other).toBeVisible();
        await expectAccessible(page);
        await page.getByRole('searchbox', { name: w.search }).fill(w.initials);
        await expect(other).toBeHidden();
        await expect(mine).toBeVisible();
        await expect(page).toHaveURL(/q=/);
        await page.reload();
        await expect(mine).toBeVisible();
        await expect(other).toBeHidden();
        await choose(page, page.getByRole('combobox', { name: w.status }), w.draft);
        await expect(page.getByText(w.nothingFound)).toBeVisible();
        await expectAccessible(page);
        await page.getByRole('button', { name: w.showAll }).click();
        await mine.getByRole('link', { name: w.tag, exact: true }).click();
        await expect(other).toBeHidden();
        await expect(page).toHaveURL(/\?tag=/);
        await page.goBack();
        await expect(other).toBeVisible();
      });
    });
  });
}
