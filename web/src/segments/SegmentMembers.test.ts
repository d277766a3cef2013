import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { useRouter } from 'vue-router';
import { defineComponent, h } from 'vue';
import type { Json } from '@kequn/rules';
import { commonAnswers, mountPage, type MountedPage } from '../testing/mount-page.ts';
import SegmentMembers from './SegmentMembers.vue';

const at = '2026-11-03T00:00:00.000Z';
const wang = {
  __typename: 'Customer',
  id: 'c1',
  createdAt: at,
  updatedAt: at,
  owner: null,
  values: { name: 'Wang Fang' },
};

let shown: MountedPage;
let router: ReturnType<typeof useRouter>;
afterEach(() => shown.page.unmount());

/** Shows the members of a paused segment as the server would tell them for an instant, at this address. */
async function show(former: readonly object[] | null, query: Record<string, string>): Promise<void> {
  const segment = { id: 's1', status: 'PAUSED', version: 2, memberCount: 0 };
  const page = defineComponent(() => {
    router = useRouter();
    return () => h(SegmentMembers, { segment } as never);
  });
  shown = await mountPage(
    page,
    {},
    {
      ...commonAnswers,
      SegmentMembers: (asked) => {
        const nodes = (asked['at'] === null ? [] : former) as Json;
        const members = nodes && { __typename: 'CustomerConnection', nodes, pageInfo: { hasNextPage: false } };
        return { data: { segment: { __typename: 'Segment', id: 's1', members } } };
      },
    },
  );
  await router.replace({ query });
  await flushPromises();
}

describe('the members of a segment as of an instant', () => {
  it('are those of the instant in the address, of a paused segment too, until now is chosen', async () => {
    await show([wang], { tab: 'members', at });
    expect(shown.page.get('[role=status]').text()).toMatch(/^Members as of Nov \d, 2026.*: 1$/);
    await shown.page.get('[aria-pressed=false]').trigger('click');
    await flushPromises();
    expect(router.currentRoute.value.query).toEqual({ tab: 'members' });
    expect(shown.page.text()).not.toContain('Members as of');
  });

  it('are said to be none, or not to be seen', async () => {
    await show([], { at });
    expect(shown.page.text()).toContain('No members as of');
    shown.page.unmount();
    await show(null, { at });
    expect(shown.page.text()).toContain('The members of that time cannot be shown');
  });

  it('are those of now where the address holds no instant', async () => {
    await show([wang], { at: 'yesterday' });
    expect(shown.page.get('[aria-pressed=true]').text()).toBe('Now');
  });
});
