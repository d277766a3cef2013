import type { Messages } from '../zh-CN.ts';

/** Texts of the first steps, in English. */
export const firstSteps: Messages['firstSteps'] = {
  title: 'Three steps to begin',
  step: (number, title) => `${number}. ${title}`,
  orTemplate: 'Or begin with what a trade has: fields, a form and segments at once:',
  done: 'Done',
  describe: {
    title: 'Describe',
    why: 'Say what you want to know of your customers, such as city, birthday and spend.',
    act: 'Define the fields',
  },
  enter: {
    title: 'Enter',
    why: 'Fill in the fields for a customer; everything can be changed later.',
    act: 'Enter a customer',
  },
  divide: {
    title: 'Divide',
    why: 'Pick out a group by conditions; its members stay right as customers change.',
    act: 'Make a segment',
  },
};
