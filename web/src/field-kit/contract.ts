import type { FieldDefinition, FieldType, FieldValidation, Json } from '@kequn/rules';
import type { Component } from 'vue';

/** What an editor of one value is given; it emits `update:modelValue` with what was entered, right or wrong, and null where there is nothing. */
export interface EditorProps {
  modelValue: Json;
  field: FieldDefinition;
  id?: string | undefined;
  /** Its name, where no label on the page gives it one. */
  label?: string | undefined;
  describedBy?: string | undefined;
  invalid?: boolean | undefined;
  disabled?: boolean | undefined;
}

/** What enters one value, by field type; types that a page never shows may be absent. */
export type Editors = Readonly<Partial<Record<FieldType, Component<EditorProps>>>>;

/** One option of a SELECT field while the field is being edited. */
export interface OptionDraft {
  /** Stays the same while everything else is typed anew. */
  readonly id: string;
  readonly key: string;
  /** The key follows the label until it was typed, or the option exists. */
  readonly keyIsOwn: boolean;
  readonly exists: boolean;
  readonly archived: boolean;
  /** `#rrggbb`, or none. */
  readonly color: string | null;
  readonly labelZh: string;
  readonly labelEn: string;
}

/** What a field asks of its values, while it is being edited. */
export interface FieldSettings {
  readonly validation: { readonly [name in keyof FieldValidation]?: Json | undefined };
  readonly options: readonly OptionDraft[];
}

/** What the settings of one field type are given; they emit `update:modelValue`, and `removeOption` of an option that customers may have. */
export interface SettingsProps {
  modelValue: FieldSettings;
  /** What is wrong, by place: `validation/min`, `options/0/key` … */
  issues: Readonly<Record<string, readonly string[]>>;
}
