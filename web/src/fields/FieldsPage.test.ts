import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import type { Capability, ViewerFragment } from '../api/generated/graphql.ts';
import { useSession } from '../session/session.ts';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, fieldAnswer, mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import FieldsPage from './FieldsPage.vue';
// The app loads it with the first question; it comes with the whole component library, for which no test would wait.
import './UsagesDialog.vue';

const system = fieldAnswer('created_at', 'DATETIME', 'Created', { system: true });
const few = [
  system,
  fieldAnswer('name', 'TEXT', 'Name'),
  fieldAnswer('fax', 'TEXT', 'Fax', { archived: true }),
  fieldAnswer('age', 'NUMBER', 'Age'),
  fieldAnswer('city', 'TEXT', 'City', { labels: { en: 'City', 'zh-CN': '城市' } }),
];
const many = [...few, ...Array.from({ length: 20 }, (_, at) => fieldAnswer(`more_${at}`, 'TEXT', `More ${at}`))];

let shown: MountedPage;
afterEach(() => shown.page.unmount());

async function show(
  fields: readonly Json[],
  { capabilities = ['MANAGE_FIELDS'], answers = {} }: { capabilities?: readonly Capability[]; answers?: Answers } = {},
): Promise<void> {
  shown = await mountPage(
    FieldsPage,
    {},
    {
      ...commonAnswers,
      Fields: () => ({ data: { fields } }),
      FieldUsages: () => ({ data: { fields: [usedBy('age')] } }),
      ...answers,
    },
  );
  useSession().viewer = { id: 'u1', capabilities } as unknown as ViewerFragment;
  await flushPromises();
}

function usedBy(key: string): Json {
  const usages = [
    { __typename: 'Usage', kind: 'segment', id: 's1', name: 'Grown-ups' },
    { __typename: 'Usage', kind: 'field', id: 'city', name: 'City' },
  ];
  return { __typename: 'Field', key, usedBy: usages };
}

function keys(): readonly string[] {
  return shown.page.findAll('tbody code').map((code) => code.text());
}

async function move(label: string, ...pressed: readonly string[]): Promise<void> {
  const handle = shown.page.get<HTMLElement>(`[aria-label="Move “${label}”"]`);
  handle.element.focus();
  for (const key of pressed) await handle.trigger('keydown', { key });
  await nextTick();
}

async function search(keyword: string): Promise<void> {
  await shown.page.get('input[type=search]').setValue(keyword);
  await vi.dynamicImportSettled();
  await flushPromises();
}

describe('a field that a formula computes', () => {
  it('tells what it gives, and how far it is with everybody, which can be cancelled', async () => {
    const job = {
      __typename: 'Job',
      id: 'j1',
      kind: 'field.compute',
      status: 'RUNNING',
      done: 20,
      total: 80,
      result: null,
      error: null,
      finishedAt: null,
      cancellable: true,
    };
    const worth = fieldAnswer('worth', 'FORMULA', 'Worth', { valueType: 'NUMBER', access: 'READ', job });
    await show([...few, worth], {
      answers: { CancelJob: () => ({ data: { cancelJob: { ...job, status: 'CANCELLED', cancellable: false } } }) },
    });
    expect(shown.page.get('tbody').text()).toContain('Formula · number');
    const progress = shown.page.get('section[aria-label="Computing “Worth” for every customer"]');
    expect(progress.text()).toContain('20 of 80');
    await progress.get('button').trigger('click');
    await flushPromises();
    expect(progress.text()).toContain('Cancelled');
  });
});

describe('the order of the fields', () => {
  it('is seen at once and sent whole; an archived one that is not shown stays at its place', async () => {
    await show(few, { answers: { OrderFields: () => ({ data: { orderFields: [] } }) } });
    expect(keys()).toEqual(['name', 'age', 'city']);
    await move('City', ' ', 'ArrowUp', 'ArrowUp', 'Enter');
    expect(keys()).toEqual(['city', 'name', 'age']);
    await flushPromises();
    const sent = shown.calls.find(({ operation }) => operation === 'OrderFields');
    expect(sent?.variables).toEqual({ keys: ['city', 'fax', 'name', 'age'] });
    expect(keys()).toEqual(['city', 'name', 'age']);
  });

  it('is put back, and it is told why, where the server refuses it', async () => {
    const refusal = { errors: [{ message: 'Not for you', extensions: { code: 'FORBIDDEN' } }] };
    await show(few, { answers: { OrderFields: () => refusal } });
    await move('Name', ' ', 'ArrowDown', 'Enter');
    expect(keys()).toEqual(['age', 'name', 'city']);
    await flushPromises();
    expect(keys()).toEqual(['name', 'age', 'city']);
    await eventually(() => document.body.textContent?.includes('Not for you'));
  });

  it('is not changed by who may not manage fields', async () => {
    await show(few, { capabilities: [] });
    expect(shown.page.find('.handle').exists()).toBe(false);
    expect(shown.page.findAll('[aria-haspopup=menu]')).toHaveLength(0);
  });
});

describe('searching fields', () => {
  it('is offered where there are many', async () => {
    await show(few);
    expect(shown.page.find('input[type=search]').exists()).toBe(false);
  });

  it.each([
    ['AG', ['age']],
    ['城市', ['city']],
    ['chengshi', ['city']],
    ['cs', ['city']],
    ['more_1', ['more_1', ...Array.from({ length: 10 }, (_, at) => `more_1${at}`)]],
    ['fax', []],
  ])('%s finds %j', async (keyword, found) => {
    await show(many);
    await search(keyword);
    expect(keys()).toEqual(found);
  });

  it('leaves no order to be changed among a part of them', async () => {
    await show(many);
    expect(shown.page.findAll('.handle')).toHaveLength(23);
    await search('age');
    expect(shown.page.find('.handle').exists()).toBe(false);
  });
});

it('tells which rules read a field, with the way to each', async () => {
  await show(few);
  const button = shown.page.get('[aria-label="“Age” is used by 1 segment and 1 field"]');
  await button.trigger('click');
  const dialog = await eventually(() => document.querySelector('[role=dialog]'));
  const links = [...dialog.querySelectorAll('a')].map((link) => [link.textContent, link.getAttribute('href')]);
  expect(links).toEqual([
    ['Grown-ups', '/segment/s1'],
    ['City', '/fields?edit=city'],
  ]);
});
