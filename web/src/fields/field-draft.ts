import {
  checkValidation,
  fieldTypes,
  isFieldKey,
  type CheckTools,
  type FieldType,
  type Json,
  type Locale,
  type Rule,
} from '@kequn/rules';
import type { FieldInput } from '../api/generated/graphql.ts';
import type { FieldSettings, OptionDraft } from '../field-kit/contract.ts';
import { freeKey, slug } from '../field-kit/slug.ts';
import type { Messages } from '../i18n/zh-CN.ts';
import { isSame } from '../rule-editor/patterns.ts';
import type { CatalogueField } from './catalogue.ts';

/** What a field is made as: a type of values that are entered, or a formula, which decides what its values are. */
export type DraftType = FieldType | 'FORMULA';

/** A field while it is made or changed. */
export interface FieldDraft {
  readonly exists: boolean;
  readonly key: string;
  /** The key follows the name until it was typed, or the field exists. */
  readonly keyIsOwn: boolean;
  readonly type: DraftType | null;
  readonly labelZh: string;
  readonly labelEn: string;
  readonly help: string;
  readonly required: boolean;
  readonly unique: boolean;
  readonly sensitive: boolean;
  readonly settings: FieldSettings;
  /** What computes it; null where nothing is said yet, or where that is not known. */
  readonly formula: Rule;
  readonly released: boolean;
}

/** What is wrong with a draft, by place. */
export type FieldIssues = Readonly<Record<string, readonly string[]>>;

/** A field that does not exist yet. */
export function newFieldDraft(): FieldDraft {
  const settings = { validation: {}, options: [] };
  return {
    exists: false,
    key: '',
    keyIsOwn: false,
    type: null,
    labelZh: '',
    labelEn: '',
    help: '',
    required: false,
    unique: false,
    sensitive: false,
    settings,
    formula: null,
    released: false,
  };
}

/** A field that exists, to be changed. */
export function fieldDraftOf(field: CatalogueField): FieldDraft {
  const options = field.options.map((option) => ({
    id: option.key,
    key: option.key,
    keyIsOwn: true,
    exists: true,
    archived: option.archived,
    color: option.color,
    ...labelsOf(option),
  }));
  const { key, help, required, unique, sensitive, validation, formula, released } = field;
  return {
    exists: true,
    key,
    keyIsOwn: true,
    type: field.computed ? 'FORMULA' : field.type,
    help,
    required,
    unique,
    sensitive,
    formula,
    released,
    ...labelsOf(field),
    settings: { validation: validation as FieldSettings['validation'], options },
  };
}

function labelsOf({ label, labels }: { label: string; labels: Readonly<Record<string, string>> }): {
  labelZh: string;
  labelEn: string;
} {
  const known = labels['zh-CN'] !== undefined || labels['en'] !== undefined;
  return known ? { labelZh: labels['zh-CN'] ?? '', labelEn: labels['en'] ?? '' } : { labelZh: label, labelEn: '' };
}

/** The draft with something changed: the key of a new field follows its name, and another type starts with no requirements. */
export function changeFieldDraft(
  draft: FieldDraft,
  change: Partial<FieldDraft>,
  takenKeys: ReadonlySet<string>,
): FieldDraft {
  const next = { ...draft, ...change };
  const settings = next.type === draft.type ? next.settings : { ...next.settings, validation: {} };
  if (next.keyIsOwn) return { ...next, settings };
  const named = next.labelZh.trim() !== '' || next.labelEn.trim() !== '';
  const base = slug(next.labelEn) || slug(next.labelZh) || 'field';
  return { ...next, settings, key: named ? freeKey(isFieldKey(base) ? base : `${base}_field`, takenKeys) : '' };
}

/**
 * The draft of a field that exists with another type: what is asked of its values starts anew but for its rule; with the type that it has it is
 * what it was.
 */
export function retypedDraft(draft: FieldDraft, type: DraftType, start: FieldDraft): FieldDraft {
  if (type === start.type) return { ...draft, type, settings: start.settings, unique: start.unique };
  const { rule, message } = draft.settings.validation;
  const validation = { ...(rule !== undefined && { rule, message }) };
  return { ...draft, type, settings: { options: draft.settings.options, validation } };
}

