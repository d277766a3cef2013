import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import type { Capability, ViewerFragment } from '../api/generated/graphql.ts';
import { useSession } from '../session/session.ts';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, fieldAnswer, mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import PrivacyPage from './PrivacyPage.vue';
// The app loads them when there is first something to edit; no test would wait for the component library.
import './ActivateDialog.vue';
import './ConsentDialog.vue';
import './RetentionDrawer.vue';

const rule = { '<': [{ var: 'age' }, 18] };
const minors = {
  __typename: 'RetentionRule',
  id: 'r1',
  name: 'Minors',
  version: 3,
  active: false,
  activatedBy: null,
  lastRunAt: null,
  nextRunAt: null,
  lastErased: null,
  rule,
  ruleText: 'Age is below 18',
  restricted: null,
  problem: null,
  job: null,
} satisfies Json;
const running = {
  ...minors,
  id: 'r2',
  name: 'Old',
  active: true,
  lastRunAt: '2026-07-01T08:00:00.000Z',
  nextRunAt: '2999-07-02T08:00:00.000Z',
  lastErased: 1_204,
};
const run = {
  __typename: 'Job',
  id: 'j1',
  kind: 'retention.run',
  status: 'QUEUED',
  done: 0,
  total: 7,
  result: null,
  error: null,
  finishedAt: null,
  cancellable: true,
};

let shown: MountedPage;
afterEach(() => {
  shown.page.unmount();
  document.body.replaceChildren();
});

async function show(
  rules: readonly Json[],
  answers: Answers = {},
  capabilities: readonly Capability[] = ['ERASE_CUSTOMERS', 'MANAGE_FIELDS'],
): Promise<void> {
  const own: Answers = {
    RetentionRules: () => ({ data: { retentionRules: rules } }),
    CountToErase: () => ({ data: { previewRule: { __typename: 'RulePreview', count: 7, total: 9 } } }),
    Roles: () => ({ data: { roles: [] } }),
  };
  shown = await mountPage(PrivacyPage, {}, { ...commonAnswers, ...own, ...answers });
  useSession().viewer = { id: 'u1', capabilities } as unknown as ViewerFragment;
  await flushPromises();
}

const dialog = () => eventually(() => document.querySelector<HTMLElement>('[role=dialog] form'));
const sent = (operation: string) => shown.calls.find((call) => call.operation === operation)?.variables;

async function choose(name: string, act: string): Promise<void> {
  await flushPromises();
  const menu = shown.page.get(`[role=menu][aria-label="More for “${name}”"]`);
  // The test's browser knows no popovers.
  Object.assign(menu.element, { hidePopover: () => undefined });
  await menu.trigger('toggle', { newState: 'open' });
  await flushPromises();
  const item = shown.page.findAll('[role=menuitem]').find((each) => each.text() === act);
  if (!item) throw new Error(`No act ${act}`);
  await item.trigger('click');
  await flushPromises();
}

async function press(text: string): Promise<void> {
  const button = await eventually(() =>
    [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === text && !each.disabled),
  );
  button.click();
  await flushPromises();
}

async function fill(input: Element | null, text: string): Promise<void> {
  (input as HTMLInputElement).value = text;
  input?.dispatchEvent(new Event('input'));
  await flushPromises();
}

async function submit(form: HTMLElement): Promise<void> {
  form.dispatchEvent(new Event('submit', { cancelable: true }));
  await flushPromises();
  await flushPromises();
}

