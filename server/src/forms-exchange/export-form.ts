import { buffer } from 'node:stream/consumers';
import { isSystemField, type FieldValidation, type FormLayout } from '@kequn/rules';
import { requireCapability, rightsOf } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { shownType, type Field } from '../fields/field.ts';
import { fieldRules } from '../fields/field-rules.ts';
import type { FileStore } from '../files/file-store.ts';
import { findPictures, type StoredPicture } from '../files/picture-table.ts';
import { findForm, isRestricted } from '../forms/find-form.ts';
import { placedKeys, withItems } from '../forms/form-catalogue.ts';
import type { Form } from '../forms/form.ts';
import { picturesIn } from '../forms/keep-pictures.ts';
import { varsInLayout } from '../forms/rule-vars.ts';
import type { Transactional } from '../platform/context.ts';
import { refused } from '../platform/refused.ts';
import { kept } from '../platform/rule-set.ts';
import { read } from '../platform/transaction.ts';
import { withPictures } from './bring-pictures.ts';
import { documentFormat, documentVersion, type DocumentField, type DocumentPicture } from './form-document.ts';

/** A form as a document that another system can read. */
export interface FormDocument {
  readonly format: typeof documentFormat;
  readonly version: typeof documentVersion;
  readonly name: string;
  readonly layout: FormLayout;
  readonly settings: object;
  /** Those that it places or reads; what one reads stands before it. */
  readonly fields: readonly DocumentField[];
  /** Those that it names, by the names that it gives them; there where it names any. */
  readonly pictures?: Readonly<Record<string, DocumentPicture>>;
}

/**
 * Writes the draft of a form as a document with its pictures, without its password and without fields that are archived; null where there is no
 * such form. Needs MANAGE_FORMS.
 *
 * @throws {Refused} FORBIDDEN, also for a form that places or reads what the viewer may not know; UNAVAILABLE.
 */
export async function exportForm(ctx: Context, store: FileStore, id: string): Promise<FormDocument | null> {
  const written = await read(ctx, async (tx) => {
    await requireCapability(tx, 'MANAGE_FORMS');
    const form = await findForm(tx, id);
    if (!form) return undefined;
    if (await isRestricted(tx, form.layout)) throw refused('FORBIDDEN');
    const document = await documentOf(tx, form);
    return { document, pictures: await findPictures(tx.manager, picturesIn(document.layout)) };
  });
  return written ? withBytes(written.document, written.pictures, store) : null;
}

/** Pictures are named in reading order, so that a form is the same document wherever it was imported. One that the store has lost is left out. */
async function withBytes(
  document: FormDocument,
  stored: readonly StoredPicture[],
  store: FileStore,
): Promise<FormDocument> {
  const names = new Map(picturesIn(document.layout).map((id, index) => [id, `picture-${index + 1}`]));
  if (names.size === 0) return document;
  const pictures: Record<string, DocumentPicture> = {};
  for (const [id, key] of names) {
    const picture = stored.find((each) => each.id === id);
    const content = picture && (await store.get(id));
    if (content) pictures[key] = { name: picture.name, data: (await buffer(content)).toString('base64') };
  }
  return { ...document, layout: withPictures(document.layout, names), pictures };
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
