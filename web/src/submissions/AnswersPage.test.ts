import type { Json } from '@kequn/rules';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import DataGrid from '../ui/DataGrid.vue';
import type { GridColumn } from '../ui/grid-column.ts';
import AnswersPage from './AnswersPage.vue';

const layout = {
  pages: [{ sections: [{ columns: [{ items: ['name', 'age', 'vip'].map((field) => ({ field })) }] }] }],
};
const form = {
  __typename: 'Form',
  id: 'f1',
  name: 'Visit',
  version: 2,
  layout,
  settings: {},
  publicSlug: null,
  restricted: null,
  changed: false,
  matchOn: null,
  published: { __typename: 'FormVersion', number: 1, layout, settings: {}, publishedAt: '2026-01-01T00:00:00.000Z' },
};
const answer = (id: string, parts: object) => ({
  __typename: 'Submission',
  id,
  formVersion: 1,
  at: '2026-01-01T00:00:00.000Z',
  status: 'SAVED',
  values: { name: 'An', age: 30, vip: true },
  submittedBy: null,
  customer: null,
  ...parts,
});
const nodes = [
  answer('s1', { status: 'REVIEW' }),
  answer('s2', {
    submittedBy: { __typename: 'User', id: 'u1', name: 'Li Wei' },
    customer: { __typename: 'Customer', id: 'c1', values: { name: 'Wang Fang' } },
  }),
];

const answering = (found: readonly object[], waiting = 0): Answers => ({
  ...commonAnswers,
  Me: () => ({ data: { me: null } }),
  Form: () => ({ data: { form: form as never } }),
  Submissions: () => ({
    data: {
      submissions: {
        __typename: 'SubmissionConnection',
        nodes: [...found] as never,
        pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
      },
    },
  }),
  ReviewCount: () => ({ data: { reviews: { __typename: 'SubmissionConnection', totalCount: waiting } } }),
  AnswerDistributions: ({ fieldKeys }) => ({
    data: { answerDistributions: (fieldKeys as readonly string[]).map(distributionOf) },
  }),
});
const distributionOf = (fieldKey: string) => ({
  __typename: 'AnswerDistribution',
  fieldKey,
  answers: 4,
  filled: fieldKey === 'vip' ? 4 : null,
  bars: fieldKey === 'vip' ? [bar(true, 3), bar(false, 1)] : [],
  ranges: fieldKey === 'age' ? [{ __typename: 'AnswerRange', from: 10, to: 20, count: 12 }] : [],
  regions: [],
});
const bar = (value: boolean, count: number) => ({ __typename: 'AnswerBar', value, count });

interface GridProps {
  readonly columns: readonly GridColumn[];
  readonly rows: readonly object[];
  readonly text: (row: object, column: GridColumn) => string;
}

let shown: MountedPage;
afterEach(() => shown.page.unmount());

/** What the last list of answers was asked by. */
function asked(): Readonly<Record<string, Json>> {
  const { variables } = shown.calls.findLast(({ operation }) => operation === 'Submissions')!;
  return variables['matching'] as Readonly<Record<string, Json>>;
}

describe('the answers to a form', () => {
  it('are told with whose they are, by whom, and what was answered', async () => {
    shown = await mountPage(AnswersPage, { id: 'f1' }, answering(nodes, 1));
    await eventually(() => shown.page.text().includes('Visit · 2 answers'));
    const grid = shown.page.getComponent(DataGrid);
    const { columns, rows, text } = grid.props() as GridProps;
    expect(rows.map((row) => columns.slice(1).map((column) => text(row, column)))).toEqual([
      ['To review', 'Public', '1', 'An', '30', 'Yes'],
      ['Wang Fang', 'Li Wei', '1', 'An', '30', 'Yes'],
    ]);
    grid.vm.$emit('open', rows[1]);
    await eventually(() => shown.page.vm.$route.path === '/customer/c1');
  });

  it('lead to those that wait', async () => {
    shown = await mountPage(AnswersPage, { id: 'f1' }, answering(nodes, 1));
    await eventually(() => shown.page.find('header a[href="/reviews"]').exists());
    expect(shown.page.get('header a[href="/reviews"]').text()).toBe('To review (1)');
  });

  it('say what would be here where nothing is', async () => {
    shown = await mountPage(AnswersPage, { id: 'f1' }, answering([]));
    await eventually(() => shown.page.text().includes('No answers yet'));
  });

  it('are of a form that is gone nothing but that', async () => {
    shown = await mountPage(AnswersPage, { id: 'f1' }, { ...answering([]), Form: () => ({ data: { form: null } }) });
    await eventually(() => shown.page.text().includes('There is no such form'));
  });

  it('are told question by question, as the address says', async () => {
    shown = await mountPage(AnswersPage, { id: 'f1' }, answering(nodes));
    await shown.page.vm.$router.push('/?shows=charts');
    await eventually(() => shown.page.findAll('section').length === 2);
    await eventually(() => shown.page.text().includes('4 of 4 answers filled this in'));
    expect(shown.page.findAll('section li').map((line) => line.text())).toEqual(['Yes3, 75%', 'No1, 25%']);
    expect(shown.page.text()).toContain('what fewer than 10 answers say is not shown');
    expect(shown.page.get('section [role="group"] button').attributes('aria-label')).toBe('10 to 20: 12');
    expect(shown.calls.filter(({ operation }) => operation === 'AnswerDistributions').length).toBe(1);
  });

  it('are narrowed by what is chosen in a chart, and no more once it is chosen again', async () => {
    shown = await mountPage(AnswersPage, { id: 'f1' }, answering(nodes));
    await shown.page.vm.$router.push('/?shows=charts');
    await eventually(() => shown.page.findAll('section li button').length === 2);
    const yes = () => shown.page.get('section li button');
    await yes().trigger('click');
    await eventually(() => asked().filter !== null);
    expect(asked().filter).toEqual({ '==': [{ var: 'vip' }, true] });
    await eventually(() => shown.page.find('.sentence').exists());
    expect(shown.page.get('.sentence').text()).toContain('VIP');
    expect(yes().attributes('aria-pressed')).toBe('true');
    await yes().trigger('click');
    await eventually(() => asked().filter === null);
  });

  it('that match are asked for as the address says, and where none do it says so', async () => {
    shown = await mountPage(AnswersPage, { id: 'f1' }, answering([]));
    await shown.page.vm.$router.push('/?q=an&status=REVIEW');
    await eventually(() => shown.page.text().includes('No answers match'));
    await eventually(() => asked()['search'] === 'an');
    expect(asked()['statuses']).toEqual(['REVIEW']);
    await shown.page
      .findAll('button')
      .find((button) => button.text() === 'Clear everything')!
      .trigger('click');
    await eventually(() => shown.page.text().includes('No answers yet'));
  });
});
