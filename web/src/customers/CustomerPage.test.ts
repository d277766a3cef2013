import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadCheckTools } from '../field-kit/check-tools.ts';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, fieldAnswer, mountPage, type MountedPage } from '../testing/mount-page.ts';
import CustomerPage from './CustomerPage.vue';

const vipSegment = { __typename: 'Segment', id: 's1', name: 'Grown-ups' };
const wang = {
  __typename: 'Customer',
  id: 'c1',
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  owner: null,
  values: { name: 'Wang Fang', age: 17, vip: null },
  memberships: [],
  membershipHistory: [],
};

let shown: MountedPage;

beforeAll(loadCheckTools);
afterEach(() => shown.page.unmount());

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
  await flushPromises();
}

async function save(): Promise<void> {
  await shown.page.get('form').trigger('submit');
  await flushPromises();
}

describe('the page of a customer', () => {
  it('tells every fault of a new customer at its entry and sends nothing', async () => {
    shown = await mountPage(CustomerPage, {}, commonAnswers);
    await type('Age', '-1');
    await save();
    expect(shown.page.text()).toContain('2 entries need a change');
    expect(shown.page.text()).toContain('This is required');
    expect(shown.page.text()).toContain('Must be at least 0');
    expect(entry('Age').getAttribute('aria-invalid')).toBe('true');
    expect(shown.calls.map(({ operation }) => operation)).not.toContain('SaveCustomer');
  });

  it('shows what is computed, and has no entry for it, nor anything of it for a new customer', async () => {
    const computed = fieldAnswer('worth', 'FORMULA', 'Worth', { valueType: 'NUMBER', access: 'READ' });
    const answers = {
      ...commonAnswers,
      Fields: () => ({ data: { fields: [fieldAnswer('name', 'TEXT', 'Name'), computed] } }),
      Customer: () => ({ data: { customer: { ...wang, values: { name: 'Wang Fang', worth: 2066.6666666666665 } } } }),
    };
    shown = await mountPage(CustomerPage, {}, answers);
    expect(shown.page.get('form').text()).not.toContain('Worth');
    shown.page.unmount();
    shown = await mountPage(CustomerPage, { id: 'c1' }, answers);
    const form = await eventually(() => document.querySelector('form'));
    expect(form.querySelector('output')?.textContent).toMatch(/^2,066\.6667\s*Computed$/);
  });

  it('P43 shows scripts in labels, help, options and values as the text that they are', async () => {
    const hostile = '<img src=x onerror="document.title=1"><script>document.title=1</script>{{1+1}}';
    const options = [{ __typename: 'FieldOption', key: 'a', label: hostile, labels: {}, color: null, archived: false }];
    shown = await mountPage(
      CustomerPage,
      { id: 'c1' },
      {
        ...commonAnswers,
        Fields: () => ({
          data: {
            fields: [
              fieldAnswer('name', 'TEXT', hostile, { help: hostile }),
              fieldAnswer('level', 'SELECT', 'Level', { options }),
            ],
          },
        }),
        Customer: () => ({
          data: {
            customer: {
              ...wang,
              values: { name: hostile, level: 'a' },
              memberships: [
                { __typename: 'Membership', since: wang.createdAt, segment: { ...vipSegment, name: hostile } },
              ],
            },
          },
        }),
      },
    );
    expect(document.querySelectorAll('main script, img, form script')).toHaveLength(0);
    expect(shown.page.findAll('script, img')).toHaveLength(0);
    expect(shown.page.text()).toContain(hostile);
  });

  it('says of a field that the reader may not know of this customer that it is so, and lets nothing be entered', async () => {
    const { age: _, ...known } = wang.values as Record<string, unknown>;
    const customer = { ...wang, values: known as never };
    shown = await mountPage(CustomerPage, { id: 'c1' }, { ...commonAnswers, Customer: () => ({ data: { customer } }) });
    expect(shown.page.get('output').text()).toBe('— restricted');
    expect(shown.page.findAll('#customer label').map((label) => label.text())).toContain('Age');
    expect(shown.page.findAll('#customer input[inputmode]')).toHaveLength(0);
  });

  it('sends the changes alone and shows the new memberships', async () => {
    const saved = {
      ...wang,
      version: 2,
      values: { ...wang.values, age: 18 },
      memberships: [{ __typename: 'Membership', since: wang.createdAt, segment: vipSegment }],
    };
    shown = await mountPage(
      CustomerPage,
      { id: 'c1' },
      {
        ...commonAnswers,
        Customer: () => ({
          data: { customer: shown?.calls.some(({ operation }) => operation === 'SaveCustomer') ? saved : wang },
        }),
        SaveCustomer: () => ({
          data: {
            saveCustomer: { __typename: 'SaveCustomerPayload', customer: saved, entered: [vipSegment], left: [] },
          },
        }),
      },
    );
    expect(shown.page.text()).toContain('In no segment at present');
    await type('Age', '18');
    await save();
    const sent = shown.calls.find(({ operation }) => operation === 'SaveCustomer');
    expect(sent?.variables).toEqual({ input: { id: 'c1', version: 1, values: { age: 18 } } });
    await flushPromises();
    expect(shown.page.text()).toContain('Grown-ups');
  });

  it('asks before a customer goes to where the reader does not see them, and then lets them go', async () => {
    const leaves = [{ path: 'values', code: 'LEAVES_SCOPE', message: 'No longer yours' }];
    shown = await mountPage(
      CustomerPage,
      { id: 'c1' },
      {
        ...commonAnswers,
        Customer: () => ({ data: { customer: wang } }),
        SaveCustomer: ({ leaveScope }) =>
          leaveScope
            ? { data: { saveCustomer: { __typename: 'SaveCustomerPayload', customer: wang, entered: [], left: [] } } }
            : { errors: [{ message: 'No', extensions: { code: 'VALIDATION_FAILED', issues: leaves } }] },
      },
    );
    await type('Age', '18');
    await save();
    const confirm = await eventually(() =>
      [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.includes('Save all the same')),
    );
    expect(document.body.textContent).toContain('You will not see this customer any more');
    confirm.click();
    const router = shown.page.vm.$router;
    await eventually(() => router.currentRoute.value.name === 'customers');
    const sent = shown.calls.filter(({ operation }) => operation === 'SaveCustomer');
    expect(sent.map(({ variables }) => variables['leaveScope'])).toEqual([undefined, true]);
  });

  it('asks, entry by entry, when somebody else saved first', async () => {
    const theirs = { ...wang, version: 2, values: { ...wang.values, name: 'Wang Fen', age: 20 } };
    const answers = [wang, theirs];
    shown = await mountPage(
      CustomerPage,
      { id: 'c1' },
      {
        ...commonAnswers,
        Customer: () => ({ data: { customer: answers.length > 1 ? answers.shift() : answers[0] } }) as never,
        SaveCustomer: () => ({
          errors: [{ message: 'Somebody else saved', extensions: { code: 'CONFLICT', currentVersion: 2 } }],
        }),
      },
    );
    await type('Age', '18');
    await save();
    await flushPromises();
    const dialog = await eventually(() => document.querySelector('[role=dialog]'));
    expect(dialog.textContent).toContain('Somebody else saved this');
    expect(dialog.querySelectorAll('fieldset')).toHaveLength(1);
    expect(dialog.querySelector('fieldset')?.textContent).toMatch(/Age.*18.*20/s);
  });
});
