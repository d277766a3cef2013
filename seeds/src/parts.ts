import {
  sentence,
  type FieldItem,
  type FieldOption,
  type FieldType,
  type FormPage,
  type FormSection,
  type Rule,
} from '@kequn/rules';
import type { TemplateField, TemplateSegment, TradeField } from './template.ts';

/** A name in Chinese and in English. */
export type TwoNames = readonly [chinese: string, english: string];

type FieldSettings = Partial<Pick<TemplateField, 'options' | 'validation' | 'required' | 'unique' | 'sensitive'>>;

/** A field that people fill. */
export function field(
  key: string,
  type: FieldType,
  [chinese, english]: TwoNames,
  settings: FieldSettings = {},
): TemplateField {
  const plain = { options: [], validation: {}, required: false, unique: false, sensitive: false, archived: false };
  return { key, type, label: chinese, labels: sentence(chinese, english), ...plain, ...settings };
}

/** A number that a formula computes. */
export function computed(key: string, names: TwoNames, formula: Rule): TradeField {
  return { ...field(key, 'NUMBER', names), computed: true, formula };
}

/** One choice of a field. */
export function option(key: string, chinese: string, english: string, color: string | null = null): FieldOption {
  return { key, label: chinese, labels: sentence(chinese, english), color, archived: false };
}

/** A segment with its rule. */
export function segment(key: string, names: TwoNames, descriptions: TwoNames, rule: Rule): TemplateSegment {
  return { key, name: sentence(...names), description: sentence(...descriptions), rule };
}

/** The field of a key, in a rule. */
export const the = (key: string): Rule => ({ var: key });

/** A field as it stands on a form, with what is particular to it there. */
export function ask(key: string, parts: Omit<FieldItem, 'field'> = {}): FieldItem {
  return { field: key, ...parts };
}

/** A section of a form, each list of items one of its columns. */
export function section(
  names: TwoNames,
  columns: readonly (readonly FieldItem[])[],
  parts: Pick<FormSection, 'visibleWhen'> = {},
): FormSection {
  return { title: sentence(...names), ...parts, columns: columns.map((items) => ({ items })) };
}

/** A page of a form. */
export function page(
  names: TwoNames,
  sections: readonly FormSection[],
  parts: Pick<FormPage, 'visibleWhen'> = {},
): FormPage {
  return { title: sentence(...names), ...parts, sections };
}
