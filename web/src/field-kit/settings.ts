import type { FieldType } from '@kequn/rules';
import { defineAsyncComponent, type Component } from 'vue';
import type { SettingsProps } from './contract.ts';
import FileSettings from './FileSettings.vue';
import NumberSettings from './NumberSettings.vue';
import PatternSetting from './PatternSetting.vue';
import RatingSettings from './RatingSettings.vue';
import SelectSettings from './SelectSettings.vue';
import TextSettings from './TextSettings.vue';

const DateSettings = defineAsyncComponent(() => import('./DateSettings.vue'));
const PhoneSettings = defineAsyncComponent(() => import('./PhoneSettings.vue'));

/** What a field of every type can ask of its values; null where there is nothing to set. One that is missing does not compile. */
export const settings: Readonly<Record<FieldType, Component<SettingsProps> | null>> = {
  TEXT: TextSettings,
  LONG_TEXT: TextSettings,
  NUMBER: NumberSettings,
  MONEY: NumberSettings,
  PERCENT: NumberSettings,
  RATING: RatingSettings,
  BOOLEAN: null,
  DATE: DateSettings,
  DATETIME: null,
  SELECT: SelectSettings,
  MULTI_SELECT: SelectSettings,
  EMAIL: PatternSetting,
  PHONE: PhoneSettings,
  URL: PatternSetting,
  REGION: null,
  USER: null,
  FILE: FileSettings,
};
