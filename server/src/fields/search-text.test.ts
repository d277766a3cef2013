import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { haystackOf } from './search-text.ts';

const han = fc.constantFrom('单', '欧', '阳', '客', '𠮷', '𠜎', 'ǚ', 'A', ' ', '😀');

describe('what a text is found by', () => {
  test.each([
    ['单雄信', ['单雄信', 'shanxiongxin', 'sxx', 'danxiongxin', 'dxx']],
    ['𠮷野家', ['𠮷野家', '𠮷yejia', '𠮷yj']],
    ['ＡＢＣ', ['abc']],
  ])('%s → %j', (text, spellings) => {
    expect(haystackOf(text).split('\n').toSorted()).toEqual(spellings.toSorted());
  });

  test('is text that Postgres takes, whatever characters come together', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: han })), (text) => {
        expect(haystackOf(text)).not.toMatch(/\p{Surrogate}/u);
      }),
      { numRuns: 1000 },
    );
  });
});
