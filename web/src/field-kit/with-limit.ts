import type { FieldValidation, Json } from '@kequn/rules';
import type { FieldSettings } from './contract.ts';

/** The settings with one limit set anew; null takes it away. */
export function withLimit(settings: FieldSettings, name: keyof FieldValidation, value: Json): FieldSettings {
  const { [name]: _former, ...others } = settings.validation;
  return { ...settings, validation: value === null ? others : { ...others, [name]: value } };
}
