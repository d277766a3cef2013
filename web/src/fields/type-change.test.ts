import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadCheckTools } from '../field-kit/check-tools.ts';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, fieldAnswer, mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';

const gold = { key: 'gold', label: 'Gold', labels: { en: 'Gold' }, color: null, archived: false };
const silver = { key: 'silver', label: 'Silver', labels: { en: 'Silver' }, color: null, archived: false };
const fields = [
  fieldAnswer('age', 'TEXT', 'Age', { validation: { maxLength: 9 } }),
  fieldAnswer('tier', 'SELECT', 'Tier', {
    options: [gold, silver].map((one) => ({ __typename: 'FieldOption', ...one })),
  }),
  fieldAnswer('who', 'USER', 'Who'),
];
const sample = (customerId: string, from: Json, to: Json, problem: string | null = null) => ({
  __typename: 'ConversionSample',
  customerId,
  from,
  to,
  problem,
});
const mixed = {
  converting: 2,
  failing: 1,
  convertingSamples: [sample('c1', '5', 5), sample('c2', '12.50', 12.5)],
  failingSamples: [sample('c3', 'five', null, 'Cannot become: Number')],
  proposedOptions: ['five'],
  byJob: false,
};
const running = {
  __typename: 'Job',
  id: 'j1',
  kind: 'segments.rebuild',
  status: 'RUNNING',
  done: 30,
  total: 100,
  result: null,
  error: null,
  finishedAt: null,
  cancellable: true,
};
const conversion = {
  __typename: 'Conversion',
  id: 'v1',
  from: 'TEXT',
  to: 'NUMBER',
  at: '2026-03-01T00:00:00.000Z',
  by: { __typename: 'User', id: 'u1', name: 'Li Wei' },
  converted: 2,
  setAside: 1,
  undoneAt: null,
  undoable: true,
};

let shown: MountedPage;

beforeAll(loadCheckTools);
afterEach(() => {
  shown.page.unmount();
  document.body.innerHTML = '';
});

async function open(key: string, answers: Answers = {}): Promise<void> {
  const own: Answers = {
    Fields: () => ({ data: { fields } }),
    FieldUsages: () => ({ data: { fields: [] } }),
    Roles: () => ({ data: { roles: [] } }),
    Me: () => ({ data: { me: null } }),
    Conversions: () => ({ data: { conversions: [] } }),
    PreviewConversion: () => ({ data: { previewConversion: { __typename: 'ConversionPreview', ...mixed } } }),
    UpdateField: () => ({ data: { updateField: fieldAnswer(key, 'NUMBER', 'Age') } }),
    ...answers,
  };
  const { default: Drawer } = await import('./FieldDrawer.vue');
  const { useCatalogue } = await import('./catalogue.ts');
  const { computed, defineComponent, h, ref } = await import('vue');
  const Page = defineComponent({
    setup() {
      const catalogue = useCatalogue();
      const field = computed(() => catalogue.byKey.get(key));
      const converted = ref<string>();
      return () => [
        catalogue.ready && h(Drawer, { field: field.value, onConverted: (of: string) => (converted.value = of) }),
        h('output', converted.value),
      ];
    },
  });
  shown = await mountPage(Page, {}, { ...commonAnswers, ...own });
  await eventually(() => document.querySelector<HTMLElement>('[role=dialog] form'));
  await settle();
}

async function settle(): Promise<void> {
  await vi.dynamicImportSettled();
  await flushPromises();
  await flushPromises();
}

async function become(type: string): Promise<void> {
  const lists = shown.page.findAllComponents({ name: 'ElSelect' });
  const list = lists.find((one) =>
    document.querySelector(`label[for="${one.get('input').element.id}"]`)?.textContent?.includes('Type'),
  );
  list!.vm.$emit('update:modelValue', type);
  await settle();
  document.querySelector('#field')!.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle();
}

function button(text: RegExp): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].findLast((one) => text.test(one.textContent ?? ''));
  if (!found) throw new Error(`No button ${text}`);
  return found;
}

async function click(text: RegExp): Promise<void> {
  button(text).click();
  await settle();
}

const variablesOf = (name: string) =>
  shown.calls.filter(({ operation }) => operation === name).map(({ variables }) => variables);
const text = () => document.body.textContent ?? '';

