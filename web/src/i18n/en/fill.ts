import type { Messages } from '../zh-CN.ts';

/** Texts of the page on which anybody fills a public form, in English. */
export const fill: Messages['fill'] = {
  thanks: 'Sent. Thank you!',
  again: 'Fill another one',
  continued: 'What was begun on this device is there again.',
  startOver: 'Start over',
  agreeFirst: 'Please agree first',
};
