import {
  catalogueOf,
  type FieldDefinition,
  type FormCatalogue,
  type FormLayout,
  type HiddenValues,
  type Rule,
} from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { defineComponent, h, shallowRef } from 'vue';
import { loadCheckTools } from '../field-kit/check-tools.ts';
import { editors } from '../field-kit/editors.ts';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, mountPage, type MountedPage } from '../testing/mount-page.ts';
import FormFill from './FormFill.vue';
import type { Entered, FilledForm } from './use-form-fill.ts';

function field(key: string, type: FieldDefinition['type'], label: string): FieldDefinition {
  return {
    key,
    type,
    label,
    labels: { en: label },
    options: [],
    validation: {},
    required: false,
    unique: false,
    archived: false,
  };
}

const fields = [
  field('name', 'TEXT', 'Name'),
  field('mail', 'EMAIL', 'Mail'),
  field('age', 'NUMBER', 'Age'),
  field('double', 'NUMBER', 'Double'),
];
const catalogue: FormCatalogue = { ...catalogueOf(fields), formulas: new Map() };
const isAdult: Rule = { '>=': [{ var: 'age' }, 18] };

const entered = shallowRef<Entered>({});
const sent: FilledForm[] = [];
let shown: MountedPage;

async function show(layout: FormLayout, props: object = {}, hiddenValues: HiddenValues = 'KEEP'): Promise<void> {
  entered.value = {};
  sent.length = 0;
  const Page = defineComponent(
    () => () =>
      h(FormFill, {
        layout,
        catalogue,
        hiddenValues,
        editors,
        stored: null,
        ...props,
        modelValue: entered.value,
        'onUpdate:modelValue': (value: Entered) => (entered.value = value),
        onSubmit: (filled: FilledForm) => sent.push(filled),
      }),
  );
  shown = await mountPage(Page, {}, commonAnswers);
}

function pageOf(...items: FormLayout['pages'][number]['sections'][number]['columns'][number]['items']) {
  return { sections: [{ columns: [{ items }] }] };
}

function entry(label: string): HTMLInputElement | undefined {
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent?.trim().startsWith(label));
  return (found && document.getElementById(found.htmlFor)) as HTMLInputElement | undefined;
}

async function enter(label: string, text: string): Promise<void> {
  const input = entry(label)!;
  input.value = text;
  input.dispatchEvent(new Event('input'));
  input.dispatchEvent(new Event('change'));
  await flushPromises();
}

async function onward(): Promise<void> {
  await shown.page.get('form').trigger('submit');
  await flushPromises();
}

beforeAll(loadCheckTools);
afterEach(() => {
  shown.page.unmount();
  document.body.innerHTML = '';
});

