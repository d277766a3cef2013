import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, mountPage, type MountedPage } from '../testing/mount-page.ts';
import DuplicatesNotice from './DuplicatesNotice.vue';
import DuplicatesPage from './DuplicatesPage.vue';

const customer = (id: string, name: string) => ({ __typename: 'Customer', id, values: { name, age: 30 } });
const found = {
  __typename: 'Duplicate',
  id: 'd1',
  fieldKey: 'age',
  foundAt: '2026-11-03T00:00:00.000Z',
  customers: [customer('c1', 'Wang Fang'), customer('c2', 'Li Na')],
};

let shown: MountedPage;
afterEach(() => shown.page.unmount());

const answering = (nodes: readonly object[]) => () => ({
  data: {
    duplicates: {
      __typename: 'DuplicateConnection',
      nodes: [...nodes] as never,
      pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
    },
  },
});

describe('the page of duplicates', () => {
  it('tells each value with both customers, who had it first first', async () => {
    shown = await mountPage(DuplicatesPage, {}, { ...commonAnswers, Duplicates: answering([found]) });
    await eventually(() => shown.page.text().includes('Wang Fang'));
    expect(shown.page.findAll('td').map((cell) => cell.text())).toEqual([
      '30Age',
      'Wang Fang',
      'Li Na',
      expect.stringContaining('2026'),
    ]);
    expect(shown.page.findAll('td a').map((link) => link.attributes('href'))).toEqual(['/customer/c1', '/customer/c2']);
  });

  it('says what would be here where nothing is', async () => {
    shown = await mountPage(DuplicatesPage, {}, { ...commonAnswers, Duplicates: answering([]) });
    await eventually(() => shown.page.text().includes('No duplicate unique values'));
  });
});

describe('the notice above the list of customers', () => {
  it.each([
    [[found], ['Show them']],
    [[], []],
  ])('is there as there are any (%#)', async (nodes, links) => {
    shown = await mountPage(DuplicatesNotice, {}, { HasDuplicates: answering(nodes) });
    await eventually(() => shown.calls.length === 1);
    await eventually(() => shown.page.findAll('a').length === links.length);
    expect(shown.page.findAll('a').map((link) => link.text())).toEqual(links);
  });
});
