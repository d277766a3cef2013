import type { Json } from '@kequn/rules';
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, mountPage, type MountedPage } from '../testing/mount-page.ts';
import SegmentsPage from './SegmentsPage.vue';

const base = {
  __typename: 'Segment',
  status: 'ACTIVE',
  folder: null,
  tags: [],
  owner: null,
  ruleText: 'City is “Beijing”',
  memberCount: 3,
  restricted: null,
  sharedWithMe: false,
  shares: [],
  problem: null,
};
const segments = [
  { ...base, id: '1', name: '北京高价值客户', folder: 'North', tags: ['key', 'repeat'], memberCount: 1_234 },
  { ...base, id: '2', name: 'Silent customers', status: 'DRAFT', owner: { __typename: 'User', id: 'u1', name: 'Li' } },
  { ...base, id: '3', name: 'Gone wrong', status: 'PAUSED', ruleText: null, problem: 'There is no such field' },
  { ...base, id: '4', name: 'Rich', ruleText: null, memberCount: null, restricted: 'Not for you', folder: 'North' },
];

let shown: MountedPage;
afterEach(() => shown.page.unmount());

async function show(all: readonly Json[] = segments): Promise<void> {
  shown = await mountPage(SegmentsPage, {}, { ...commonAnswers, Segments: () => ({ data: { segments: all } }) });
}

function names(): readonly string[] {
  return shown.page.findAll('tbody td:first-child a').map((link) => link.text());
}

async function go(query: Readonly<Record<string, string>>): Promise<void> {
  await shown.page.vm.$router.push({ query });
  await vi.dynamicImportSettled();
  await flushPromises();
}

function row(name: string): readonly string[] {
  const found = shown.page.findAll('tbody tr').find((each) => each.text().includes(name));
  return found?.findAll('td').map((cell) => cell.text()) ?? [];
}

describe('the list of segments', () => {
  it('tells each with its rule, or why that is not to be seen, or why it was paused', async () => {
    await show();
    expect(row('北京')).toEqual(['北京高价值客户City is “Beijing”', 'Active', '1,234', '—', 'North', 'keyrepeat']);
    expect(row('Silent')).toEqual(['Silent customersCity is “Beijing”', 'Draft', '—', 'Li', '—', '—']);
    expect(row('Gone')[0]).toContain('Paused by the system: There is no such field');
    expect(row('Rich').slice(0, 3)).toEqual(['RichNot for you', 'Active', '— restricted']);
  });

  it('goes on telling how many members each has, as customers come and go, until it is left', async () => {
    await show();
    const { sockets } = shown;
    await eventually(() => sockets.open() === 1);
    sockets.tell({ segmentCounts: { __typename: 'Segment', id: '1', memberCount: 1_235 } });
    await eventually(() => row('北京')[2] === '1,235');
    shown.page.unmount();
    await eventually(() => sockets.open() === 0);
  });

  it.each<[Readonly<Record<string, string>>, readonly string[]]>([
    [{ q: 'bjgjz' }, ['北京高价值客户']],
    [{ q: 'beijing' }, ['北京高价值客户']],
    [{ q: 'SILENT cust' }, ['Silent customers']],
    [{ folder: 'North' }, ['北京高价值客户', 'Rich']],
    [{ folder: '' }, ['Silent customers', 'Gone wrong']],
    [{ status: 'paused' }, ['Gone wrong']],
    [{ tag: 'repeat', folder: 'North' }, ['北京高价值客户']],
  ])('is narrowed by the address: %j', async (query, found) => {
    await show();
    await go(query);
    expect(names()).toEqual(found);
    expect(shown.page.get('[role=status]').text()).toBe(`${found.length} of 4 shown`);
  });

  it('writes into the address what is searched for, and takes it from there again', async () => {
    await show();
    await shown.page.get('input[type=search]').setValue('rich ');
    await eventually(() => shown.page.vm.$route.query['q'] === 'rich');
    expect(names()).toEqual(['Rich']);
    await go({});
    expect(shown.page.get<HTMLInputElement>('input[type=search]').element.value).toBe('');
    expect(names()).toHaveLength(4);
  });

  it('leads from a folder and a tag to what else is there, keeping what narrows it already', async () => {
    await show();
    await go({ status: 'active' });
    const links = shown.page.findAll('tbody tr:first-child td:not(:first-child) a');
    expect(links.map((link) => link.attributes('href'))).toEqual([
      '/?folder=North&status=active',
      '/?status=active&tag=key',
      '/?status=active&tag=repeat',
    ]);
  });

  it('says what to loosen where nothing is found, and shows all again', async () => {
    await show();
    await go({ q: 'nobody', status: 'active' });
    expect(shown.page.text()).toContain('No segment found');
    await shown.page.get('.empty button').trigger('click');
    await flushPromises();
    expect(names()).toHaveLength(4);
    expect(shown.page.vm.$route.query).toEqual({});
  });

  it('says what to do first where there is none', async () => {
    await show([]);
    expect(shown.page.text()).toContain('No segments yet');
    expect(shown.page.find('input[type=search]').exists()).toBe(false);
  });
});
