import { v, type Chapter } from './example.ts';

/** Conditions and what joins them. */
export const logic: Chapter = {
  heading: 'Conditions',
  about: 'A yes-or-no field may stand where a condition is asked for; empty counts as no.',
  examples: {
    and: {
      means: 'All conditions hold. One or more.',
      rule: { and: [v('vip'), { '>': [v('charges'), 70] }] },
      rows: [
        [{ vip: true, charges: 80 }, true],
        [{ charges: 80 }, false],
      ],
    },
    or: {
      means: 'At least one condition holds. One or more.',
      rule: { or: [v('vip'), { '>': [v('charges'), 70] }] },
      rows: [
        [{ charges: 80 }, true],
        [{ charges: 60 }, false],
      ],
    },
    '!': {
      means: 'The condition does not hold. So it holds of what is empty.',
      rule: { '!': [v('vip')] },
      rows: [
        [{ vip: false }, true],
        [{}, true],
        [{ vip: true }, false],
      ],
    },
    if: {
      means:
        'The result behind the first condition that holds; a last one without a condition is what holds otherwise, else it is empty.',
      rule: { '>=': [{ '*': [v('charges'), { if: [v('vip'), 0.8, 1] }] }, 60] },
      rows: [
        [{ charges: 60 }, true],
        [{ charges: 60, vip: true }, false],
      ],
    },
  },
};

/** Comparing two values. */
export const comparing: Chapter = {
  heading: 'Comparing',
  about:
    'Both sides are of one type; nothing is converted. Numbers, text, dates and times have an order; text is ordered by code point. A comparison with something empty is false.',
  examples: {
    '==': {
      means: 'Both are there and the same. With `null`: the other one is empty.',
      rule: { '==': [v('city'), '上海'] },
      rows: [
        [{ city: '上海' }, true],
        [{}, false],
      ],
    },
    '!=': {
      means: 'The exact negation of `==`, so it holds of what is empty. With `null`: the other one is not empty.',
      rule: { '!=': [v('city'), '上海'] },
      rows: [
        [{ city: '北京' }, true],
        [{}, true],
        [{ city: '上海' }, false],
      ],
    },
    '<': {
      means: 'Less than, before. With three operands: between, ends excluded.',
      rule: { '<': [0, v('tenure'), 12] },
      rows: [
        [{ tenure: 11 }, true],
        [{ tenure: 12 }, false],
        [{}, false],
      ],
    },
    '<=': {
      means: 'At most, not after. With three operands: between, ends included.',
      rule: { '<=': ['1990-01-01', v('born'), '1999-12-31'] },
      rows: [
        [{ born: '1999-12-31' }, true],
        [{ born: '2000-01-01' }, false],
      ],
    },
    '>': {
      means: 'Greater than, after. Two operands.',
      rule: { '>': [v('charges'), v('tenure')] },
      rows: [
        [{ charges: 80, tenure: 12 }, true],
        [{ charges: 80 }, false],
      ],
    },
    '>=': {
      means: 'At least, not before. Two operands.',
      rule: { '>=': [v('charges'), 70] },
      rows: [
        [{ charges: 70 }, true],
        [{ charges: 69.99 }, false],
      ],
    },
    in: {
      means:
        'Is one of a list of values; with a text on the right: is part of it; with a field of several options: is among them.',
      rule: { in: [v('city'), ['上海', '北京']] },
      rows: [
        [{ city: '北京' }, true],
        [{ city: '广州' }, false],
        [{}, false],
      ],
    },
  },
};

/** Several options. */
export const options: Chapter = {
  heading: 'Several options',
  about: 'Of a field of several options, against a list of keys.',
  examples: {
    has_any: {
      means: 'At least one key of the list is among them.',
      rule: { has_any: [v('tags'), ['monthly', 'one_year']] },
      rows: [
        [{ tags: ['one_year'] }, true],
        [{ tags: ['two_year'] }, false],
      ],
    },
    has_all: {
      means: 'Every key of the list is among them.',
      rule: { has_all: [v('tags'), ['monthly', 'one_year']] },
      rows: [
        [{ tags: ['one_year', 'monthly'] }, true],
        [{ tags: ['one_year'] }, false],
      ],
    },
    has_none: {
      means: 'The exact negation of `has_any`, so it holds of a customer without any.',
      rule: { has_none: [v('tags'), ['monthly', 'one_year']] },
      rows: [
        [{ tags: ['two_year'] }, true],
        [{}, true],
        [{ tags: ['monthly'] }, false],
      ],
    },
    some: {
      means: 'JSON-logic’s own way to write `has_any`; only this form is accepted.',
      rule: { some: [v('tags'), { in: [v(''), ['monthly']] }] },
      rows: [
        [{ tags: ['monthly'] }, true],
        [{}, false],
      ],
    },
    none: {
      means: 'JSON-logic’s own way to write `has_none`; only this form is accepted.',
      rule: { none: [v('tags'), { in: [v(''), ['monthly']] }] },
      rows: [
        [{}, true],
        [{ tags: ['monthly'] }, false],
      ],
    },
  },
};

/** Regions. */
export const regions: Chapter = {
  heading: 'Regions',
  about: 'A region is a six-digit code of GB/T 2260. `==` and `in` compare codes; containment is asked by:',
  examples: {
    within_region: {
      means: 'Lies in a region, or in one of a list of them, at any depth.',
      rule: { within_region: [v('region'), '440000'] },
      rows: [
        [{ region: '440305' }, true],
        [{ region: '110105' }, false],
      ],
    },
  },
};
