import type { Rule } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { defineComponent, h, shallowRef } from 'vue';
import { useCatalogue } from '../fields/catalogue.ts';
import { commonAnswers, fieldAnswer, mountPage, type MountedPage } from '../testing/mount-page.ts';
import FilterDrawer from './FilterDrawer.vue';

const ofMine: Rule = { '==': [{ var: 'owner' }, { me: ['id'] }] };

/** Opens the filter once the fields are there, and holds what is applied. */
const Page = defineComponent({
  props: { filter: { type: null, required: true } },
  setup(props, { expose }) {
    const catalogue = useCatalogue();
    const applied = shallowRef<Rule | null>();
    expose({ applied });
    return () =>
      catalogue.ready &&
      h(FilterDrawer, {
        filter: props.filter as Rule | null,
        title: 'Filter',
        applyLabel: 'Apply',
        ofList: true,
        onApply: (rule: Rule | null) => (applied.value = rule),
      });
  },
});

let shown: MountedPage;

afterEach(() => shown.page.unmount());

async function open(filter: Rule): Promise<void> {
  const fields = [fieldAnswer('name', 'TEXT', 'Name'), fieldAnswer('agent', 'USER', 'Agent')];
  shown = await mountPage(Page, { filter }, { ...commonAnswers, Fields: () => ({ data: { fields } }) });
  await flushPromises();
}

function valueBox(): HTMLElement {
  return document.querySelector<HTMLElement>('[role="combobox"][aria-label="Condition 1 Value"]')!;
}

async function choose(name: string): Promise<void> {
  valueBox().click();
  await flushPromises();
  const options = [...document.querySelectorAll<HTMLElement>('[role="option"]')];
  options.find(({ textContent }) => textContent?.trim() === name)!.click();
  await flushPromises();
}

async function apply(): Promise<unknown> {
  const buttons = [...document.querySelectorAll<HTMLElement>('.el-drawer__footer button')];
  buttons.at(-1)!.click();
  await flushPromises();
  return (shown.page.findComponent(Page).vm as unknown as { applied: unknown }).applied;
}

describe('the filter of the customers', () => {
  it('says and draws that the owner is whoever looks on', async () => {
    await open(ofMine);
    expect(document.querySelector('.sentence')?.textContent).toContain('the current user');
    expect(document.querySelector('.comparison')?.textContent).toContain('Me (the current user)');
  });

  it('asks for whoever looks on once that is chosen', async () => {
    await open({ '==': [{ var: 'agent' }, 'u1'] });
    await choose('Me (the current user)');
    expect(await apply()).toEqual({ '==': [{ var: 'agent' }, { me: ['id'] }] });
  });
});
