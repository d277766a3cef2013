import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ViewerFragment } from '../api/generated/graphql.ts';
import { useSession } from '../session/session.ts';
import { commonAnswers, fieldAnswer, mountPage, type MountedPage } from '../testing/mount-page.ts';
import FormPage from './FormPage.vue';
// The app loads them when they are first seen; no test would wait for them.
import 'element-plus/es/components/message/index.mjs';
import '@kequn/rules/tools';
import '../fields/FieldDrawer.vue';
import './OwnWordsDialog.vue';

const layout = { pages: [{ sections: [{ columns: [{ items: [{ field: 'trade' }, { field: 'name' }] }] }] }] };
const option = (key: string, label: string): Json => ({
  key,
  label,
  labels: { en: label },
  color: null,
  archived: false,
});

let shown: MountedPage;

/** Shows a form that asks for a trade, among these options; the catalogue takes what is made and changed. */
async function show(options: readonly Json[]): Promise<void> {
  let fields = [fieldAnswer('trade', 'SELECT', 'Trade', { options }), fieldAnswer('name', 'TEXT', 'Name')];
  const form = { __typename: 'Form', id: 'f1', name: 'Visit', version: 1, layout, publicSlug: null };
  const rest = { settings: { hiddenValues: 'KEEP' }, restricted: null, changed: false, published: null };
  shown = await mountPage(
    FormPage,
    { id: 'f1' },
    {
      ...commonAnswers,
      Fields: () => ({ data: { fields } }),
      RolesWithAccess: () => ({ data: { roles: [] } }),
      Form: () => ({ data: { form: { ...form, ...rest } } }),
      SaveForm: ({ input }) => ({ data: { saveForm: { ...form, ...rest, ...(input as object), version: 2 } } }),
      CreateField: ({ input }) => {
        const { key, type, label } = input as Record<string, string>;
        fields = [...fields, fieldAnswer(key!, type!, label!)];
        return { data: { createField: fields.at(-1)! } };
      },
      UpdateField: ({ input }) => {
        const changed = fieldAnswer('trade', 'SELECT', 'Trade', { options: (input as { options: Json }).options });
        fields = [changed, ...fields.slice(1)];
        return { data: { updateField: changed } };
      },
    },
  );
  useSession().viewer = { id: 'u1', capabilities: ['MANAGE_FORMS', 'MANAGE_FIELDS'] } as unknown as ViewerFragment;
  await settle();
  part('Trade').click();
  await settle();
}

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(50);
  await flushPromises();
}

function part(name: string): HTMLElement {
  const parts = [...document.querySelectorAll<HTMLElement>('[id^=form-part-]')];
  return parts.find((each) => each.getAttribute('aria-label')?.startsWith(name))!;
}

function canvas(): readonly (string | null)[] {
  return [...document.querySelectorAll('.column [id^=form-part-]')].map((each) => each.getAttribute('aria-label'));
}

async function click(name: string): Promise<void> {
  const found = [...document.querySelectorAll<HTMLElement>('button')].findLast(
    (each) => (each.getAttribute('aria-label') ?? each.textContent)?.trim() === name,
  );
  if (!found) throw new Error(`No button ${name}`);
  found.click();
  await settle();
}

function told(): string | undefined {
  return document.querySelector('.own-words p')?.textContent?.trim();
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  shown.page.unmount();
  vi.useRealTimers();
  document.body.innerHTML = '';
});

it('a text for own words is made, and placed below the options in one step with its rule', async () => {
  await show([option('a', 'Retail'), option('z', 'Other')]);
  await click('Set: “Other” in their own words');
  await click('Next');
  await click('Save');
  await vi.advanceTimersByTimeAsync(1_100);
  await settle();
  expect(canvas()).toEqual(['Trade', expect.stringContaining('Trade (other)'), 'Name']);
  const { input } = shown.calls.findLast(({ operation }) => operation === 'SaveForm')!.variables;
  expect(JSON.stringify(input)).toContain(
    JSON.stringify({ field: 'trade_other', required: true, visibleWhen: { '==': [{ var: 'trade' }, 'z'] } }),
  );
  part('Trade').click();
  await settle();
  expect(told()).toBe('With “Other” chosen, “Trade (other)” is asked');
  await click('Undo');
  expect(canvas()).toEqual(['Trade', 'Name']);
  expect(told()).toBe('Let people answer in their own words where no option fits.');
});

it('an option that means other is added to the field where there is none', async () => {
  await show([option('a', 'Retail')]);
  await click('Set: “Other” in their own words');
  await click('Next');
  expect(shown.calls.findLast(({ operation }) => operation === 'UpdateField')?.variables).toMatchObject({
    key: 'trade',
    version: 1,
    input: { options: [{ key: 'a' }, { key: 'other', labels: { 'zh-CN': '其他', en: 'Other' } }] },
  });
  await click('Save');
  await vi.advanceTimersByTimeAsync(1_100);
  await settle();
  part('Trade').click();
  await settle();
  await click('Remove: “Other” in their own words');
  expect(canvas()).toEqual(['Trade', 'Name']);
});
