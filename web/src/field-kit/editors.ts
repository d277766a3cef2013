import type { FieldType } from '@kequn/rules';
import { defineAsyncComponent, type Component } from 'vue';
import BooleanEditor from './BooleanEditor.vue';
import type { EditorProps } from './contract.ts';
import NumberEditor from './NumberEditor.vue';
import SelectEditor from './SelectEditor.vue';
import TextEditor from './TextEditor.vue';
import UserEditor from './UserEditor.vue';

// Calendars are the largest part of the component library; only forms that ask for a date load them.
const DateEditor = defineAsyncComponent(() => import('./DateEditor.vue'));
const DateTimeEditor = defineAsyncComponent(() => import('./DateTimeEditor.vue'));

/** What enters one value of every field type; one that is missing does not compile. */
export const editors: Readonly<Record<FieldType, Component<EditorProps>>> = {
  TEXT: TextEditor,
  NUMBER: NumberEditor,
  BOOLEAN: BooleanEditor,
  SELECT: SelectEditor,
  DATE: DateEditor,
  DATETIME: DateTimeEditor,
  USER: UserEditor,
};
