import { isSystemField, type FieldValidation, type FormLayout } from '@kequn/rules';
import { requireCapability, rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { shownType, type Field } from '../fields/field.ts';
import { fieldRules } from '../fields/field-rules.ts';
import { findForm, isRestricted } from '../forms/find-form.ts';
import { placedKeys, withItems } from '../forms/form-catalogue.ts';
import type { Form } from '../forms/form.ts';
import { varsInLayout } from '../forms/rule-vars.ts';
import type { Transactional } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { documentFormat, documentVersion, type DocumentField } from './form-document.ts';

/** A form as a document that another system can read. */
export interface FormDocument {
  readonly format: typeof documentFormat;
  readonly version: typeof documentVersion;
  readonly name: string;
  readonly layout: FormLayout;
  readonly settings: object;
  /** Those that it places or reads; what one reads stands before it. */
  readonly fields: readonly DocumentField[];
}

/**
 * Writes the draft of a form as a document, without its password and without fields that are archived; null where there is no such form.
 * Needs MANAGE_FORMS.
 *
 * @throws {Refused} FORBIDDEN, also for a form that places or reads what the viewer may not know.
 */
export async function exportForm(ctx: Context, id: string): Promise<FormDocument | null> {
  return read(ctx, async (tx) => {
    await requireCapability(tx, 'MANAGE_FORMS');
    const form = await findForm(tx, id);
    if (!form) return null;
    if (await isRestricted(tx, form.layout)) throw refused('FORBIDDEN');
    return documentOf(tx, form);
  });
}

async function documentOf(tx: Transactional<Context>, form: Form): Promise<FormDocument> {
  const { byKey } = await kept(tx, fieldCatalogue);
  const layout = withItems(form.layout, (item) => !('field' in item) || byKey.get(item.field)?.archived === false);
  const { passwordHash: _password, ...settings } = form.settings;
  return {
    format: documentFormat,
    version: documentVersion,
    name: form.name,
    layout,
    settings,
    fields: await definitionsOf(tx, new Set([...placedKeys(layout), ...varsInLayout(layout)])),
  };
}

/** The definitions of fields and of all that these read, each after what it reads. */
async function definitionsOf(tx: Transactional<Context>, keys: ReadonlySet<string>): Promise<readonly DocumentField[]> {
  const { byKey } = await kept(tx, fieldCatalogue);
  const readBy = await readings(tx);
  const told = new Map<string, DocumentField>();
  const visit = (key: string, way: ReadonlySet<string>): void => {
    const field = byKey.get(key);
    if (!field || told.has(key) || way.has(key)) return;
    const reads = readBy(key);
    for (const each of reads ?? []) visit(each, new Set([...way, key]));
    told.set(key, definitionOf(field, reads !== undefined));
  };
  for (const key of keys) visit(key, new Set());
  return [...told.values()];
}

/** What the rule or the formula of a field reads beside itself; undefined where the viewer may not know of all of it. */
async function readings(tx: Transactional<Context>): Promise<(key: string) => readonly string[] | undefined> {
  const { formulas } = await kept(tx, fieldCatalogue);
  const rights = await rightsOf(tx);
  const all = [...formulas.levels.flat(), ...(await kept(tx, fieldRules))];
  const byKey = new Map(all.map(({ field, reads }) => [field.key, [...reads]]));
  return (key) => {
    const reads = (byKey.get(key) ?? []).filter((each) => !isSystemField(each));
    return reads.every((each) => rights.accessTo(each) !== 'HIDDEN') ? reads : undefined;
  };
}

function definitionOf(field: Field, isOpen: boolean): DocumentField {
  const { key, label, labels, help, required, unique, sensitive, computed, formula, options } = field;
  const common = { key, type: shownType(field), label, labels, ...(help !== null && { help }), sensitive };
  if (computed) return { ...common, ...(isOpen && formula !== null && { formula }) };
  const validation = isOpen ? field.validation : withoutRule(field.validation);
  return {
    ...common,
    ...(options.length > 0 && { options: options.map((option) => ({ ...option })) }),
    validation: { ...validation },
    required,
    unique,
  };
}

function withoutRule({ rule: _rule, ...validation }: FieldValidation): FieldValidation {
  return validation;
}
