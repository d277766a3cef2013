import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import type { ViewerFragment } from '../api/generated/graphql.ts';
import { useSession } from '../session/session.ts';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import FormsPage from './FormsPage.vue';
// The app loads it with the first question; no test would wait for it.
import 'element-plus/es/components/message-box/index.mjs';

const layout = { pages: [{ sections: [{ columns: [{ items: [{ field: 'name' }, { field: 'age' }] }] }] }] };

function form(id: string, parts: Readonly<Record<string, Json>> = {}): Json {
  return {
    __typename: 'Form',
    id,
    name: `Form ${id}`,
    version: 1,
    layout,
    settings: {},
    publicSlug: null,
    restricted: null,
    changed: false,
    published: null,
    ...parts,
  };
}

function published(of: Json): Json {
  return {
    __typename: 'FormVersion',
    number: 2,
    layout: of,
    settings: {},
    publishedAt: '2026-01-01T00:00:00.000Z',
  };
}

let shown: MountedPage;
afterEach(() => {
  shown.page.unmount();
  document.body.innerHTML = '';
});

async function show(forms: readonly Json[], answers: Answers = {}, mayManage = true): Promise<void> {
  shown = await mountPage(FormsPage, {}, { ...commonAnswers, Forms: () => ({ data: { forms } }), ...answers });
  useSession().viewer = { id: 'u1', capabilities: mayManage ? ['MANAGE_FORMS'] : [] } as unknown as ViewerFragment;
  await flushPromises();
}

describe('the list of forms', () => {
  it('tells of each whether it is published, changed since, and public', async () => {
    const other = { pages: [{ sections: [] }] };
    await show([
      form('1'),
      form('2', { published: published(layout) }),
      form('3', { published: published(other), publicSlug: 'abc', changed: true }),
    ]);
    const rows = shown.page.findAll('tbody tr').map((row) => row.findAll('td').map((cell) => cell.text()));
    expect(rows.map((cells) => cells.slice(0, 4))).toEqual([
      ['Form 1', 'Draft', 'Internal', '2'],
      ['Form 2', 'Version 2 published', 'Internal', '2'],
      ['Form 3', 'Version 2 publishedChanges not published', 'Public', '2'],
    ]);
  });

  it('says what to do first', async () => {
    await show([], { Fields: () => ({ data: { fields: [] } }) });
    expect(shown.page.text()).toContain('A form is made of fields: make them under Fields first.');
    shown.page.unmount();
    await show([]);
    expect(shown.page.text()).toContain('First make the fields that you want to ask for');
    shown.page.unmount();
    await show([], {}, false);
    expect([shown.page.text().includes('Nobody has made a form yet.'), shown.page.findAll('button')]).toEqual([
      true,
      [],
    ]);
  });

  it('makes a form with an empty page', async () => {
    await show([], { SaveForm: () => ({ data: { saveForm: form('9') } }) });
    const button = shown.page.findAll('button').find((each) => each.text() === 'New form');
    await button!.trigger('click');
    await flushPromises();
    expect(shown.calls.find(({ operation }) => operation === 'SaveForm')?.variables).toEqual({
      input: { name: 'Untitled form', layout: { pages: [{ sections: [{ columns: [{ items: [] }] }] }] } },
    });
  });

  it('deletes one once that is confirmed', async () => {
    await show([form('1')], { DeleteForm: () => ({ data: { deleteForm: true } }) });
    shown.page.getComponent({ name: 'MenuButton' }).vm.$emit('choose', 'remove');
    const question = await eventually(() => document.querySelector('.el-message-box'));
    expect(question.textContent).toContain('Delete the form “Form 1”?');
    [...question.querySelectorAll('button')].find((each) => each.textContent?.trim() === 'Delete')?.click();
    await eventually(() => shown.calls.some(({ operation }) => operation === 'DeleteForm'));
  });
});
