import { sentence } from '../locale.ts';
import { accepted, refuse, type FieldTypeDefinition } from './field-type.ts';
import { hidden } from './masks.ts';
import { asWritten } from './text-value.ts';

/** How the id of a user is written, in lower case. */
export const userIdShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A user by id. Whether that user exists and is active is asked by whoever saves, who knows the users. */
export const user: FieldTypeDefinition = {
  name: 'USER',
  label: sentence('用户', 'User'),
  valueType: 'USER',
  column: 'uuid',
  canBeUnique: true,
  searchable: false,
  mask: () => hidden,
  settings: {},
  accept(raw) {
    if (typeof raw !== 'string') return refuse('WRONG_TYPE', sentence('请选择用户', 'A user is expected'));
    const value = raw.toLowerCase();
    return userIdShape.test(value)
      ? accepted(value)
      : refuse('INVALID', sentence('没有这个用户', 'There is no such user'));
  },
  ...asWritten,
};
