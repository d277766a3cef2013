import type { Json, Rule } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h, shallowRef } from 'vue';
import { useCatalogue } from '../fields/catalogue.ts';
import { announcement } from '../ui/announcer.ts';
import { commonAnswers, mountPage, type MountedPage } from '../testing/mount-page.ts';
import RuleEditor from './RuleEditor.vue';

const isAdult: Rule = { '>=': [{ var: 'age' }, 18] };
const isPaid: Rule = { '==': [{ var: 'paid' }, true] };
/** Paid orders of the last 90 days came to 5,000 or more; and no member of a segment. */
const spends: Rule = {
  '>=': [{ sum: [{ filter: [{ var: 'events.order' }, { and: [lastDays(90), isPaid] }] }, 'amount'] }, 5000],
};
const isOutside: Rule = { '!': [{ in_segment: ['vip'] }] };

function lastDays(count: number): Rule {
  return { within_last: [{ var: 'at' }, count, 'day'] };
}

/** Holds the model as a page would, once the fields are there. */
const Page = defineComponent({
  props: { start: { type: null, required: true }, ofForm: Boolean },
  setup(props, { expose }) {
    const rule = shallowRef(props.start as Rule | null);
    const unfinished = shallowRef(0);
    const catalogue = useCatalogue();
    expose({ rule, unfinished });
    return () =>
      catalogue.ready &&
      h(RuleEditor, {
        ofForm: props.ofForm,
        modelValue: rule.value,
        'onUpdate:modelValue': (value: Rule | null) => (rule.value = value),
        unfinished: unfinished.value,
        'onUpdate:unfinished': (value: number) => (unfinished.value = value),
      });
  },
});

/** What the server counts for the conditions of a rule; of a negation it counts what is negated. */
const counts: Readonly<Record<string, Json>> = {
  [JSON.stringify(isAdult)]: [{ __typename: 'ConditionCount', path: '', count: 40 }],
  [JSON.stringify(isOutside)]: [{ __typename: 'ConditionCount', path: '/!/0', count: 40 }],
};

let shown: MountedPage;

async function show(start: Rule | null, ofForm = false): Promise<void> {
  shown = await mountPage(
    Page,
    { start, ofForm },
    {
      ...commonAnswers,
      EventTypes: () => ({
        data: {
          eventTypes: [
            {
              __typename: 'EventType',
              key: 'order',
              label: 'Order',
              labels: { en: 'Order' },
              properties: [{ __typename: 'EventProperty', key: 'paid', type: 'BOOLEAN', label: 'Paid' }],
            },
          ],
        },
      }),
      SegmentKeys: () => ({
        data: { segments: [{ __typename: 'Segment', id: 's1', key: 'vip', name: 'VIPs', restricted: null }] },
      }),
      PreviewRule: ({ rule }) => ({
        data: {
          previewRule: {
            __typename: 'RulePreview',
            count: 40,
            exact: true,
            margin: 0,
            total: 100,
            sample: [{ __typename: 'Customer', id: 'c1', values: { name: 'Wang Fang' } }],
            conditions: counts[JSON.stringify(rule)] ?? [],
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

  it('draws what customers did by its parts, and goes on from there', async () => {
    await show(spends);
    expect(shown.page.text()).toContain('total amount');
    expect(shown.page.text()).not.toContain('kept as it is');
    const period = shown.page.get<HTMLInputElement>('[aria-label="Condition 1 Period How many"]');
    expect(period.element.value).toBe('90');
    await shown.page.get('[aria-label="Condition 1 further condition 1 Remove condition"]').trigger('click');
    await period.setValue('30');
    await settle();
    const others: Rule = { sum: [{ filter: [{ var: 'events.order' }, lastDays(30)] }, 'amount'] };
    expect(model()).toEqual({ rule: { '>=': [others, 5000] }, unfinished: 0 });
    await shown.page.get('[aria-label="Condition 1 More conditions"]').trigger('click');
    await settle();
    expect(model()).toMatchObject({ rule: null, unfinished: 1 });
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Condition 1 further condition 1 Detail');
  });

  it('takes one more into a sum, lets go of one, and gives it back by undo', async () => {
    const sum = (...others: readonly Rule[]): Rule => ({ '>': [{ '+': [{ var: 'age' }, ...others] }, 5] });
    await show(sum(1, 2));
    await shown.page.get('[aria-label="Condition 1 Calculated with 1 Remove"]').trigger('click');
    await settle();
    expect(model()).toEqual({ rule: sum(2), unfinished: 0 });
    await shown.page.get('[aria-label="Condition 1 One more"]').trigger('click');
    await settle();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Condition 1 Calculated with 2');
    expect(model()).toEqual({ rule: null, unfinished: 1 });
    expect(shown.page.text()).toContain('Fill in the number to calculate with');
    await shown.page.get('[aria-label="Condition 1 Number to calculate with 2"]').setValue('7');
    await settle();
    expect(model()).toEqual({ rule: sum(2, 7), unfinished: 0 });
    button('Undo').click();
    button('Undo').click();
    button('Undo').click();
    await settle();
    expect(model()).toEqual({ rule: sum(1, 2), unfinished: 0 });
  });

  it.each<[string, string, Rule, Rule]>([
    [
      'Number to calculate with 2',
      '3',
      { '>': [{ max: [{ var: 'age' }, 1, 2] }, 5] },
      { '>': [{ max: [{ var: 'age' }, 1, 3] }, 5] },
    ],
    [
      'Text to join 1',
      '-',
      { '==': [{ cat: [{ var: 'name' }, ' ', { var: 'name' }] }, 'a'] },
      { '==': [{ cat: [{ var: 'name' }, '-', { var: 'name' }] }, 'a'] },
    ],
    [
      'How many characters',
      '2',
      { '==': [{ substr: [{ var: 'name' }, 0, 1] }, 'W'] },
      { '==': [{ substr: [{ var: 'name' }, 0, 2] }, 'W'] },
    ],
    [
      'otherwise: what',
      '2',
      { '>': [{ if: [isAdult, { var: 'age' }, 1] }, 5] },
      { '>': [{ if: [isAdult, { var: 'age' }, 2] }, 5] },
    ],
  ])('draws what is made of fields, and writes what is entered for %s', async (name, entered, start, written) => {
    await show(start);
    expect(shown.page.text()).not.toContain('kept as it is');
    await shown.page.get(`[aria-label="Condition 1 ${name}"]`).setValue(entered);
    await settle();
    expect(model()).toEqual({ rule: written, unfinished: 0 });
  });

  it('draws membership, and counts those who are no members', async () => {
    await show(isOutside);
    expect(shown.page.text()).toContain('VIPs');
    expect(shown.page.text()).toContain('60 · 60%');
  });

  it.each([
    ['offers them beside fields', false, true],
    ['does not offer them to a form', true, false],
  ])('%s', async (_name, ofForm, isOffered) => {
    await show(null, ofForm);
    button('Add condition').click();
    await settle();
    shown.page.get<HTMLElement>('[aria-label="Condition 1 Field"]').element.click();
    await settle();
    const choices = [...document.querySelectorAll('[role=option]')].map(({ textContent }) => textContent);
    expect(choices.some((choice) => choice.includes('Age'))).toBe(true);
    expect(choices.some((choice) => choice.includes('Order'))).toBe(isOffered);
    expect(choices.some((choice) => choice.includes('Membership in a segment'))).toBe(isOffered);
  });
});
