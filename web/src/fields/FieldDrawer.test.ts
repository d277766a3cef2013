import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { computed, defineComponent, h } from 'vue';
import { loadCheckTools } from '../field-kit/check-tools.ts';
import '../rule-editor/RuleEditor.vue';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, fieldAnswer, mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import { useCatalogue } from './catalogue.ts';
import FieldDrawer from './FieldDrawer.vue';
// The app loads it for the first formula.
import '../formula-editor/FormulaEditor.vue';

const isAdult = { '>=': [{ var: 'age' }, 18] };
const message = { 'zh-CN': '未成年', en: 'Grown-ups only' };
const ratio = { '/': [{ var: 'spend' }, { var: 'age' }] };
const nested = { round: [ratio] };
const fields = [
  fieldAnswer('age', 'NUMBER', 'Age'),
  fieldAnswer('spend', 'MONEY', 'Spend', { validation: { rule: isAdult, message } }),
  fieldAnswer('ratio', 'FORMULA', 'Ratio', { valueType: 'NUMBER', formula: ratio, released: true, access: 'READ' }),
  fieldAnswer('closed', 'FORMULA', 'Closed', { valueType: 'NUMBER', access: 'READ' }),
];

/** Opens the drawer of a field once it is known; of a new one without a key. */
const Page = defineComponent({
  props: { field: { type: String, default: undefined } },
  setup(props) {
    const catalogue = useCatalogue();
    const field = computed(() => (props.field === undefined ? undefined : catalogue.byKey.get(props.field)));
    return () => catalogue.ready && h(FieldDrawer, { field: field.value });
  },
});

let shown: MountedPage;
let drawer: HTMLElement;

beforeAll(loadCheckTools);
afterEach(() => shown.page.unmount());

async function show(field: string | undefined, answers: Answers = {}): Promise<void> {
  const own: Answers = { Fields: () => ({ data: { fields } }), ...answers };
  shown = await mountPage(Page, { field }, { ...commonAnswers, ...own });
  drawer = await eventually(() => document.querySelector<HTMLElement>('[role=dialog]'));
  await vi.dynamicImportSettled();
  await flushPromises();
}

function button(text: string): HTMLButtonElement {
  const found = [...drawer.querySelectorAll('button')].find((one) => one.textContent?.trim() === text);
  if (!found) throw new Error(`No button ${text}`);
  return found;
}

async function click(text: string): Promise<void> {
  button(text).click();
  await vi.dynamicImportSettled();
  await flushPromises();
}

async function save(): Promise<void> {
  drawer.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await flushPromises();
  await flushPromises();
}

function sent(): Json | undefined {
  return shown.calls.find(({ operation }) => /^(Update|Create)Field$/.test(operation))?.variables['input'];
}

/** Chooses from a list by its name, as its options do. */
async function choose(name: RegExp, value: string): Promise<void> {
  const lists = shown.page.findAllComponents({ name: 'ElSelect' });
  const list = lists.find((one) => name.test(nameOf(one.get('input').element)));
  if (!list) throw new Error(`No list ${name}`);
  list.vm.$emit('update:modelValue', value);
  await vi.dynamicImportSettled();
  await flushPromises();
}

function nameOf(input: HTMLInputElement): string {
  return input.getAttribute('aria-label') ?? document.querySelector(`label[for="${input.id}"]`)?.textContent ?? '';
}

async function write(code: string): Promise<void> {
  const area = drawer.querySelector('textarea');
  if (!area) throw new Error('No code');
  area.value = code;
  area.dispatchEvent(new Event('input'));
  await flushPromises();
}

function editor(): string {
  return drawer.querySelector('section[aria-label="Formula"]')?.textContent ?? '';
}

const wang = {
  __typename: 'Customer',
  id: 'c1',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  owner: null,
  values: { age: 4, spend: 10 },
};
const oneCustomer = { nodes: [wang], pageInfo: { hasNextPage: false, endCursor: null } };
const withCustomer: Answers = { Customers: () => ({ data: { customers: oneCustomer } }) };

