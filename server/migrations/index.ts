import { Start1764000000001 } from './0001-start.ts';
import { FieldTypes1764000000002 } from './0002-field-types.ts';

/** Every migration in its order; run at start. */
export const migrations = [Start1764000000001, FieldTypes1764000000002];
