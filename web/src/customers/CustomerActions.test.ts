import { flushPromises } from '@vue/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import type { Capability, ViewerFragment } from '../api/generated/graphql.ts';
import { useSession } from '../session/session.ts';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, mountPage, type MountedPage } from '../testing/mount-page.ts';
import CustomerActions from './CustomerActions.vue';

let shown: MountedPage;
afterEach(() => {
  shown.page.unmount();
  vi.restoreAllMocks();
});

const all: readonly Capability[] = ['EXPORT', 'VIEW_AUDIT', 'ERASE_CUSTOMERS'];

async function show(capabilities: readonly Capability[]): Promise<void> {
  const customer = { id: 'c1', version: 1, values: { name: 'Wang Fang' } };
  shown = await mountPage(CustomerActions, { customer }, commonAnswers);
  useSession().viewer = { id: 'u1', capabilities } as unknown as ViewerFragment;
  await flushPromises();
}

/** The items of the opened menu. */
async function items() {
  const menu = shown.page.find('[role=menu]');
  if (!menu.exists()) return [];
  // The test's browser knows no popovers.
  Object.assign(menu.element, { hidePopover: () => undefined });
  await menu.trigger('toggle', { newState: 'open' });
  await flushPromises();
  return shown.page.findAll('[role=menuitem]');
}

async function choose(label: string): Promise<void> {
  const item = (await items()).find((each) => each.text() === label);
  await item!.trigger('click');
  await flushPromises();
}

it.each<[readonly Capability[], readonly string[]]>([
  [['EXPORT'], ['Export everything on this person']],
  [['VIEW_AUDIT'], ['Who has read sensitive data of this person']],
  [['ERASE_CUSTOMERS'], ['Erase…']],
  [[], []],
])('offers who has %j what they may do', async (capabilities, expected) => {
  await show(capabilities);
  expect((await items()).map((item) => item.text())).toEqual(expected);
});

it('downloads everything on the person from the server', async () => {
  await show(all);
  const fetched: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
    fetched.push(`${new URL(this.href).pathname} ${this.hasAttribute('download')}`);
  });
  await choose('Export everything on this person');
  expect(fetched).toEqual(['/exports/customers/c1.json true']);
});

it('goes to who has read sensitive data of the person', async () => {
  await show(all);
  await choose('Who has read sensitive data of this person');
  await eventually(() => shown.page.vm.$route.name === 'audit');
  expect(shown.page.vm.$route.query).toEqual({ view: 'reads', customer: 'c1' });
});
