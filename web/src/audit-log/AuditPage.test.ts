import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Capability, ViewerFragment } from '../api/generated/graphql.ts';
import { useSession } from '../session/session.ts';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, mountPage, type Answers, type MountedPage } from '../testing/mount-page.ts';
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
afterEach(() => {
  shown.page.unmount();
  vi.restoreAllMocks();
});

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
  [
    'auditLog.exported',
    'auditLog:',
    { search: 'role.', fromInstant: null, toInstant: '2026-05-01T08:00:00Z' },
    ['Search: role.', expect.stringMatching(/^To: .*2026.*$/) as unknown as string],
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

describe('an export of what is shown', () => {
  const opener = () => shown.page.find('.export > button');

  it('takes the present filters along', async () => {
    await show([[]], ['VIEW_AUDIT', 'EXPORT']);
    await shown.page.vm.$router.push(`/?customer=${customerId}&q=segment.deleted`);
    await flushPromises();
    const addresses: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
      addresses.push(this.getAttribute('href') ?? '');
    });
    const menu = shown.page.get('.export [role=menu]');
    // The test's browser knows no popovers.
    Object.assign(menu.element, { hidePopover: () => undefined });
    await menu.trigger('toggle', { newState: 'open' });
    for (const item of shown.page.findAll('.export [role=menuitem]')) await item.trigger('click');
    const query = `?customerId=${customerId}&search=segment.deleted`;
    expect(addresses).toEqual([`/exports/audit-log.xlsx${query}`, `/exports/audit-log.csv${query}`]);
  });

  it('is offered to who may export, beside what was done alone', async () => {
    await show([[]]);
    expect(opener().exists()).toBe(false);
    shown.page.unmount();
    await show([[]], ['VIEW_AUDIT', 'EXPORT']);
    expect(opener().exists()).toBe(true);
    await shown.page.vm.$router.push('/?view=reads');
    await flushPromises();
    expect(opener().exists()).toBe(false);
  });
});

function read(id: string, customers: number, parts: Readonly<Record<string, Json>> = {}): Json {
  const listed = Array.from({ length: Math.min(customers, 20) }, (_, n) => ({
    __typename: 'Customer',
    id: `c-00000${n}`,
  }));
  return {
    __typename: 'SensitiveRead',
    id,
    at: '2026-05-01T08:00:00Z',
    actor: byLi,
    address: '10.0.0.7',
    channel: 'list',
    fieldKeys: ['age', 'gone'],
    customers: listed,
    erasedIds: [],
    customerCount: customers,
    ...parts,
  };
}

/** What the server tells of reads: all at once, page by page, or nothing. */
type ReadsAnswer = readonly Json[] | ((variables: Readonly<Record<string, Json>>) => Json) | undefined;

async function showReads(reads: ReadsAnswer, query = '?view=reads'): Promise<void> {
  const pageOf = (variables: Readonly<Record<string, Json>>): Json | undefined =>
    typeof reads === 'function'
      ? reads(variables)
      : reads && { nodes: [...reads], pageInfo: { hasNextPage: false, endCursor: null } };
  const answers: Answers = {
    ...commonAnswers,
    SensitiveReads: (variables) => {
      const page = pageOf(variables);
      return page === undefined ? undefined : { data: { sensitiveReads: page } };
    },
  };
  shown = await mountPage(AuditPage, {}, answers);
  useSession().viewer = { id: 'u1', capabilities: ['VIEW_AUDIT'] } as unknown as ViewerFragment;
  await shown.page.vm.$router.push(`/${query}`);
  await flushPromises();
  await flushPromises();
}

const askedReads = (): Json | undefined =>
  shown.calls.findLast(({ operation }) => operation === 'SensitiveReads')?.variables;

