import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { commonAnswers, mountPage, type MountedPage } from '../testing/mount-page.ts';
import { placesIn } from './region-counts.ts';
import RegionMap from './RegionMap.vue';
import { useRegions } from './regions.ts';

const counts = [
  { code: '440000', count: 8 },
  { code: '440300', count: 5 },
  { code: '440100', count: 2 },
  { code: '110000', count: 2 },
  { code: '110101', count: 2 },
];
const props = { label: 'Home', counts, total: 10, chosen: new Set<string>() };

let shown: MountedPage;
afterEach(() => shown.page.unmount());

async function show(more: object = {}): Promise<void> {
  shown = await mountPage(RegionMap, { ...props, ...more }, commonAnswers);
  await useRegions().load();
}
const tile = (name: string) => shown.page.get(`.tile[aria-label^="${name}:"]`);

describe('the map of provinces', () => {
  it('tells each by its share, in a shade of it', async () => {
    await show();
    expect(shown.page.findAll('.tile').length).toBe(34);
    expect(tile('Guangdong').attributes('aria-label')).toBe('Guangdong: 8, 80%');
    expect(['Guangdong', 'Beijing', 'Tibet'].map((name) => tile(name).attributes('data-shade'))).toEqual([
      '4',
      '1',
      '0',
    ]);
    expect(shown.page.get('.legend').text()).toBe('0%up to 20%up to 40%up to 60%up to 80%');
  });

  it('opens a province, whose places are chosen like itself, and goes back', async () => {
    await show();
    await tile('Guangdong').trigger('click');
    await eventually(() => shown.page.findAll('section li').length === 3);
    expect(shown.page.findAll('section li').map((line) => line.text())).toEqual([
      '深圳市5, 50%',
      '广州市2, 20%',
      'No more than the province1, 10%',
    ]);
    await shown.page.get('section li button').trigger('click');
    await shown.page.findAll('section header button')[1]!.trigger('click');
    expect(shown.page.getComponent(RegionMap).emitted('choose')).toEqual([['440300'], ['440000']]);
    await shown.page.findAll('section header button')[0]!.trigger('click');
    expect(shown.page.find('section').exists()).toBe(false);
  });

  it('is one stop of Tab, from which arrow keys lead', async () => {
    await show();
    expect(shown.page.findAll('.tile[tabindex="0"]').length).toBe(1);
    await tile('Beijing').trigger('keydown', { key: 'ArrowRight' });
    expect(tile('Tianjin').attributes('tabindex')).toBe('0');
    expect(tile('Beijing').attributes('tabindex')).toBe('-1');
  });

  it('is a table as well', async () => {
    await show({ asTable: true });
    const rows = shown.page.findAll('tbody tr').map((row) => row.findAll('th, td').map((cell) => cell.text()));
    expect(rows).toEqual([
      ['Guangdong', '8', '80%'],
      ['Beijing', '2', '20%'],
    ]);
  });
});

describe('the places of a province', () => {
  it('come the most frequent first, and what names the province alone under its own code', () => {
    expect(placesIn('440000', counts).map(({ code, count }) => [code, count])).toEqual([
      ['440300', 5],
      ['440100', 2],
      ['440000', 1],
    ]);
    expect(placesIn('310000', counts)).toEqual([]);
  });
});
