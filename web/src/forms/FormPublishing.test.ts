import type { Json } from '@kequn/rules';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { calls, click, columns, formAnswer, leave, settle, show } from '../testing/form-page.ts';
import { fieldAnswer, type Answers } from '../testing/mount-page.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  leave();
  vi.useRealTimers();
});

describe('publishing', () => {
  const before = { pages: [{ sections: [{ columns: [{ items: [{ field: 'age' }] }] }] }] };
  const published = {
    number: 1,
    layout: before,
    settings: { hiddenValues: 'KEEP', limit: 5 },
    publishedAt: '2026-01-01T00:00:00Z',
  };
  const role = (id: string, name: string): Json => ({
    __typename: 'Role',
    id,
    name,
    version: 1,
    capabilities: [],
    defaultAccess: 'WRITE',
    fieldAccess: [],
    rowScope: null,
    mayLeaveScope: true,
  });
  const answers: Answers = {
    Form: () => ({ data: { form: formAnswer({ published, changed: true }) } }),
    RolesWithAccess: () => ({ data: { roles: [role('r1', 'Staff'), role('r2', 'Manager')] } }),
    FormForRole: ({ roleId }) => ({
      data: {
        form: {
          __typename: 'Form',
          id: 'f1',
          layoutFor: roleId === 'r1' ? before : (columns as unknown as Json),
          accessFor: [
            { __typename: 'FieldAccessEntry', fieldKey: 'name', access: roleId === 'r1' ? 'HIDDEN' : 'WRITE' },
            { __typename: 'FieldAccessEntry', fieldKey: 'age', access: 'WRITE' },
          ],
        },
      },
    }),
    PublishForm: () => ({
      data: {
        publishForm: formAnswer({
          version: 2,
          published: { ...published, number: 2, layout: columns as unknown as Json },
        }),
      },
    }),
  };

  it('tells first what changes, and for whom', async () => {
    await show(answers, ['MANAGE_FORMS', 'MANAGE_ROLES']);
    await click('Publish');
    const dialog = document.querySelector('.el-dialog')!;
    expect(dialog.textContent).toContain('Added');
    expect(dialog.textContent).toContain('Settings that change: Answers in all, at most');
    expect(dialog.textContent).toContain('StaffDoes not see: Name');
    expect(dialog.textContent).toContain('As it was designed: Manager');
    await click('Publish');
    expect(calls().map(({ operation }) => operation)).toContain('PublishForm');
  });

  it('names required fields that the form lacks', async () => {
    await show({ ...answers, Form: () => ({ data: { form: formAnswer({ layout: before }) } }) });
    await click('Publish');
    expect(document.querySelector('.el-dialog')!.textContent).toContain(
      'These fields are required and do not stand on the form: Name.',
    );
  });

  it('a role is looked on as in the preview', async () => {
    await show(answers, ['MANAGE_FORMS', 'MANAGE_ROLES']);
    await click('Preview');
    const labels = (): string =>
      [...document.querySelectorAll('.screen label')].map((each) => each.textContent?.trim()).join(', ');
    await eventually(() => labels().includes('Name'));
    document.querySelector<HTMLElement>('.role .el-select__wrapper')!.click();
    await settle();
    [...document.querySelectorAll<HTMLElement>('.el-select-dropdown__item')]
      .find((each) => each.textContent?.includes('As Staff'))!
      .click();
    await settle();
    await eventually(() => labels() === 'Age');
  });

  it('a form is tried in the other language, in which all of it speaks, and nothing around it', async () => {
    const option = { key: 'tea', label: '茶', labels: { en: 'Tea' }, color: null, archived: false };
    const fields = [
      fieldAnswer('name', 'TEXT', '姓名', { labels: { en: 'Name' }, required: true }),
      fieldAnswer('age', 'SELECT', '饮料', { labels: { en: 'Drink' }, valueType: 'OPTION', options: [option] }),
    ];
    const items: Json = [{ field: 'name', label: { en: 'Your name', 'zh-CN': '您的姓名' } }, { field: 'age' }];
    const layout: Json = { pages: [{ sections: [{ columns: [{ items }] }] }] };
    await show({
      ...answers,
      Fields: () => ({ data: { fields } }),
      Form: () => ({ data: { form: formAnswer({ layout }) } }),
    });
    await click('Preview');
    const screen = (): string => document.querySelector('.screen')!.textContent!;
    const options = (): string[] =>
      [...document.querySelectorAll('.el-select-dropdown__item')].map((each) => each.textContent!.trim());
    await eventually(() => screen().includes('Submit'));
    [...document.querySelectorAll<HTMLElement>('.el-dialog .el-radio-button')]
      .find((each) => each.textContent?.trim() === '简体中文')!
      .querySelector('input')!
      .click();
    await eventually(() => screen().includes('提交'));
    await click('提交');
    await eventually(() => screen().includes('必填'));
    document.querySelector<HTMLElement>('.screen .el-select__wrapper')!.click();
    await eventually(() => options().includes('茶'));
    expect(screen()).toMatch(/您的姓名.*饮料/);
    expect(screen()).not.toMatch(/Submit|name|Drink|Required/);
    expect(document.querySelector('.el-dialog__title')?.textContent).toContain('Preview');
  });

  it('a form is tried with made-up values, and with others as often as one likes', async () => {
    await show(answers, ['MANAGE_FORMS']);
    await click('Preview');
    const name = (): string | undefined => document.querySelector<HTMLInputElement>('.screen input')?.value;
    await eventually(() => name() === '');
    document.querySelector<HTMLElement>('.start .el-select__wrapper')!.click();
    await settle();
    [...document.querySelectorAll<HTMLElement>('.el-select-dropdown__item')]
      .find((each) => each.textContent?.includes('Sample data'))!
      .click();
    await eventually(() => name() !== '');
    const first = name();
    for (let presses = 0; presses < 5 && name() === first; presses += 1) {
      await click('Another sample');
      await settle();
    }
    await eventually(() => name() !== first);
    expect(calls().map(({ operation }) => operation)).not.toContain('SaveCustomer');
  });
});
