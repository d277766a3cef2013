import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { historyPage } from './history-page.ts';

const moves = (...instants: readonly string[]) => instants.map((at, id) => ({ id, at }));

function told(instants: readonly string[], size: number): string {
  const { rows, before } = historyPage(moves(...instants), size);
  return `${rows.map(({ at, cut }) => at + (cut ? '…' : '')).join(' ')} | ${before}`;
}

describe('a page of a history', () => {
  it.each([
    ['ends where there are no earlier ones', [], ' | null'],
    ['ends with a page that is not full', ['9', '8'], '9 8 | null'],
    ['leaves to the next page the moment that it ends in', ['9', '8', '7'], '9 8 | 8'],
    ['leaves all of that moment', ['9', '7', '7'], '9 | 9'],
    ['cuts a moment that fills it', ['9', '9', '9'], '9 9 9… | 9'],
  ])('%s', (_, instants, page) => {
    expect(told(instants, 3)).toBe(page);
  });

  it('after page tells every move once, but for the rest of a moment that is larger than a page, which is marked', () => {
    const histories = fc
      .array(fc.integer({ min: 1, max: 6 }), { maxLength: 40 })
      .map((ats) => ats.toSorted((a, b) => b - a));
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 8 }), (ats, size) => {
        const all = moves(...ats.map(String));
        const seen: { id: number; at: string; cut: boolean }[] = [];
        for (let before: string | null = '9'; before !== null;) {
          const end: string = before;
          const page = historyPage(all.filter(({ at }) => at < end).slice(0, size), size);
          seen.push(...page.rows);
          before = page.before;
        }
        const cut = new Set(seen.filter((row) => row.cut).map(({ at }) => at));
        const expected = all.filter(({ at, id }) => !cut.has(at) || seen.some((row) => row.id === id));
        expect(seen.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
      }),
    );
  });
});
