import type { FieldType } from '@kequn/rules';
import { defineAsyncComponent, type Component } from 'vue';
import type { SettingsProps } from './contract.ts';
import NumberSettings from './NumberSettings.vue';
import SelectSettings from './SelectSettings.vue';
import TextSettings from './TextSettings.vue';

const DateSettings = defineAsyncComponent(() => import('./DateSettings.vue'));

/** What a field of every type can ask of its values; null where there is nothing to set. One that is missing does not compile. */
export const settings: Readonly<Record<FieldType, Component<SettingsProps> | null>> = {
  TEXT: TextSettings,
  NUMBER: NumberSettings,
  BOOLEAN: null,
  SELECT: SelectSettings,
  DATE: DateSettings,
  DATETIME: null,
  USER: null,
};
