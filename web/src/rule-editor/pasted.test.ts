import { describe, expect, it } from 'vitest';
import { pastedEntries } from './pasted.ts';

describe('a pasted list', () => {
  it.each([
    ['a\nb\r\nc', false, ['a', 'b', 'c']],
    ['北京、上海，广州', false, ['北京', '上海', '广州']],
    [' a \t\t b ', false, ['a', 'b']],
    ['1,000\n2,000', true, ['1,000', '2,000']],
    ['1,000', true, undefined],
    ['北京', false, undefined],
    ['\n\n', false, undefined],
  ])('%j (numbers: %s) → %j', (text, areNumbers, entries) => expect(pastedEntries(text, areNumbers)).toEqual(entries));
});
