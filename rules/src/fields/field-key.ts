import { isSystemField } from './system-fields.ts';

const shape = /^[a-z][a-z0-9_]{0,40}$/;
const reserved = new Set(['events', 'segments', 'me', 'id', 'constructor', 'prototype']);

/** Whether a key may name a new field: `^[a-z][a-z0-9_]{0,40}$`, no system field, and no word that rules or JS claim for themselves. */
export function isFieldKey(key: string): boolean {
  return shape.test(key) && !reserved.has(key) && !isSystemField(key);
}
