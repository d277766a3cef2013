import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Capability, ViewerFragment } from '../api/generated/graphql.ts';
import { useSession } from '../session/session.ts';
import { commonAnswers, mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import FirstSteps from './FirstSteps.vue';

let shown: MountedPage;
afterEach(() => {
  shown.page.unmount();
  vi.useRealTimers();
});

const administrator: readonly Capability[] = ['MANAGE_FIELDS', 'MANAGE_SEGMENTS'];
const noFields: Answers = { ...commonAnswers, Fields: () => ({ data: { fields: [] } }), FirstSteps: () => found(0, 0) };

function found(customers: number, segments: number) {
  const some = (count: number, __typename: string) =>
    Array.from({ length: count }, (_, n) => ({ __typename, id: `${__typename}${n}` }));
  const nodes = some(customers, 'Customer');
  return { data: { customers: { __typename: 'CustomerConnection', nodes }, segments: some(segments, 'Segment') } };
}

function job(status: string, done: number) {
  return { id: 'j1', kind: 'demo.load', status, done, total: 2_037, result: null, error: null, finishedAt: null };
}

async function show(answers: Answers, capabilities = administrator): Promise<void> {
  shown = await mountPage(FirstSteps, {}, answers);
  useSession().viewer = { id: 'u1', capabilities } as unknown as ViewerFragment;
  await flushPromises();
}

const load = () => shown.page.findAll('button').find((button) => button.text() === 'Load demo data');
const callsOf = (operation: string) => shown.calls.filter((call) => call.operation === operation).length;

describe('the first steps', () => {
  it('are three, each with a link, those that are done ticked', async () => {
    await show({ ...commonAnswers, FirstSteps: () => found(0, 1) });
    const cards = shown.page.findAll('li');
    expect(cards.map((card) => card.find('a').text())).toEqual([
      'Define the fields',
      'Enter a customer',
      'Make a segment',
    ]);
    expect(cards.map((card) => card.text().includes('Done'))).toEqual([true, false, true]);
  });
});

describe('the demo data', () => {
  it('is offered to administrators of an empty system', async () => {
    await show(noFields);
    expect(load()).toBeDefined();
  });

  it.each([
    ['staff', noFields, ['MANAGE_FIELDS'] as const],
    ['where there are fields', { ...noFields, Fields: commonAnswers['Fields']! }, administrator],
    ['where there are customers', { ...noFields, FirstSteps: () => found(1, 0) }, administrator],
  ])('is not offered: %s', async (_whom, answers, capabilities) => {
    await show(answers, capabilities);
    expect(load()).toBeUndefined();
  });

  it('is loaded with its progress shown, then everything is asked for anew', async () => {
    vi.useFakeTimers();
    let now = job('RUNNING', 500);
    await show({
      ...noFields,
      LoadDemo: () => ({ data: { loadDemo: job('QUEUED', 0) } }),
      Job: () => ({ data: { job: now } }),
    });
    await load()!.trigger('click');
    await vi.advanceTimersByTimeAsync(500);
    expect(shown.page.get('[role="progressbar"]').attributes('aria-valuenow')).toBe('25');
    const asked = callsOf('Fields');
    now = job('SUCCEEDED', 2_037);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(callsOf('Fields')).toBe(asked + 1);
    expect(shown.page.find('[role="progressbar"]').exists()).toBe(false);
  });

  it('that was not loaded to its end stays in sight, to be gone on with', async () => {
    vi.useFakeTimers();
    await show({
      ...noFields,
      LoadDemo: () => ({ data: { loadDemo: job('QUEUED', 0) } }),
      Job: () => ({ data: { job: job('CANCELLED', 500) } }),
    });
    await load()!.trigger('click');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(shown.page.text()).toContain('Go on');
  });
});
