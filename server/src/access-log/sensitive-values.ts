import type { Rights } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import type { Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';

/** Which of these values, by field key, are told unmasked to who has these rights, and are of a sensitive field: the keys of those that are not empty. */
export type SensitiveIn = (values: Readonly<Record<string, unknown>>, rights: Rights) => readonly string[];

/** Knows the fields that are sensitive at present, archived ones too: what was changed of those is told. */
export async function sensitiveValues(tx: Transactional<Context>): Promise<SensitiveIn> {
  const { fields } = await kept(tx, fieldCatalogue);
  const keys = fields.filter(({ sensitive }) => sensitive).map(({ key }) => key);
  return (values, rights) => keys.filter((key) => isFilled(values[key]) && rights.may(key, 'read'));
}

function isFilled(value: unknown): boolean {
  return value !== null && value !== undefined;
}