describe('retention rules', () => {
  it('are listed with what they say, how they stand, and when they run', async () => {
    await show([minors, running]);
    const rows = shown.page.findAll('tbody tr').map((row) => row.findAll('td').map((cell) => cell.text()));
    expect(rows[0]!.slice(0, 4)).toEqual(['MinorsAge is below 18', 'Not active', 'Has not run yet', '—']);
    expect(rows[1]!.slice(1, 4).join(' ')).toMatch(/^Active Jul 1, 2026, .* erased 1,204 Jul 2, 2999/);
  });

  it('are explained where there are none, and closed to who may not erase', async () => {
    await show([]);
    expect(shown.page.text()).toContain('look at whom it would erase');
    expect(shown.page.text()).toContain('New retention rule');
    shown.page.unmount();
    await show([], {}, ['MANAGE_FIELDS']);
    expect(shown.page.text()).toContain('You may not manage how long customers are kept');
    expect(shown.page.text()).not.toContain('New retention rule');
  });

  it('that are closed to the reader can only be stopped', async () => {
    const restricted = 'Its rule reads a field that you may not read';
    await show([{ ...running, rule: null, ruleText: null, restricted, lastErased: null }]);
    expect(shown.page.text()).toContain(restricted);
    expect(shown.page.findAll('tbody a')).toHaveLength(0);
    await choose('Old', 'Stop');
    expect(shown.page.findAll('[role=menuitem]').map((item) => item.text())).toEqual(['Stop']);
    expect(sent('PauseRetentionRule')).toEqual({ id: 'r2' });
  });

  it('tell why they were stopped', async () => {
    await show([{ ...minors, problem: 'The user who activated it is no longer active' }]);
    expect(shown.page.text()).toContain('Stopped by itself: The user who activated it is no longer active');
  });
});

describe('activating', () => {
  it('says how many would be erased, and takes typing that number', async () => {
    const ActivateRetentionRule = () => ({ data: { activateRetentionRule: { ...minors, active: true } } });
    await show([minors], { ActivateRetentionRule });
    await choose('Minors', 'Activate…');
    const form = await dialog();
    expect(form.textContent).toContain('7 customers meet this rule now');
    await submit(form);
    await fill(form.querySelector('input'), '9');
    await submit(form);
    expect(sent('ActivateRetentionRule')).toBe(undefined);
    await fill(form.querySelector('input'), '7');
    await submit(form);
    expect(sent('ActivateRetentionRule')).toEqual({ id: 'r1', version: 3 });
    await eventually(() => !document.querySelector('[role=dialog] form'));
  });

  it('is not offered of a rule that all customers meet', async () => {
    await show([minors], {
      CountToErase: () => ({ data: { previewRule: { __typename: 'RulePreview', count: 9, total: 9 } } }),
    });
    await choose('Minors', 'Activate…');
    const form = await dialog();
    expect(form.textContent).toContain('These are all the customers you see, so the rule cannot be activated now');
    expect(form.querySelector('input')).toBe(null);
    await submit(form);
    expect(sent('ActivateRetentionRule')).toBe(undefined);
  });

  it.each([
    ['CONFLICT', 'Conflict', 'Somebody else has just changed this rule'],
    ['VALIDATION_FAILED', 'Every customer meets this rule', 'Every customer meets this rule'],
  ])('tells a refusal: %s', async (code, message, told) => {
    const issues = code === 'CONFLICT' ? [] : [{ path: 'rule', code: 'INVALID', message }];
    await show([minors], { ActivateRetentionRule: () => ({ errors: [{ message, extensions: { code, issues } }] }) });
    await choose('Minors', 'Activate…');
    const form = await dialog();
    await fill(form.querySelector('input'), '7');
    await submit(form);
    expect(form.querySelector('[role=alert]')?.textContent).toContain(told);
  });
});

describe('a run at once', () => {
  it('asks with the number, and shows how far it is', async () => {
    await show([running], { RunRetentionRule: () => ({ data: { runRetentionRule: run } }) });
    await choose('Old', 'Run now');
    await eventually(() => document.body.textContent?.includes('7 customers meet the rule now'));
    await press('Erase');
    await eventually(() => sent('RunRetentionRule'));
    await flushPromises();
    expect(shown.page.get('[role=progressbar]').attributes('aria-label')).toBe('Erasing customers');
  });

  it('tells why it is refused', async () => {
    const issues = [{ path: 'job', code: 'INVALID', message: 'This rule is running already' }];
    const refusal = { message: 'Some entries', extensions: { code: 'VALIDATION_FAILED', issues } };
    await show([running], { RunRetentionRule: () => ({ errors: [refusal] }) });
    await choose('Old', 'Run now');
    await press('Erase');
    await eventually(() => document.body.textContent?.includes('This rule is running already'));
    expect(shown.page.find('[role=progressbar]').exists()).toBe(false);
  });

  it('of somebody else tells no number to who sees some customers', async () => {
    await show([{ ...running, lastErased: null }]);
    const last = shown.page.findAll('tbody td')[2]!.text();
    expect(last).toMatch(/^Jul 1, 2026/);
    expect(last).not.toMatch(/erased/);
  });

  it('that is under way is shown when the page is opened', async () => {
    await show([{ ...running, job: run }]);
    expect(shown.page.find('[role=progressbar]').exists()).toBe(true);
  });
});

