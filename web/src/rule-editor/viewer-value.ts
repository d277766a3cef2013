import { fieldTypes, type Catalogue, type FieldDefinition, type Json } from '@kequn/rules';

/* Whoever looks on, as a value that a user is compared with. In a draft it is held as it is in a rule. */

/** Whoever looks on. */
export const viewerValue: Json = { me: ['id'] };

/** Whether what a line compares with is whoever looks on; an attribute of theirs is not. */
export function isViewer(value: Json): boolean {
  return JSON.stringify(value) === JSON.stringify(viewerValue);
}

/** Whether a field can be compared with whoever looks on: one of users, where rules may ask for that. */
export function asksForViewer(field: FieldDefinition | undefined, { viewer }: Catalogue): boolean {
  return viewer === true && field !== undefined && fieldTypes[field.type].valueType === 'USER';
}
