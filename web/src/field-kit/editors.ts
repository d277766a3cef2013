import type { FieldType } from '@kequn/rules';
import { defineAsyncComponent, type Component } from 'vue';
import BooleanEditor from './BooleanEditor.vue';
import type { EditorProps } from './contract.ts';
import FileEditor from './FileEditor.vue';
import LongTextEditor from './LongTextEditor.vue';
import MultiSelectEditor from './MultiSelectEditor.vue';
import NumberEditor from './NumberEditor.vue';
import RatingEditor from './RatingEditor.vue';
import SelectEditor from './SelectEditor.vue';
import TextEditor from './TextEditor.vue';
import UserEditor from './UserEditor.vue';

// Calendars are the largest part of the component library, and divisions and the numbers of countries large tables; only forms that ask for them load them.
const DateEditor = defineAsyncComponent(() => import('./DateEditor.vue'));
const DateTimeEditor = defineAsyncComponent(() => import('./DateTimeEditor.vue'));
const PhoneEditor = defineAsyncComponent(() => import('./PhoneEditor.vue'));
const RegionEditor = defineAsyncComponent(() => import('./RegionEditor.vue'));

/** What enters one value of every field type; one that is missing does not compile. */
export const editors: Readonly<Record<FieldType, Component<EditorProps>>> = {
  TEXT: TextEditor,
  LONG_TEXT: LongTextEditor,
  NUMBER: NumberEditor,
  MONEY: NumberEditor,
  PERCENT: NumberEditor,
  RATING: RatingEditor,
  BOOLEAN: BooleanEditor,
  DATE: DateEditor,
  DATETIME: DateTimeEditor,
  SELECT: SelectEditor,
  MULTI_SELECT: MultiSelectEditor,
  EMAIL: TextEditor,
  PHONE: PhoneEditor,
  URL: TextEditor,
  REGION: RegionEditor,
  USER: UserEditor,
  FILE: FileEditor,
};
