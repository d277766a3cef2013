import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import SegmentPage from './SegmentPage.vue';

const at = '2026-11-03T00:00:00.000Z';
const rule = { '>=': [{ var: 'age' }, 18] };
const segment = {
  __typename: 'Segment',
  id: 's1',
  key: 'grown_ups',
  name: 'Grown-ups',
  description: null,
  status: 'ACTIVE',
  version: 1,
  rule,
  restricted: null,
  sharedWithMe: false,
  shares: [],
  problem: null,
  folder: null,
  tags: [],
  owner: null,
  job: null,
  memberCount: 0,
};
const job = {
  __typename: 'Job',
  id: 'j1',
  kind: 'segments.rebuild',
  status: 'QUEUED',
  done: 0,
  total: 2_000,
  result: null,
  error: null,
  finishedAt: null,
  cancellable: true,
};
const wang = { __typename: 'Customer', id: 'c1', values: { name: 'Wang Fang' } };
const entered = { __typename: 'MembershipChange', kind: 'ENTERED', at, cause: 'RULE', ruleVersion: 2, dueAt: null };

let shown: MountedPage;
afterEach(() => shown.page.unmount());

/** Shows the history of a segment, before a server whose job has ended whenever the page looks. */
async function show(): Promise<void> {
  let looked = false;
  const answers: Answers = {
    ...commonAnswers,
    Segment: () => ({ data: { segment } }),
    SegmentMarks: () => ({ data: { segments: [] } }),
    SaveSegment: () => ({ data: { saveSegment: { ...segment, version: 2, job } } }),
    Job: () => {
      looked = true;
      return { data: { job: { ...job, status: 'SUCCEEDED', done: 2_000, cancellable: false, finishedAt: at } } };
    },
    SegmentHistory: () => ({
      data: { segment: { __typename: 'Segment', id: 's1', history: looked ? [{ ...entered, customer: wang }] : [] } },
    }),
  };
  shown = await mountPage(SegmentPage, { id: 's1' }, answers);
  await shown.page.vm.$router.push({ query: { tab: 'history' } });
  await eventually(() => shown.page.text().includes('No customer has entered or left yet'));
}

const progress = () => shown.page.get('[role=progressbar]').attributes('aria-valuenow');

async function expectToldToItsEnd(): Promise<void> {
  await eventually(() => shown.page.find('[role=progressbar]').exists());
  expect(progress()).toBe('0');
  await eventually(() => shown.page.text().includes('Done · 2,000 of 2,000'));
  expect(progress()).toBe('100');
  await eventually(() => shown.page.text().includes('Wang Fang'));
}

describe('the page of a segment', () => {
  it('tells of the job of a saved rule, however short it was, and then reads anew what is on screen', async () => {
    await show();
    await shown.page.get('#segment input').setValue('Adults');
    await shown.page.get('#segment').trigger('submit');
    await flushPromises();
    await expectToldToItsEnd();
  });
});

describe('the page of a segment that is shared', () => {
  async function showShared(more: object): Promise<string[]> {
    const answers: Answers = {
      ...commonAnswers,
      Segment: () => ({ data: { segment: { ...segment, ...more } } }),
      SegmentMarks: () => ({ data: { segments: [] } }),
      SegmentMembers: () => ({
        data: {
          segment: {
            __typename: 'Segment',
            id: 's1',
            members: {
              __typename: 'CustomerConnection',
              nodes: [],
              pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
            },
          },
        },
      }),
    };
    shown = await mountPage(SegmentPage, { id: 's1' }, answers);
    await eventually(() => shown.page.text().includes('Grown-ups'));
    return shown.page.findAll('nav[aria-label] a').map((link) => link.text());
  }

  it('shows the members and their moves to whom it is shared with, not the rule', async () => {
    const closed = { rule: null, restricted: 'Shared with you', sharedWithMe: true };
    expect(await showShared(closed)).toEqual(['Members', 'History']);
    expect(shown.page.text()).toContain('Shared with you');
    expect(shown.page.find('#segment').exists()).toBe(false);
  });

  it('shows nothing but why to whom it is not', async () => {
    expect(await showShared({ rule: null, memberCount: null, restricted: 'Not for you' })).toEqual([]);
    expect(shown.page.text()).toContain('Not for you');
    expect(shown.page.find('#segment').exists()).toBe(false);
  });

  it('tells who shares it with whom it is open, and with whom no more', async () => {
    const share = (name: string, lapsed: boolean) => ({
      __typename: 'SegmentShare',
      role: { __typename: 'Role', id: name, name },
      lapsed,
    });
    await showShared({ shares: [share('Sales', false), share('Support', true)] });
    expect(shown.page.text()).toContain('Shared with Sales');
    expect(shown.page.text()).toContain('sharing has ended with Support');
  });
});