describe('another type', () => {
  it('is looked at first, and what does not convert is set aside only by who has said to know it', async () => {
    await open('age');
    await become('NUMBER');
    expect(variablesOf('PreviewConversion')).toEqual([{ key: 'age', type: 'NUMBER', options: null, validation: {} }]);
    expect(text()).toContain('3 values, of which 1 cannot be converted.');
    expect(text()).toContain('Cannot become: Number');
    expect(button(/set 1 aside/).disabled).toBe(true);
    document.querySelector<HTMLInputElement>('.understood input')!.click();
    await settle();
    await click(/set 1 aside/);
    expect(variablesOf('UpdateField')).toMatchObject([
      { key: 'age', force: true, input: { type: 'NUMBER', validation: {} } },
    ]);
    expect(document.querySelector('output')?.textContent).toBe('age');
  });

  it('needs no such word where everything converts', async () => {
    const all = { ...mixed, failing: 0, failingSamples: [], proposedOptions: [] };
    await open('age', {
      PreviewConversion: () => ({ data: { previewConversion: { __typename: 'ConversionPreview', ...all } } }),
    });
    await become('NUMBER');
    expect(text()).toContain('2 values, all of which convert.');
    await click(/^\s*Change the type\s*$/);
    expect(variablesOf('UpdateField')).toMatchObject([{ force: false }]);
  });

  it('is a job among many customers, which is said before, and shown with how far it is', async () => {
    let underWay: typeof running | null = null;
    const age = () => fieldAnswer('age', 'TEXT', 'Age', { job: underWay });
    await open('age', {
      Fields: () => ({ data: { fields: [age()] } }),
      PreviewConversion: () => ({
        data: { previewConversion: { __typename: 'ConversionPreview', ...mixed, byJob: true } },
      }),
      UpdateField: () => {
        underWay = running;
        return { data: { updateField: age() } };
      },
      Job: () => ({ data: { job: running } }),
    });
    await become('NUMBER');
    expect(text()).toContain('so the change goes on in the background');
    document.querySelector<HTMLInputElement>('.understood input')!.click();
    await settle();
    await click(/set 1 aside/);
    expect(document.querySelector('output')?.textContent).toBe('');
    expect(text()).toContain('The type of “Age” is being changed');
    expect(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')).toBe('30');
    expect(document.querySelector('[role=progressbar]')?.getAttribute('aria-label')).toBe('Changing the type of “Age”');
  });

  it('of a choice gets its options from what customers have', async () => {
    await open('age');
    await become('SELECT');
    expect(button(/set 1 aside/).disabled).toBe(true);
    await click(/Add 1 text that does not convert as options/);
    expect(variablesOf('PreviewConversion').at(-1)).toMatchObject({
      type: 'SELECT',
      options: [{ key: 'five', label: 'five' }],
    });
  });

  it('is told where it stands in the way of rules', async () => {
    const extensions = { code: 'IN_USE', usedBy: [{ kind: 'segment', id: 's1', name: 'Grown-ups' }] };
    await open('age', { UpdateField: () => ({ errors: [{ message: 'in use', extensions }] }) });
    await become('NUMBER');
    document.querySelector<HTMLInputElement>('.understood input')!.click();
    await settle();
    await click(/set 1 aside/);
    expect(text()).toContain('The type cannot be changed yet');
    expect(text()).toContain('Grown-ups');
  });

  it('with the type that it has again nothing is to be saved', async () => {
    await open('age');
    await become('NUMBER');
    await click(/^\s*Cancel\s*$/);
    await become('TEXT');
    expect(variablesOf('UpdateField')).toMatchObject([{ input: { validation: { maxLength: 9 } } }]);
    expect(variablesOf('UpdateField')[0]?.['input']).not.toHaveProperty('type');
  });

  it('is none for a field of users', async () => {
    await open('who');
    expect(text()).toContain('The type of this field does not change once it exists.');
    expect(variablesOf('Conversions')).toEqual([]);
  });
});

describe('what was changed before', () => {
  it('tells what was set aside, and is undone once that is confirmed', async () => {
    await open('age', {
      Conversions: () => ({ data: { conversions: [conversion] } }),
      SetAsideValues: () => ({
        data: {
          conversions: [
            {
              __typename: 'Conversion',
              id: 'v1',
              setAsideValues: [{ __typename: 'SetAsideValue', customerId: 'c3', value: 'five' }],
            },
          ],
        },
      }),
      UndoConversion: () => ({ data: { undoConversion: fieldAnswer('age', 'TEXT', 'Age') } }),
    });
    expect(text()).toContain('Text → Number');
    await click(/Show what was set aside/);
    expect(text()).toContain('five');
    expect(document.querySelector('a[href="/customer/c3"]')).not.toBeNull();
    await click(/Undo the change/);
    await (await eventually(() => document.querySelector<HTMLElement>('.el-message-box .el-button--danger'))).click();
    await settle();
    expect(variablesOf('UndoConversion')).toEqual([{ id: 'v1' }]);
  });
});

describe('an option that customers have', () => {
  it('is removed once it is said what they get instead', async () => {
    const job = {
      __typename: 'Job',
      id: 'j1',
      kind: 'fields.replaceOption',
      status: 'SUCCEEDED',
      done: 3,
      total: 3,
      result: null,
      error: null,
      finishedAt: null,
      cancellable: false,
    };
    await open('tier', {
      OptionCustomers: () => ({ data: { customers: { __typename: 'CustomerConnection', totalCount: 3 } } }),
      ReplaceOption: () => ({ data: { replaceOption: job } }),
      Job: () => ({ data: { job } }),
    });
    shown.page.findAllComponents({ name: 'OptionRow' })[0]!.vm.$emit('replace');
    await settle();
    expect(variablesOf('OptionCustomers')).toEqual([{ filter: { '==': [{ var: 'tier' }, 'gold'] } }]);
    expect(text()).toContain('3 customers have it. What do they get?');
    const list = shown.page.findAllComponents({ name: 'ElSelect' }).at(-1)!;
    list.vm.$emit('update:modelValue', 'silver');
    await settle();
    await click(/Remove option/);
    expect(variablesOf('ReplaceOption')).toEqual([{ key: 'tier', option: 'gold', with: 'silver' }]);
    await eventually(() => (shown.page.findAllComponents({ name: 'OptionRow' }).length === 1 ? true : undefined));
  });
});