describe('editing', () => {
  const preview = { __typename: 'RulePreview', count: 7, exact: true, margin: 0, total: 9, sample: [], conditions: [] };
  const PreviewRule = () => ({ data: { previewRule: { ...preview, findings: [] } } });
  const open = async (query: string): Promise<HTMLElement> => {
    await shown.page.vm.$router.push(`/?${query}`);
    await flushPromises();
    return dialog();
  };

  it('asks for a name and a rule', async () => {
    await show([], { PreviewRule });
    const form = await open('create=yes');
    await submit(form);
    expect(form.textContent).toContain('A name is required');
    expect(form.textContent).toContain('Write at least one complete condition');
    expect(sent('SaveRetentionRule')).toBe(undefined);
  });

  it('saves what was changed at the version that was read', async () => {
    await show([running], { PreviewRule, SaveRetentionRule: () => ({ data: { saveRetentionRule: running } }) });
    const form = await open('edit=r2');
    expect(form.textContent).toContain('Saving a changed rule stops it');
    await fill(form.querySelector('input'), 'Older');
    await submit(form);
    expect(sent('SaveRetentionRule')).toEqual({ input: { id: 'r2', version: 3, name: 'Older', rule } });
    await eventually(() => document.body.textContent?.includes('the rule goes on running'));
  });

  it('keeps what was entered where somebody else was faster', async () => {
    await show([minors], {
      PreviewRule,
      SaveRetentionRule: () => ({ errors: [{ message: 'Conflict', extensions: { code: 'CONFLICT' } }] }),
    });
    const form = await open('edit=r1');
    await fill(form.querySelector('input'), 'Mine');
    await submit(form);
    expect(form.querySelector('[role=alert]')?.textContent).toContain('Saving again keeps yours');
    expect(form.querySelector('input')?.value).toBe('Mine');
    expect(shown.calls.filter(({ operation }) => operation === 'RetentionRules').length).toBeGreaterThan(1);
  });
});

describe('consent', () => {
  const consent = [
    fieldAnswer('consent_purposes', 'MULTI_SELECT', 'Purposes', { valueType: 'OPTIONS' }),
    fieldAnswer('consent_at', 'DATETIME', 'Given at', { valueType: 'DATETIME' }),
    fieldAnswer('consent_withdrawn_at', 'DATETIME', 'Withdrawn at', { valueType: 'DATETIME' }),
  ];
  const CreateField = () => ({ data: { createField: consent[0]! } });

  it('is offered as three fields at once, with what roles may do with them', async () => {
    await show([], { CreateField });
    await press('Make the fields…');
    const form = await dialog();
    expect(form.textContent).toContain('consent_withdrawn_at');
    expect(form.querySelector('section')?.getAttribute('aria-label')).toBeTruthy();
    await submit(form);
    await eventually(() => shown.calls.filter(({ operation }) => operation === 'CreateField').length === 3);
    const made = shown.calls.filter(({ operation }) => operation === 'CreateField');
    expect(made.map(({ variables }) => (variables['input'] as { key: string }).key)).toEqual([
      'consent_purposes',
      'consent_at',
      'consent_withdrawn_at',
    ]);
  });

  it('makes only what is missing', async () => {
    await show([], { CreateField, Fields: () => ({ data: { fields: consent.slice(0, 2) } }) });
    expect(shown.page.text()).toContain('Missing: Consent withdrawn at');
    await press('Make the fields…');
    await submit(await dialog());
    expect(shown.calls.filter(({ operation }) => operation === 'CreateField')).toHaveLength(1);
  });

  it('that is there is shown, with the way to who may be sent marketing', async () => {
    await show([], { Fields: () => ({ data: { fields: consent } }) });
    const address = shown.page
      .findAll('a')
      .find((link) => link.text() === 'Show customers who may be sent marketing')!
      .attributes('href')!;
    const filter = new URL(address, 'http://x').searchParams.get('filter');
    expect(JSON.parse(filter!)).toEqual({
      and: [
        { has_any: [{ var: 'consent_purposes' }, ['marketing']] },
        { '==': [{ var: 'consent_withdrawn_at' }, null] },
      ],
    });
  });
});
