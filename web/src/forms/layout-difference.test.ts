import type { FieldItem, FormLayout } from '@kequn/rules';
import { describe, expect, it } from 'vitest';
import { isSameLayout, layoutDifference } from './layout-difference.ts';

function layoutOf(...columns: readonly (readonly (string | FieldItem)[])[]): FormLayout {
  const items = columns.map((column) => ({
    items: column.map((item) => (typeof item === 'string' ? { field: item } : item)),
  }));
  return { pages: [{ sections: [{ columns: items }] }] };
}

describe('two layouts', () => {
  it.each<[string, FormLayout, FormLayout, object]>([
    ['a field more', layoutOf(['a']), layoutOf(['a', 'b']), { added: ['b'], moved: [] }],
    ['a field less', layoutOf(['a', 'b', 'c']), layoutOf(['a', 'c']), { removed: ['b'], moved: [] }],
    ['one that went down', layoutOf(['a', 'b', 'c']), layoutOf(['b', 'c', 'a']), { moved: ['a'] }],
    ['one in the other column', layoutOf(['a', 'b'], ['c']), layoutOf(['a'], ['c', 'b']), { moved: ['b'] }],
    [
      'other settings',
      layoutOf([{ field: 'a', required: true }]),
      layoutOf([{ field: 'a', label: 'A', visibleWhen: true }]),
      { changed: [{ field: 'a', settings: ['words', 'required', 'visibleWhen'] }] },
    ],
    ['a page more', layoutOf(['a']), { pages: [...layoutOf(['a']).pages, ...layoutOf([]).pages] }, { pages: [1, 2] }],
    ['a column more', layoutOf(['a']), layoutOf(['a'], []), { texts: true }],
  ])('differ by %s', (_, before, after, expected) => {
    const difference = layoutDifference(before, after);
    expect(difference).toMatchObject(expected);
    expect(isSameLayout(difference)).toBe(false);
  });

  it('are the same whatever the order in which settings stand', () => {
    const before = layoutOf([{ field: 'a', required: true, label: { en: 'A', 'zh-CN': '甲' } }]);
    const after = layoutOf([{ label: { 'zh-CN': '甲', en: 'A' }, required: true, field: 'a' }]);
    expect(isSameLayout(layoutDifference(before, after))).toBe(true);
  });
});