describe('the formula of a field', () => {
  it('is put together by choosing and sent, with no requirement', async () => {
    await show(undefined, withCustomer);
    await choose(/^\s*Type/, 'FORMULA');
    expect(drawer.textContent).not.toContain('A new customer needs it');
    await choose(/^Formula Field$/, 'spend');
    await choose(/^Formula What of it$/, '/');
    expect(editor()).toContain('Fill in the number to calculate with');
    expect(button('Save').disabled).toBe(true);
    await choose(/^Formula Calculated with$/, 'age');
    expect(editor()).toContain('Spend ÷ Age');
    expect(editor()).toContain(': 2.5');
    const input = drawer.querySelector<HTMLInputElement>('input')!;
    input.value = '客单价';
    input.dispatchEvent(new Event('input'));
    await flushPromises();
    await save();
    expect(sent()).toMatchObject({ type: 'FORMULA', formula: ratio, released: false });
    expect(Object.keys(sent() as object)).not.toContain('required');
  });

  it('is asked for', async () => {
    await show(undefined);
    await choose(/^\s*Type/, 'FORMULA');
    await save();
    expect(editor()).toContain('Say what is computed');
  });

  it('is not sent where it stays as it is', async () => {
    await show('ratio');
    await save();
    expect(sent()).toEqual({ label: 'Ratio', labels: { en: 'Ratio' }, help: null, sensitive: false, released: true });
  });

  it('that cannot be put together by choosing is code, checked as it is written', async () => {
    await show('ratio');
    await click('Edit as rule code');
    await write('{"round": [');
    expect(editor()).toContain('The code is incomplete');
    await write('{"round": [{"var": "gone"}]}');
    expect(editor()).toContain('There is no such field');
    expect(button('Save').disabled).toBe(true);
    await write(JSON.stringify(nested));
    expect(editor()).toContain('cannot be put together by choosing');
    await save();
    expect(sent()).toMatchObject({ formula: nested });
  });

  it('that is not open stays as it is', async () => {
    await show('closed');
    expect(drawer.textContent).toContain('Saving leaves it as it is');
    await save();
    expect(Object.keys(sent() as object)).not.toContain('formula');
  });

  it('tells in its place why the server refuses it', async () => {
    const issues = [{ path: 'formula', code: 'CYCLE', message: 'Formulas read each other: Ratio → Closed → Ratio' }];
    await show('ratio', {
      UpdateField: () => ({ errors: [{ message: 'Not valid', extensions: { code: 'RULE_INVALID', issues } }] }),
    });
    await choose(/^Formula What of it$/, 'round');
    await save();
    expect(editor()).toContain('Ratio → Closed → Ratio');
  });
});

describe('the rule of a field', () => {
  it('is shown with its sentences and sent as it is', async () => {
    await show('spend');
    expect(drawer.textContent).toContain('Age is at least 18');
    expect([...drawer.querySelectorAll('input')].map(({ value }) => value)).toContain('Grown-ups only');
    await save();
    expect(sent()).toMatchObject({ validation: { rule: isAdult, message } });
  });

  it('is removed, and its sentences with it', async () => {
    await show('spend');
    await click('Remove the rule');
    expect(drawer.textContent).not.toContain('Age is at least 18');
    await save();
    expect(sent()).toMatchObject({ validation: {} });
    expect(sent()).not.toHaveProperty('validation.message');
  });

  it('is not saved half written, and says so', async () => {
    await show('age');
    await click('Add a rule');
    await click('Add condition');
    expect(drawer.textContent).toContain('1 condition is unfinished');
    expect(button('Save').disabled).toBe(true);
  });

  it('tells in its place why the server refuses it', async () => {
    const issues = [{ path: '/>=/0', code: 'UNKNOWN_FIELD', message: 'There is no field age' }];
    await show('spend', {
      UpdateField: () => ({
        errors: [{ message: 'The rule is not valid', extensions: { code: 'RULE_INVALID', issues } }],
      }),
    });
    await save();
    const section = drawer.querySelector('section[aria-label="Must also hold"]');
    expect(section?.textContent).toContain('There is no field age');
  });

  it('comes after the field itself', async () => {
    await show(undefined);
    expect(drawer.textContent).toContain('Save the field first');
    expect([...drawer.querySelectorAll('button')].map((each) => each.textContent)).not.toContain('Add a rule');
  });
});
