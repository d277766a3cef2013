import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readTexts, writeTexts } from './text-list.ts';

it.each([
  ['上海，杭州、苏州', ['上海', '杭州', '苏州']],
  [' a b ,, c,', ['a b', 'c']],
  ['"a, b", c', ['a, b', 'c']],
  ['say "hi", "x""y"', ['say "hi"', 'x"y']],
  ['"open, b', ['"open', 'b']],
  [' ', []],
])('%s is read as %j', (line, texts) => {
  expect(readTexts(line)).toEqual(texts);
});

it('reads what it has written, whatever the texts are', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('a', ',', '，', '"', ' ', '、') }));
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      expect(readTexts(writeTexts(texts))).toEqual(texts);
    }),
  );
});