describe('reads of sensitive data', () => {
  it('tell who read which fields of whom, from where and by what, with links to who is still there', async () => {
    await showReads([read('1', 1, { erasedIds: ['c-000009'], customerCount: 2 }), read('2', 1, { channel: 'robots' })]);
    const [first, second] = shown.page.findAll('.read');
    expect(first!.get('.who').text()).toMatch(/^Li Wei\s+from 10\.0\.0\.7$/);
    expect(first!.get('.what').text()).toBe('List of customers');
    expect(first!.get('.fields').text()).toBe('Age and gone');
    expect(first!.findAll('.whose li').map((customer) => customer.text())).toEqual([
      'Customer 000000',
      'Erased customer 000009',
    ]);
    expect(first!.findAll('a').map((link) => link.attributes('href'))).toEqual(['/customer/c-000000']);
    expect(second!.get('.what').text()).toBe('robots');
  });

  it('fold many customers, and say how many are not even listed', async () => {
    await showReads([read('1', 25)]);
    const customers = (): string[] => shown.page.findAll('.whose li').map((customer) => customer.text());
    const button = shown.page.get('.whose button');
    expect([customers().length, button.text(), button.attributes('aria-expanded')]).toEqual([3, '22 more', 'false']);
    await button.trigger('click');
    expect([customers().length, customers().at(-1), button.attributes('aria-expanded')]).toEqual([
      21,
      'and 5 more, not listed',
      'true',
    ]);
    await button.trigger('click');
    expect(customers().length).toBe(3);
  });

  it('are a view of its own, which keeps the customer and the days, and not the words searched for', async () => {
    await show([[]]);
    await shown.page.vm.$router.push(`/?q=Li&customer=${customerId}&from=2026-02-28`);
    await flushPromises();
    const tabs = shown.page.findAll('nav a');
    expect(tabs.map((tab) => [tab.text(), tab.attributes('aria-current')])).toEqual([
      ['Changes', 'page'],
      ['Reads of sensitive data', undefined],
    ]);
    await tabs[1]!.trigger('click');
    await eventually(() => askedReads());
    expect(shown.page.vm.$route.query).toEqual({ view: 'reads', customer: customerId, from: '2026-02-28' });
    expect(askedReads()).toMatchObject({ customerId, from: new Date(2026, 1, 28).toISOString(), to: null });
    expect(shown.page.find('input[type=search]').exists()).toBe(false);
  });

  it('say that there are none, and that none are found', async () => {
    await showReads([]);
    expect(shown.page.text()).toContain('Nobody has read sensitive data yet');
    await shown.page.vm.$router.push('/?view=reads&from=2026-02-28');
    await eventually(() => shown.page.text().includes('Nothing found'));
    await shown.page
      .findAll('button')
      .find((button) => button.text() === 'Show everything')!
      .trigger('click');
    await eventually(() => shown.page.text().includes('Nobody has read sensitive data yet'));
    expect(shown.page.vm.$route.query).toEqual({ view: 'reads' });
  });

  it('go on behind a page that is empty, for who may see none of the latest', async () => {
    await showReads(({ after }) =>
      after === 'p2'
        ? { nodes: [read('1', 1)], pageInfo: { hasNextPage: false, endCursor: 'p3' } }
        : { nodes: [], pageInfo: { hasNextPage: true, endCursor: 'p2' } },
    );
    expect(shown.page.text()).toContain('None of the latest records are yours to see');
    expect(shown.page.text()).not.toContain('Nobody has read sensitive data yet');
    await shown.page.get('button.more').trigger('click');
    await flushPromises();
    expect([shown.page.findAll('.read').length, shown.page.find('button.more').exists()]).toEqual([1, false]);
  });

  it('say that they did not come, with another try', async () => {
    await showReads(undefined);
    expect(shown.page.get('[role=alert]').text()).toContain('Try again');
    const before = shown.calls.length;
    await shown.page.get('[role=alert] button').trigger('click');
    await flushPromises();
    expect(shown.calls.length).toBeGreaterThan(before);
  });
});
