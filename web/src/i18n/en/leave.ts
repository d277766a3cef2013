import type { Messages } from '../zh-CN.ts';

/** The question before leaving unsaved changes, in English. */
export const leave: Messages['leave'] = {
  title: 'Leave without saving?',
  message: 'There are changes that are not saved yet. Leaving discards them.',
  confirm: 'Discard and leave',
  stay: 'Stay here',
};
