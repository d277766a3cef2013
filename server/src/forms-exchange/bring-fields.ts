import { sentence, type Problem } from '@kequn/rules';
import { rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { createFieldIn } from '../fields/create-field.ts';
import { shownType, type Field } from '../fields/field.ts';
import type { Transactional } from '../platform/context.ts';
import { kept } from '../platform/rule-set.ts';
import { applyFormula } from '../segments/apply-formula.ts';
import type { DocumentField } from './form-document.ts';
import type { FoundProblems } from './found-problems.ts';

/** Makes those fields of a document that are missing, in its order; what stands in the way of one is noted. */
export async function bringFields(
  tx: Transactional<Context>,
  fields: readonly DocumentField[],
  found: FoundProblems,
): Promise<void> {
  for (const [index, field] of fields.entries()) await bringField(tx, field, { at: `document/fields/${index}`, found });
}

async function bringField(
  tx: Transactional<Context>,
  field: DocumentField,
  { at, found }: { readonly at: string; readonly found: FoundProblems },
): Promise<void> {
  const rights = await rightsOf(tx);
  const existing = (await kept(tx, fieldCatalogue)).byKey.get(field.key);
  if (existing && rights.accessTo(field.key) !== 'HIDDEN') return found.add(differences(existing, field, at));
  // Of a hidden field nobody learns here but who, making fields, would be told that its key is taken.
  if (!rights.has('MANAGE_FIELDS'))
    return found.add([{ path: `${at}/key`, code: 'UNKNOWN_FIELD', message: missing(field) }]);
  await found.of(`${at}/`, () => createFieldIn(tx, inputOf(field), applyFormula));
  // The next one may read it.
  tx.ruleSet.values.clear();
}

function differences(existing: Field, { type }: DocumentField, at: string): readonly Problem[] {
  if (existing.archived) return [{ path: `${at}/key`, code: 'INVALID', message: archived(existing) }];
  if (shownType(existing) !== type) return [{ path: `${at}/type`, code: 'WRONG_TYPE', message: otherType(existing) }];
  return [];
}

function inputOf({ options, ...field }: DocumentField) {
  return { ...field, ...(options && { options }) };
}

const missing = ({ label }: DocumentField) =>
  sentence(
    `没有字段“${label}”，新建它需要管理字段的权限`,
    `There is no field “${label}”, and making it takes the right to manage fields`,
  );
const archived = ({ label }: Field) =>
  sentence(`字段“${label}”已归档，请先恢复`, `The field “${label}” is archived: restore it first`);
const otherType = ({ label, key }: Field) =>
  sentence(
    `已有标识为 ${key} 的字段“${label}”，类型不同`,
    `There is a field “${label}” with the key ${key}, of another type`,
  );
