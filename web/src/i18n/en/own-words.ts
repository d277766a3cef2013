import type { Messages } from '../zh-CN.ts';

/** Texts of choices that are answered in own words where no option fits, in English. */
export const ownWords: Messages['ownWords'] = {
  title: '“Other” in their own words',
  hint: 'Let people answer in their own words where no option fits.',
  asked: (option, words) => `With “${option}” chosen, “${words}” is asked`,
  goTo: 'Go there',
  setOf: 'Set: “Other” in their own words',
  removeOf: 'Remove: “Other” in their own words',
  lead: 'With this option chosen, a text is asked for directly below. It is kept in a field of its own, with its own rights, and can be searched and used in segments.',
  option: 'The option that means other',
  newOption: 'Add an option “Other”',
  newOptionHint: 'The option is added to the field, wherever it is used; undoing does not take it away.',
  words: 'The words are kept in',
  wordsHint: 'A field of one line of text',
  newField: 'A new text field…',
  noText: 'There is no text field to use: make one under “Fields” first, or take one off this form.',
  next: 'Next',
  placed: 'Placed below the options',
  withOther: 'With “Other”, in their own words (a text field is made next)',
};
