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

const isAdult = { '>=': [{ var: 'age' }, 18] };
const message = { 'zh-CN': '未成年', en: 'Grown-ups only' };
const fields = [
  fieldAnswer('age', 'NUMBER', 'Age'),
  fieldAnswer('spend', 'MONEY', 'Spend', { validation: { rule: isAdult, message } }),
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
  return shown.calls.find(({ operation }) => operation === 'UpdateField')?.variables['input'];
}

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
