import { sentence } from '../locale.ts';
import { accepted, refuse, type FieldTypeDefinition } from './field-type.ts';
import { hidden } from './masks.ts';
import { asWritten } from './text-value.ts';
import { userIdShape } from './user.ts';

/** Megabytes (of 1,048,576 bytes) that one file may have at the most. */
export const mostMegabytes = 20;

/**
 * One file by the id that its upload gave. Whether there is such a file, and whether it is theirs who name it, is asked by whoever saves, who
 * knows the files. Rules see the id, of which nothing but that there is one means anything.
 */
export const file: FieldTypeDefinition = {
  name: 'FILE',
  label: sentence('文件', 'File'),
  valueType: 'TEXT',
  column: 'text COLLATE "C"',
  canBeUnique: false,
  searchable: false,
  mask: () => hidden,
  settings: {
    accept: (setting) => setting === 'IMAGE' || setting === 'ANY',
    maxMegabytes: (setting) => Number.isInteger(setting) && Number(setting) >= 1 && Number(setting) <= mostMegabytes,
  },
  accept(raw) {
    if (typeof raw !== 'string') return refuse('WRONG_TYPE', sentence('请选择文件', 'A file is expected'));
    const value = raw.toLowerCase();
    return userIdShape.test(value)
      ? accepted(value)
      : refuse('INVALID', sentence('没有这个文件', 'There is no such file'));
  },
  ...asWritten,
};