describe('a form that is filled', () => {
  it('shows by its rules, computes, and sends what is shown alone', async () => {
    await show({
      pages: [
        pageOf(
          { field: 'age' },
          { field: 'mail', visibleWhen: isAdult, requiredWhen: isAdult },
          { field: 'double', compute: { '*': [{ var: 'age' }, 2] } },
        ),
      ],
    });
    expect(entry('Mail')).toBeUndefined();
    await enter('Age', '20');
    expect(entry('Mail')).toBeDefined();
    expect(entry('Double')?.textContent).toContain('40');
    await onward();
    expect([sent, shown.page.text()]).toEqual([[], expect.stringContaining('This is required')]);
    await enter('Mail', 'A@b.cn');
    await onward();
    expect(sent).toEqual([{ entered: { age: 20, mail: 'A@b.cn' }, changes: { age: 20, mail: 'a@b.cn', double: 40 } }]);
    await enter('Age', '3');
    await onward();
    expect(sent[1]).toEqual({ entered: { age: 3 }, changes: { age: 3, double: 6 } });
  });

  it('shows pictures by its rules, as wide as they are to be, with what is told of them', async () => {
    const alt = { 'zh-CN': '杯子', en: 'A cup' };
    const items = [
      { picture: 'one', alt, width: 'SMALL' as const, visibleWhen: isAdult },
      { picture: 'two', alt: '' },
    ];
    await show({ pages: [pageOf({ field: 'age' }, ...items)] });
    const pictures = () =>
      [...document.querySelectorAll('img')].map((each) =>
        ['src', 'alt', 'class'].map((name) => each.getAttribute(name)),
      );
    expect(pictures()).toEqual([['/pictures/two', '', '']]);
    await enter('Age', '20');
    expect(pictures()[0]).toEqual(['/pictures/one', 'A cup', 'SMALL']);
  });

  it('goes page by page, not past what is wrong, and passes over hidden ones', async () => {
    await show({
      pages: [
        { title: 'One', ...pageOf({ field: 'age', required: true }) },
        { title: 'Two', visibleWhen: isAdult, ...pageOf({ field: 'mail' }) },
        { title: 'Three', ...pageOf({ text: 'Thanks' }, { field: 'name' }) },
      ],
    });
    await onward();
    expect(shown.page.text()).toContain('1 entry needs another look');
    expect(document.activeElement).toBe(entry('Age'));
    await enter('Age', '3');
    expect(shown.page.text()).toContain('Page 1 of 2');
    await enter('Age', '20');
    expect(shown.page.text()).toContain('Page 1 of 3');
    await onward();
    expect(shown.page.text()).toContain('Two');
    await onward();
    expect(shown.page.text()).toContain('Thanks');
    await onward();
    expect(sent).toEqual([{ entered: { age: 20 }, changes: { age: 20 } }]);
  });

  it('tells what is wrong once a field is left, not while it is typed', async () => {
    await show({ pages: [pageOf({ field: 'mail' })] });
    await enter('Mail', 'nobody');
    expect(shown.page.find('.issues').exists()).toBe(false);
    entry('Mail')!.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
    await flushPromises();
    expect(shown.page.find('.issues').exists()).toBe(true);
  });

  it('does not count what was entered before a rule locked it', async () => {
    await show(
      { pages: [pageOf({ field: 'age' }, { field: 'name', readOnlyWhen: isAdult })] },
      { stored: { name: 'Wang' } },
    );
    await enter('Name', 'Li');
    await enter('Age', '20');
    expect(entry('Name')?.textContent).toContain('Wang');
    await onward();
    expect(sent).toEqual([{ entered: { age: 20 }, changes: { age: 20 } }]);
    await enter('Age', '3');
    expect(entry('Name')?.value).toBe('Li');
  });

  it.each<[HiddenValues, Entered]>([
    ['KEEP', { age: 3 }],
    ['SKIP', { age: 3 }],
    ['CLEAR', { age: 3, mail: null }],
  ])('writes of what is hidden what %s says', async (policy, changes) => {
    const layout = { pages: [pageOf({ field: 'age' }, { field: 'mail', visibleWhen: isAdult })] };
    await show(layout, { stored: { age: 20, mail: 'a@b.cn' } }, policy);
    await enter('Age', '3');
    await onward();
    expect(sent.map((filled) => filled.changes)).toEqual([changes]);
  });

  it('tells nothing between the press of a button and its release, which it would move', async () => {
    await show({ pages: [pageOf({ field: 'mail' })] });
    await enter('Mail', 'nobody');
    window.dispatchEvent(new Event('pointerdown'));
    entry('Mail')!.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
    await flushPromises();
    expect(shown.page.find('.issues').exists()).toBe(false);
    window.dispatchEvent(new Event('pointerup'));
    await eventually(() => shown.page.find('.issues').exists());
  });

  it('leaves what the filler may not write', async () => {
    await show({ pages: [pageOf({ field: 'name' })] }, { stored: { name: 'Wang' }, mayWrite: () => false });
    expect(entry('Name')?.tagName).toBe('OUTPUT');
    expect(entry('Name')?.textContent).toContain('Wang');
  });
});
