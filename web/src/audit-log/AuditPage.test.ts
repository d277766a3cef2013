import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, expect, it } from 'vitest';
import type { Capability, ViewerFragment } from '../api/generated/graphql.ts';
import { useSession } from '../session/session.ts';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, mountPage, type MountedPage } from '../testing/mount-page.ts';
import AuditPage from './AuditPage.vue';

const customerId = '018f0000-0000-7000-8000-000000abc123';
const byLi = { __typename: 'User', id: 'u1', name: 'Li Wei' };

function entry(id: string, action: string, target: string, told: Json, actor: Json = byLi): Json {
  return {
    __typename: 'AuditEntry',
    id,
    at: '2026-05-01T08:00:00Z',
    actor,
    address: null,
    action,
    target,
    changes: told,
  };
}

let shown: MountedPage;
afterEach(() => shown.page.unmount());

async function show(
  pages: readonly (readonly Json[])[],
  capabilities: readonly Capability[] = ['VIEW_AUDIT'],
): Promise<void> {
  shown = await mountPage(
    AuditPage,
    {},
    {
      ...commonAnswers,
      RoleNames: () => ({ data: { roles: [{ __typename: 'Role', id: 'r1', name: 'Sales' }] } }),
      SegmentKeys: () => ({
        data: { segments: [{ __typename: 'Segment', id: 's1', key: 'vip', name: 'VIPs', restricted: null }] },
      }),
      AuditLog: ({ after }) => {
        const at = Number(after ?? 0);
        const pageInfo = { hasNextPage: at + 1 < pages.length, endCursor: String(at + 1) };
        return { data: { auditLog: { nodes: [...(pages[at] ?? [])], pageInfo } } };
      },
    },
  );
  useSession().viewer = { id: 'u1', capabilities } as unknown as ViewerFragment;
  await flushPromises();
  await flushPromises();
}

const rows = (): string[] => shown.page.findAll('.line .on').map((target) => target.text());

/** The changes of the first entry, opened. */
async function changes(): Promise<string[]> {
  await shown.page.get('.line button').trigger('click');
  return shown.page.findAll('.parts li').map((part) => part.text());
}

const asked = (): Json | undefined => shown.calls.findLast(({ operation }) => operation === 'AuditLog')?.variables;

it('tells who did what on what, with a link where there is something to see', async () => {
  await show([
    [
      entry('6', 'customer.updated', `customer:${customerId}`, { age: { from: 1, to: 2 } }),
      entry('5', 'customer.erased', `customer:${customerId}`, {}),
      entry('4', 'segment.activated', 'segment:s1', {}, null),
      entry('3', 'segment.deleted', 'segment:s9', { key: 'old', name: 'Old ones' }),
      entry('2', 'user.sign-in-refused', 'email:x@example.com', {}, null),
      entry('1', 'robot.danced', 'robot:7', {}),
    ],
  ]);
  expect(rows()).toEqual([
    'Customer · abc123',
    'Customer · abc123',
    'Segment · VIPs',
    'Segment · Old ones',
    'E-mail · x@example.com',
    'robot:7',
  ]);
  expect(shown.page.findAll('.line a').map((link) => link.attributes('href'))).toEqual([
    `/customer/${customerId}`,
    '/segment/s1',
  ]);
  expect(shown.page.findAll('.who').map((who) => who.text())).toEqual([
    'Li Wei',
    'Li Wei',
    'System',
    'Li Wei',
    'Somebody not signed in',
    'Li Wei',
  ]);
  expect(shown.page.findAll('.what').map((what) => what.text())).toContain('robot.danced');
});

it.each<[string, string, Json, string[]]>([
  [
    'customer.updated',
    `customer:${customerId}`,
    { age: { from: 1234, to: null }, vip: { from: null, to: true } },
    ['Age: 1,234 → empty', 'VIP: empty → Yes'],
  ],
  ['role.access-changed', 'role:r1', { from: { age: null }, to: { age: 'HIDDEN' } }, ['Age: default → hidden']],
  [
    'segment.updated',
    'segment:s1',
    {
      from: { rule: { '>': [{ var: 'age' }, 17] }, tags: [] },
      to: { rule: { '>': [{ var: 'age' }, 20] }, tags: ['a'] },
    },
    ['Rule: Age is greater than 17 → Age is greater than 20', 'Tags: empty → a'],
  ],
  [
    'field.updated',
    'field:age',
    { from: { options: [{ key: 'a', label: 'A' }] }, to: { options: [{ key: 'a', label: 'A', color: '#fff' }] } },
    ['Options: small adjustments'],
  ],
])('tells what %s of %s changed on demand', async (action, target, what, told) => {
  await show([[entry('1', action, target, what)]]);
  expect(await changes()).toEqual(told);
});

it('says what the viewer may not know', async () => {
  await show([[entry('1', 'role.updated', 'role:r1', { restricted: true })]]);
  expect(shown.page.get('.more').text()).toBe('restricted');
  expect(rows()).toEqual(['Role · Sales']);
});

it('goes on with the next page', async () => {
  await show([[entry('2', 'user.signed-in', 'user:u1', {})], [entry('1', 'user.signed-in', 'user:u1', {})]]);
  expect(rows()).toHaveLength(1);
  await shown.page.get('button.more').trigger('click');
  await flushPromises();
  expect(rows()).toHaveLength(2);
  expect(shown.page.text()).toContain('This is the earliest record');
});

it('searches by what stands in the address, and writes there what is typed', async () => {
  await show([[]]);
  expect(shown.page.text()).toContain('Nothing recorded yet');
  await shown.page.vm.$router.push(`/?customer=${customerId}`);
  await flushPromises();
  expect(asked()).toMatchObject({ customerId, search: null });
  expect(shown.page.text()).toContain('Nothing found');
  await shown.page.get('input[type=search]').setValue('Customer erased');
  await eventually(() => shown.page.vm.$route.query['q'] === 'customer.erased');
  await flushPromises();
  expect(asked()).toMatchObject({ customerId, search: 'customer.erased' });
});

it('is closed to who may not view it, and asks for nothing', async () => {
  await show([[]], []);
  expect(shown.page.text()).toContain('You may not view the audit log');
});
