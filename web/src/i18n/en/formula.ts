import type { Messages } from '../zh-CN.ts';

/** Texts of formulas, in English. */
export const formula: Messages['formula'] = {
  name: 'Formula',
  giving: (type) => `Formula · ${type}`,
  hint: 'Choose a field; then ƒ beside it calculates it with others, takes a part of it, or chooses a value by a condition.',
  code: 'Rule code',
  toCode: 'Edit as rule code',
  toParts: 'Edit by choosing',
  codeOnly: 'This formula cannot be put together by choosing; it is edited as rule code.',
  none: 'Say what is computed',
  unreadable: 'The code is incomplete, or a bracket, a quotation mark or a comma is amiss',
  problemAt: (path, message) => `${path}: ${message}`,
  unfinished: 'The formula is unfinished',
  meaning: (sentence, type) => `${sentence} – gives: ${type}`,
  sample: (customer, value) => `For the customer “${customer}”: ${value}`,
  unknown:
    'The formula is not shown: it is being computed, or reads fields that you may not see. Saving leaves it as it is; choosing something here replaces it.',
  released: 'Open results',
  releasedHint:
    'The result can be seen even by those who may not see the fields that the formula reads. Beware: they may work out from it what those fields hold.',
  computed: 'Computed',
  computing: (label) => `Computing “${label}” for every customer`,
};
