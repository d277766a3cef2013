import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadCheckTools } from '../field-kit/check-tools.ts';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, fieldAnswer, mountPage, type MountedPage } from '../testing/mount-page.ts';
import CustomerPage from './CustomerPage.vue';

let shown: MountedPage;

beforeAll(loadCheckTools);
afterEach(() => shown.page.unmount());

const isAdult = { '>=': [{ var: 'age' }, 18] };
const layout: Json = {
  pages: [
    {
      sections: [
        { columns: [{ items: [{ field: 'age' }, { field: 'vip', visibleWhen: isAdult }, { field: 'code' }] }] },
      ],
    },
  ],
};
const form = {
  __typename: 'Form',
  id: 'f1',
  name: 'Visit',
  version: 3,
  layout,
  settings: { hiddenValues: 'KEEP' },
  publicSlug: null,
  restricted: null,
  published: { number: 2, layout, settings: { hiddenValues: 'KEEP' }, publishedAt: '2026-01-01T00:00:00.000Z' },
};
const wang = {
  __typename: 'Customer',
  id: 'c1',
  version: 4,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  owner: null,
  values: { age: 17, vip: null, code: 'a' },
  memberships: [],
  membershipHistory: [],
};
const answers = {
  ...commonAnswers,
  FormsToFill: () => ({ data: { forms: [form] } }),
  Fields: () => ({
    data: {
      fields: [
        fieldAnswer('age', 'NUMBER', 'Age'),
        fieldAnswer('vip', 'BOOLEAN', 'VIP'),
        fieldAnswer('code', 'TEXT', 'Code', { unique: true }),
        fieldAnswer('note', 'TEXT', 'Note'),
      ],
    },
  }),
  Customer: () => ({ data: { customer: wang } }),
  ValueTaken: () => ({ data: { valueTaken: true } }),
};

function entry(label: string): HTMLInputElement {
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent?.trim().startsWith(label));
  const input = found && document.getElementById(found.htmlFor);
  if (!(input instanceof HTMLInputElement)) throw new Error(`No entry ${label}`);
  return input;
}

async function type(label: string, text: string): Promise<void> {
  const input = entry(label);
  input.value = text;
  input.dispatchEvent(new Event('input'));
  input.dispatchEvent(new Event('change'));
  await flushPromises();
}

describe('a customer who is filled by a form', () => {
  it('shows what the form places, by its rules, and beside it all fields', async () => {
    shown = await mountPage(CustomerPage, { id: 'c1' }, answers);
    await eventually(() => document.querySelector('form.fill'));
    const text = () => shown.page.get('form').text();
    expect(text()).toContain('Age');
    expect([text().includes('Note'), text().includes('VIP')]).toEqual([false, false]);
    await type('Age', '18');
    expect(text()).toContain('VIP');
    expect(shown.page.get('nav').text()).toMatch(/Visit\s*All fields/);
  });

  it('sends what was entered, with the form and the version that were filled', async () => {
    const saved = () => ({ data: { saveCustomer: { customer: { ...wang, version: 5 }, entered: [], left: [] } } });
    shown = await mountPage(CustomerPage, { id: 'c1' }, { ...answers, SaveCustomer: saved });
    await eventually(() => document.querySelector('form.fill'));
    await type('Age', '20');
    await shown.page.get('form').trigger('submit');
    const call = await eventually(() => shown.calls.find(({ operation }) => operation === 'SaveCustomer'));
    expect(call.variables['input']).toEqual({
      id: 'c1',
      version: 4,
      formId: 'f1',
      formVersion: 2,
      values: { age: 20 },
    });
  });

  it('tells while it is entered that another customer has a value', async () => {
    shown = await mountPage(CustomerPage, { id: 'c1' }, answers);
    await eventually(() => document.querySelector('form.fill'));
    await type('Code', 'b');
    await eventually(() => shown.page.get('form').text().includes('Another customer has this value'));
    expect(entry('Code').getAttribute('aria-invalid')).toBe('true');
  });
});
