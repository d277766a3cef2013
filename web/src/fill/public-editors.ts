import type { FieldDefinition, FieldType } from '@kequn/rules';
import type { Component } from 'vue';
import type { EditorProps, Editors } from '../field-kit/contract.ts';
import LongTextEditor from '../field-kit/LongTextEditor.vue';
import NumberEditor from '../field-kit/NumberEditor.vue';
import RatingEditor from '../field-kit/RatingEditor.vue';
import TextEditor from '../field-kit/TextEditor.vue';
import ChoiceEntry from './ChoiceEntry.vue';
import DateEntry from './DateEntry.vue';

type Loader = () => Promise<Component<EditorProps>>;

const atHand =
  (editor: Component<EditorProps>): Loader =>
  async () =>
    editor;

/**
 * What enters one value of every field type that a public form may place: what the browser has of its own where it has something, which each
 * phone shows in its own way and nothing is loaded for. A form loads the others where it asks for them.
 */
const loaders: Readonly<Record<Exclude<FieldType, 'USER'>, Loader>> = {
  TEXT: atHand(TextEditor),
  LONG_TEXT: atHand(LongTextEditor),
  NUMBER: atHand(NumberEditor),
  MONEY: atHand(NumberEditor),
  PERCENT: atHand(NumberEditor),
  RATING: atHand(RatingEditor),
  BOOLEAN: atHand(ChoiceEntry),
  DATE: atHand(DateEntry),
  DATETIME: atHand(DateEntry),
  SELECT: atHand(ChoiceEntry),
  MULTI_SELECT: async () => (await import('../field-kit/MultiSelectEditor.vue')).default,
  EMAIL: atHand(TextEditor),
  PHONE: async () => (await import('../field-kit/PhoneEditor.vue')).default,
  URL: atHand(TextEditor),
  REGION: async () => (await import('../field-kit/RegionEditor.vue')).default,
  FILE: async () => (await import('../field-kit/FileEditor.vue')).default,
};

/** A list of more options is one to search. */
const SHORT_LIST = 30;

const searched: Loader = async () => (await import('../field-kit/SelectEditor.vue')).default;

function isLongList({ type, options }: FieldDefinition): boolean {
  return type === 'SELECT' && options.length > SHORT_LIST;
}

/** Loads what enters values of these fields; of lists all are searched where one is long. */
export async function publicEditors(fields: readonly FieldDefinition[]): Promise<Editors> {
  const asked = Object.entries(loaders).filter(([type]) => fields.some((field) => field.type === type));
  const load = ([type, loader]: [string, Loader]) =>
    (type === 'SELECT' && fields.some(isLongList) ? searched : loader)();
  return Object.fromEntries(await Promise.all(asked.map(async (each) => [each[0], await load(each)])));
}

/** Whether what enters values of these fields is of the component library, and speaks its words. */
export function speaksForLibrary(fields: readonly FieldDefinition[]): boolean {
  return fields.some((field) => field.type === 'MULTI_SELECT' || field.type === 'REGION' || isLongList(field));
}
