import type { Rule } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h, shallowRef } from 'vue';
import { useCatalogue } from '../fields/catalogue.ts';
import { announcement } from '../ui/announcer.ts';
import { commonAnswers, mountPage, type MountedPage } from '../testing/mount-page.ts';
import RuleEditor from './RuleEditor.vue';

const isAdult: Rule = { '>=': [{ var: 'age' }, 18] };

/** Holds the model as a page would, once the fields are there. */
const Page = defineComponent({
  props: { start: { type: null, required: true } },
  setup(props, { expose }) {
    const rule = shallowRef(props.start as Rule | null);
    const unfinished = shallowRef(0);
    const catalogue = useCatalogue();
    expose({ rule, unfinished });
    return () =>
      catalogue.ready &&
      h(RuleEditor, {
        modelValue: rule.value,
        'onUpdate:modelValue': (value: Rule | null) => (rule.value = value),
        unfinished: unfinished.value,
        'onUpdate:unfinished': (value: number) => (unfinished.value = value),
      });
  },
});

let shown: MountedPage;

async function show(start: Rule | null): Promise<void> {
  shown = await mountPage(
    Page,
    { start },
    {
      ...commonAnswers,
      PreviewRule: ({ rule }) => ({
        data: {
          previewRule: {
            __typename: 'RulePreview',
            count: 40,
            exact: true,
            margin: 0,
            total: 100,
            sample: [{ __typename: 'Customer', id: 'c1', values: { name: 'Wang Fang' } }],
            conditions:
              JSON.stringify(rule) === JSON.stringify(isAdult)
                ? [{ __typename: 'ConditionCount', path: '', count: 40 }]
                : [],
          },
        },
      }),
    },
  );
  await settle();
}

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(400);
  await flushPromises();
}

function model(): { rule: Rule | null; unfinished: number } {
  const { rule, unfinished } = shown.page.getComponent(Page).vm as unknown as { rule: Rule | null; unfinished: number };
  return { rule, unfinished };
}

function button(text: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === text);
  if (!found) throw new Error(`No button ${text}`);
  return found;
}

describe('the rule editor', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    shown.page.unmount();
    vi.useRealTimers();
  });

  it('tells the rule, its count, some who match, and the count of each condition', async () => {
    await show(isAdult);
    const text = shown.page.text();
    expect(text).toContain('Age is at least 18');
    expect(text).toContain('40% of all 100 customers');
    expect(text).toContain('Wang Fang');
    expect(text).toContain('40 · 40%');
    expect(announcement.value).toContain('40 customers match');
  });

  it('does not send an unfinished condition, and says what it lacks', async () => {
    await show(isAdult);
    button('Add condition').click();
    await settle();
    expect(model()).toMatchObject({ rule: isAdult, unfinished: 1 });
    expect(shown.page.text()).toContain('Choose a field');
    expect(shown.calls.filter(({ operation }) => operation === 'PreviewRule')).toHaveLength(1);
  });

  it('removes the focused condition by Delete and brings it back by undo', async () => {
    await show(isAdult);
    const line = shown.page.get('[aria-label^="Condition 1 Age"]');
    await line.trigger('keydown', { key: 'Delete' });
    await settle();
    expect(model().rule).toBeNull();
    expect(shown.page.text()).toContain('No conditions yet');
    await shown.page.get('[aria-label="Rule editor"]').trigger('keydown', { key: 'z', ctrlKey: true });
    await settle();
    expect(model().rule).toEqual(isAdult);
    await shown.page.get('[aria-label="Rule editor"]').trigger('keydown', { key: 'Z', metaKey: true, shiftKey: true });
    await settle();
    expect(model().rule).toBeNull();
  });

  it('shows what lines cannot draw as a sentence', async () => {
    const foreign: Rule = { and: [isAdult, { '!=': [{ var: 'name' }, { var: 'name' }] }] };
    await show(foreign);
    expect(shown.page.text()).toContain('Name is not the same as Name');
    expect(shown.page.text()).toContain('kept as it is');
    expect(model()).toMatchObject({ rule: foreign, unfinished: 0 });
  });
});
