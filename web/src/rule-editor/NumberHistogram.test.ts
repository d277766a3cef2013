import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, expect, it } from 'vitest';
import { defineComponent, h } from 'vue';
import { useCatalogue } from '../fields/catalogue.ts';
import { commonAnswers, mountPage, type MountedPage } from '../testing/mount-page.ts';
import type { Line } from './draft.ts';
import { fromRule } from './from-rule.ts';
import NumberHistogram from './NumberHistogram.vue';

let shown: MountedPage;
afterEach(() => shown.page.unmount());

/** Shows how the server says that ages are spread, beside a condition on them. */
async function show(fieldDistribution: Record<string, Json>): Promise<void> {
  const Page = defineComponent({
    setup() {
      const catalogue = useCatalogue();
      return () => {
        if (!catalogue.ready) return undefined;
        const { root } = fromRule({ '>=': [{ var: 'age' }, 50] }, catalogue.forRules, () => 'i');
        return h(NumberHistogram, { line: root.items[0] as Line, field: 'age' });
      };
    },
  });
  shown = await mountPage(
    Page,
    {},
    {
      ...commonAnswers,
      FieldDistribution: () => ({
        data: { fieldDistribution: { __typename: 'FieldDistribution', ...fieldDistribution } },
      }),
    },
  );
  await flushPromises();
}

it('shows how values are spread, and which of them are asked for', async () => {
  await show({ min: 0, max: 100, shares: [0.25, 0, 0.5, 0.25] });
  expect(shown.page.get('figure').attributes('aria-label')).toContain('from 0 to 100');
  const bars = shown.page.findAll('.bars span');
  expect(bars.map((bar) => [bar.classes('asked'), bar.attributes('style')])).toEqual([
    [false, 'height: 50%;'],
    [false, 'height: 0%;'],
    [true, 'height: 100%;'],
    [true, 'height: 50%;'],
  ]);
});

it('shows nothing where nothing may be told, as of few customers and a sensitive field', async () => {
  await show({ min: null, max: null, shares: [0, 0, 0, 0] });
  expect(shown.page.find('figure').exists()).toBe(false);
  expect(shown.calls.map(({ operation }) => operation)).toContain('FieldDistribution');
});
