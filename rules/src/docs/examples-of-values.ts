import { v, type Chapter } from './example.ts';

/** Text. */
export const text: Chapter = {
  heading: 'Text',
  about: 'Text is compared as it is written, in its NFC form. Characters are code points. Empty text is empty.',
  examples: {
    starts_with: {
      means: 'Begins with a text.',
      rule: { starts_with: [v('city'), '上'] },
      rows: [
        [{ city: '上海' }, true],
        [{ city: '北京' }, false],
      ],
    },
    ends_with: {
      means: 'Ends with a text.',
      rule: { ends_with: [v('city'), '海'] },
      rows: [
        [{ city: '上海' }, true],
        [{}, false],
      ],
    },
    lower: {
      means: 'In lower case.',
      rule: { '==': [{ lower: [v('city')] }, 'paris'] },
      rows: [
        [{ city: 'PARIS' }, true],
        [{ city: 'Rome' }, false],
      ],
    },
    length: {
      means: 'How many characters it has; empty of empty text.',
      rule: { '>': [{ length: [v('city')] }, 2] },
      rows: [
        [{ city: '秦皇岛' }, true],
        [{ city: '上海' }, false],
      ],
    },
    cat: {
      means: 'Texts one behind the other; what is empty adds nothing.',
      rule: { '==': [{ cat: [v('city'), '-', v('home_town')] }, '上海-北京'] },
      rows: [
        [{ city: '上海', home_town: '北京' }, true],
        [{ city: '上海' }, false],
      ],
    },
    substr: {
      means:
        'A part: start (from 0, or from the end if negative), and how long (all but so many at the end if negative).',
      rule: { '==': [{ substr: [v('city'), 0, 1] }, '上'] },
      rows: [
        [{ city: '上海' }, true],
        [{ city: '海上' }, false],
      ],
    },
  },
};

/** Numbers. */
export const numbers: Chapter = {
  heading: 'Numbers',
  about: 'With an empty operand the result is empty, but of `min` and `max`. Numbers are doubles.',
  examples: {
    '+': {
      means: 'The sum, from the left.',
      rule: { '>': [{ '+': [v('charges'), v('tenure')] }, 100] },
      rows: [
        [{ charges: 90, tenure: 12 }, true],
        [{ charges: 900 }, false],
      ],
    },
    '-': {
      means: 'The difference of two; the negative of one.',
      rule: { '<': [{ '-': [v('charges'), v('tenure')] }, 0] },
      rows: [
        [{ charges: 5, tenure: 12 }, true],
        [{ charges: 50, tenure: 12 }, false],
      ],
    },
    '*': {
      means: 'The product.',
      rule: { '>=': [{ '*': [v('charges'), v('tenure')] }, 1000] },
      rows: [
        [{ charges: 100, tenure: 12 }, true],
        [{ charges: 50, tenure: 12 }, false],
      ],
    },
    '/': {
      means: 'The quotient; empty when divided by 0.',
      rule: { '>': [{ '/': [v('charges'), v('tenure')] }, 5] },
      rows: [
        [{ charges: 60, tenure: 10 }, true],
        [{ charges: 60, tenure: 0 }, false],
      ],
    },
    '%': {
      means: 'The remainder of whole numbers, with the sign of the first; empty of other numbers and by 0.',
      rule: { '==': [{ '%': [v('tenure'), 12] }, 0] },
      rows: [
        [{ tenure: 24 }, true],
        [{ tenure: 25 }, false],
      ],
    },
    min: {
      means: 'The smallest; what is empty does not count.',
      rule: { '<': [{ min: [v('charges'), v('tenure')] }, 10] },
      rows: [
        [{ charges: 5 }, true],
        [{ charges: 50, tenure: 12 }, false],
      ],
    },
    max: {
      means: 'The largest; what is empty does not count.',
      rule: { '>': [{ max: [v('charges'), v('tenure')] }, 10] },
      rows: [
        [{ charges: 5, tenure: 12 }, true],
        [{}, false],
      ],
    },
    round: {
      means: 'The nearest whole number; halves go away from 0.',
      rule: { '==': [{ round: [v('charges')] }, 3] },
      rows: [
        [{ charges: 2.5 }, true],
        [{ charges: 2.4 }, false],
      ],
    },
    abs: {
      means: 'Without its sign.',
      rule: { '<=': [{ abs: [{ '-': [v('charges'), 70] }] }, 5] },
      rows: [
        [{ charges: 66 }, true],
        [{ charges: 76 }, false],
      ],
    },
  },
};