/** The field as it would be, as far as its values are read. */
export function definitionOf(draft: FieldDraft, former: CatalogueField): CatalogueField {
  const type = draft.type === null || draft.type === 'FORMULA' ? former.type : draft.type;
  const options = draft.settings.options.map(({ key, archived, color, ...labels }) => ({
    key,
    archived,
    color,
    ...labelInput(labels),
  }));
  return { ...former, type, options, validation: {} };
}

/** Whether the values of a type are keys of an option set. */
function hasOptions(type: DraftType | null): boolean {
  return type === 'SELECT' || type === 'MULTI_SELECT';
}

/** Everything that is wrong with a draft, in the reader's language. */
export function checkFieldDraft(
  draft: FieldDraft,
  takenKeys: ReadonlySet<string>,
  messages: Messages,
  locale: Locale,
  tools: CheckTools,
): FieldIssues {
  const issues: Record<string, string[]> = {};
  const report = (path: string, message: string): void => void (issues[path] ??= []).push(message);

  if (!draft.labelZh.trim() && !draft.labelEn.trim()) report('label', messages.fields.labelMissing);
  if (!draft.exists && !isFieldKey(draft.key)) report('key', messages.fields.keyInvalid);
  if (!draft.exists && takenKeys.has(draft.key)) report('key', messages.fields.keyTaken);
  if (draft.type === null) report('type', messages.fields.typeMissing);
  else if (draft.type === 'FORMULA') {
    if (!draft.exists && draft.formula === null) report('formula', messages.formula.none);
  } else {
    const checked = checkValidation(draft.type, draft.settings.validation as Json, tools);
    if (!checked.ok) for (const { path, message } of checked.problems) report(path, message[locale]);
  }
  if (hasOptions(draft.type)) checkOptions(draft.settings.options, messages, report);
  return issues;
}

function checkOptions(
  options: readonly OptionDraft[],
  messages: Messages,
  report: (path: string, message: string) => void,
): void {
  if (options.length === 0) report('options', messages.fields.noOptions);
  const met = new Set<string>();
  for (const [index, option] of options.entries()) {
    if (!option.labelZh.trim() && !option.labelEn.trim())
      report(`options/${index}/label`, messages.fields.optionLabelMissing);
    if (!/^[A-Za-z0-9_.-]{1,64}$/.test(option.key)) report(`options/${index}/key`, messages.fields.optionKeyInvalid);
    else if (met.has(option.key)) report(`options/${index}/key`, messages.fields.optionKeyTaken);
    met.add(option.key);
  }
}

/**
 * The draft as it is sent; what cannot change any more is left out, and a type or a formula that is the one that the field has.
 */
export function fieldInputOf(draft: FieldDraft, { type: formerType, formula: former }: FieldDraft = draft): FieldInput {
  const { exists, key, type, sensitive } = draft;
  return {
    ...(exists ? {} : { key }),
    ...((!exists || type !== formerType) && { type }),
    ...labelInput(draft),
    help: draft.help.trim() || null,
    sensitive,
    ...(type === 'FORMULA' ? formulaInput(draft, former) : requirementsInput(draft, type)),
  };
}

function formulaInput({ formula, released }: FieldDraft, former: Rule): FieldInput {
  return { released, ...(!isSame(formula, former) && { formula }) };
}

function requirementsInput({ required, unique, settings }: FieldDraft, type: FieldType | null): FieldInput {
  return {
    required,
    unique: unique && type !== null && fieldTypes[type].canBeUnique,
    validation: validationInput(settings.validation),
    ...(hasOptions(type) && {
      options: settings.options.map((option) => ({
        key: option.key,
        archived: option.archived,
        color: option.color,
        ...labelInput(option),
      })),
    }),
  };
}

/** A sentence of the field's own is said of its pattern and its rule; without these there is nothing to say it of. */
function validationInput({ message, ...limits }: FieldSettings['validation']): Readonly<Record<string, Json>> {
  const isSaid = message !== undefined && (limits.pattern !== undefined || limits.rule !== undefined);
  return { ...limits, ...(isSaid && { message }) } as Readonly<Record<string, Json>>;
}

function labelInput({ labelZh, labelEn }: { labelZh: string; labelEn: string }): {
  label: string;
  labels: Record<string, string>;
} {
  const [zh, en] = [labelZh.trim(), labelEn.trim()];
  return { label: zh || en, labels: { ...(zh && { 'zh-CN': zh }), ...(en && { en }) } };
}
