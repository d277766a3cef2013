import type { Json } from '@kequn/rules';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
import ReviewsNotice from './ReviewsNotice.vue';
import ReviewsPage from './ReviewsPage.vue';

const match = (id: string, name: string) => ({
  __typename: 'Customer',
  id,
  version: 3,
  values: { name, age: 30, vip: null },
});
const review = {
  __typename: 'Submission',
  id: 's1',
  formId: 'f1',
  formName: 'Visit',
  formVersion: 1,
  at: '2026-01-01T00:00:00.000Z',
  values: { name: 'Wang Fang', age: 30, vip: null },
  matches: [match('c1', 'Wang F.'), match('c2', 'Fang')],
};

/** A server where what was decided waits no more. */
function answering(decide: () => { data?: Json; errors?: Json }): Answers {
  let [waiting, aside]: readonly (readonly object[])[] = [[review], []];
  const decided = () => {
    const answer = decide();
    if (!answer.errors) waiting = [];
    return answer;
  };
  return {
    ...commonAnswers,
    Reviews: ({ dismissed }) => ({
      data: {
        reviews: {
          __typename: 'SubmissionConnection',
          nodes: [...(dismissed ? aside : waiting)!] as never,
          pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
        },
      },
    }),
    ResolveReview: decided,
    DismissReview() {
      [waiting, aside] = [[], [review]];
      return { data: { dismissReview: true } };
    },
    BringBackReview() {
      [waiting, aside] = [[review], []];
      return { data: { bringBackReview: true } };
    },
  };
}
const saved = () => ({
  data: { resolveReview: { __typename: 'Customer', id: 'c1', values: { name: 'Wang Fang' } } },
});
const refusing =
  (code: string, issues: Json = []) =>
  () => ({
    errors: [{ message: 'No', extensions: { code, issues } }],
  });

let shown: MountedPage;
afterEach(() => shown.page.unmount());

async function show(decide: Parameters<typeof answering>[0]): Promise<void> {
  shown = await mountPage(ReviewsPage, {}, answering(decide));
  await eventually(() => shown.page.find('article').exists());
}
const press = (label: string) =>
  shown.page
    .findAll('button')
    .find((button) => (button.attributes('aria-label') ?? button.text()) === label)!
    .trigger('click');
const sent = () =>
  shown.calls.filter(({ operation }) => operation === 'ResolveReview').map(({ variables }) => variables);

describe('the answers that wait', () => {
  it('stand beside each customer whom they may be of', async () => {
    await show(saved);
    const rows = shown.page.findAll('tbody tr').map((row) => row.text().replaceAll(/\s+/g, ' '));
    expect(rows).toEqual(['NameWang FangWang F.Wang F.DifferentFangFangDifferent']);
    expect(shown.page.text()).toContain('Same in both: Age');
    await press('Show 1 value that agrees');
    expect(shown.page.findAll('tbody tr')[1]!.text().replaceAll(/\s+/g, ' ')).toBe('Age30Wang F.30SameFang30Same');
  });

  it('are put into a customer with what is taken', async () => {
    await show(saved);
    await shown.page.get('input[aria-label="Take Name from the answer"]').trigger('change');
    await press('Put into this customer: Fang');
    await eventually(() => shown.page.text().includes('Nothing to review'));
    expect(sent()).toEqual([{ submissionId: 's1', customerId: 'c2', version: 3, fields: ['age'] }]);
  });

  it('become a new customer', async () => {
    await show(saved);
    await press('A new customer');
    await eventually(() => shown.page.text().includes('Nothing to review'));
    expect(sent()).toEqual([{ submissionId: 's1', customerId: null, version: null, fields: ['name', 'age'] }]);
  });

  it('are dismissed at once, and brought back', async () => {
    await show(saved);
    await press('Dismiss');
    await eventually(() => shown.page.text().includes('An answer to Visit is dismissed.'));
    expect(shown.page.text()).toContain('Nothing to review');
    await press('Bring back');
    await eventually(() => shown.page.find('article').exists());
    expect(shown.page.text()).not.toContain('is dismissed.');
  });

  it('are listed once they are dismissed, as the address says, and brought back from there', async () => {
    await show(saved);
    await shown.page.vm.$router.push('/?shows=dismissed');
    await eventually(() => shown.page.text().includes('Nothing is dismissed'));
    await shown.page.vm.$router.push('/');
    await eventually(() => shown.page.find('article').exists());
    await press('Dismiss');
    await shown.page.vm.$router.push('/?shows=dismissed');
    await eventually(() => shown.page.find('article').exists());
    expect(shown.page.get('dl').text()).toContain('Wang Fang');
    await press('Bring back');
    await eventually(() => shown.page.text().includes('Nothing is dismissed'));
  });

  it('say at its place what is wrong with what was taken, and stay', async () => {
    await show(refusing('VALIDATION_FAILED', [{ path: 'age', code: 'TOO_LARGE', message: 'At most 25' }]));
    await press('A new customer');
    await eventually(() => shown.page.find('tbody [role="alert"]').exists());
    expect(shown.page.get('tbody [role="alert"]').text()).toBe('At most 25');
    expect(shown.page.find('article').exists()).toBe(true);
  });

  it('are looked at anew where somebody was sooner', async () => {
    await show(refusing('CONFLICT'));
    await press('A new customer');
    await eventually(() => shown.calls.filter(({ operation }) => operation === 'Reviews').length === 2);
  });
});

describe('the notice above the list of customers', () => {
  it.each([
    [2, '2 public answers may be of existing customers and wait for a decision. Review'],
    [1, '1 public answer may be of existing customers and waits for a decision. Review'],
    [0, ''],
  ])('is there as there are any (%i)', async (totalCount, text) => {
    const reviews = { __typename: 'SubmissionConnection', totalCount };
    shown = await mountPage(ReviewsNotice, {}, { ReviewCount: () => ({ data: { reviews } }) });
    await eventually(() => shown.calls.length === 1);
    await eventually(() => shown.page.text().trim().replaceAll(/\s+/g, ' ') === text);
  });
});
