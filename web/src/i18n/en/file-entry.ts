import type { fileEntry as chinese } from '../zh-CN/file-entry.ts';

/** What is said where a file is entered, in English. */
export const fileEntry: typeof chinese = {
  fileChoose: 'Choose a file',
  fileDrop: 'or drop it here.',
  filePictures: (megabytes) => `PNG, JPEG, GIF or WebP, up to ${megabytes} MB`,
  fileAny: (megabytes) => `Up to ${megabytes} MB`,
  fileSending: (label) => `Uploading “${label}”`,
  fileReplace: 'Replace',
  fileRemove: 'Remove',
  fileTaken: (name) => `Uploaded ${name}`,
  fileRemoved: 'The file is removed',
  fileTooLarge: (megabytes) => `The file is too large: at most ${megabytes} MB`,
  fileFailed: 'The upload failed; please check the network and try again',
  fileUntold: 'File',
};
