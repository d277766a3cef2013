import type { Messages } from '../zh-CN.ts';

/** Texts of forms as files, in English. */
export const formsExchange: Messages['formsExchange'] = {
  export: 'Export as a file',
  exported: (file) => `Exported ${file}, with the fields that the form uses`,
  import: 'Import from a file',
  importTitle: 'Import a form from a file',
  importLead:
    'Choose the file of a form that was exported here (.json). Fields of the same key and type are used, missing ones are made; the form is saved as a draft.',
  choose: 'Choose a file…',
  chooseOther: 'Choose another file…',
  noForm: 'There is no form in this file: choose one that was exported under Forms.',
  refused: 'It was not imported, and nothing was made:',
  imported: (name) => `Imported “${name}”`,
};
