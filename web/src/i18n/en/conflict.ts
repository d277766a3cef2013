import type { Messages } from '../zh-CN.ts';

/** Texts of two who edit at once, in English. */
export const conflict: Messages['conflict'] = {
  title: 'Somebody else saved this',
  message: 'While you were editing, somebody else saved it. These values differ; choose which one to keep for each.',
  mine: 'Mine',
  theirs: 'Theirs',
  keepAllMine: 'Keep all of mine',
  takeAllTheirs: 'Take all of theirs',
  save: 'Save this choice',
  nothing: 'Their changes do not touch yours. You can save as it is.',
  empty: '(empty)',
};
