import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { commonAnswers, mountPage, type MountedPage } from '../testing/mount-page.ts';
import SegmentHistory from './SegmentHistory.vue';

const base = '2026-01-01T00:00:00.';
/** 240 moves in three moments; the last of 150 does not fit into one page. */
const moves = Array.from({ length: 240 }, (_, at) => move(at, at < 40 ? '900Z' : at < 90 ? '800Z' : '700Z'));

function move(at: number, instant: string): { readonly at: string } & Record<string, Json> {
  return {
    __typename: 'MemberChange',
    customer: { __typename: 'Customer', id: `c${at}`, values: { name: `Customer no. ${at}` } },
    kind: at % 2 === 0 ? 'ENTERED' : 'LEFT',
    at: base + instant,
    cause: at < 40 ? 'SAVE' : 'RULE',
    ruleVersion: 2,
  };
}

let shown: MountedPage;
afterEach(() => shown.page.unmount());

async function show(all: readonly { readonly at: string }[], memberCount = 0): Promise<void> {
  shown = await mountPage(
    SegmentHistory,
    { segment: { id: 's1', status: 'ACTIVE', version: 2, memberCount } },
    {
      ...commonAnswers,
      SegmentHistory: ({ first, before }) => {
        const history = all.filter(({ at }) => before === null || at < String(before)).slice(0, Number(first));
        return { data: { segment: { __typename: 'Segment', id: 's1', history: history as unknown as Json } } };
      },
    },
  );
  await flushPromises();
}

const rows = (): number => shown.page.findAll('tbody tr').length;

describe('the history of a segment', () => {
  it('tells who, which way, and why', async () => {
    await show(moves.slice(0, 2));
    const cells = shown.page.findAll('tbody tr').map((row) => row.findAll('td').map((cell) => cell.text()));
    expect(cells.map(([who, way, , why]) => [who, way, why])).toEqual([
      ['Customer no. 0', 'Entered', 'the customer was saved · rule version 2'],
      ['Customer no. 1', 'Left', 'the customer was saved · rule version 2'],
    ]);
    expect(shown.page.get('tbody a').attributes('href')).toBe('/customer/c0');
    expect(shown.page.find('.more').exists()).toBe(false);
  });

  it('grows moment by moment, and says where one is too large to list', async () => {
    await show(moves);
    expect(rows()).toBe(90);
    await shown.page.get('.more').trigger('click');
    await flushPromises();
    expect(rows()).toBe(190);
    expect(shown.page.findAll('tbody tr').at(-1)?.text()).toContain('More customers moved at this moment');
    await shown.page.get('.more').trigger('click');
    await flushPromises();
    expect(rows()).toBe(190);
    expect(shown.page.find('.more').exists()).toBe(false);
  });

  it('says what will be there, or that it is not to be seen', async () => {
    await show([]);
    expect(shown.page.text()).toContain('No customer has entered or left yet');
    shown.page.unmount();
    await show([], 7);
    expect(shown.page.text()).toContain('The history cannot be shown');
  });
});
