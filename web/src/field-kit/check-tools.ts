import type { CheckTools, FieldDefinition } from '@kequn/rules';
import { shallowRef, type ShallowRef } from 'vue';

const tools = shallowRef<CheckTools>();

/** Loads what checking values takes, once: it is large, and only forms check values. */
export async function loadCheckTools(): Promise<CheckTools> {
  tools.value ??= (await import('@kequn/rules/tools')).checkTools;
  return tools.value;
}

/** Loads of it what checking values of these fields takes, where no others are ever checked. */
export async function loadCheckToolsFor(fields: readonly FieldDefinition[]): Promise<void> {
  const asks = (type: FieldDefinition['type']): boolean => fields.some((field) => field.type === type);
  const hasPattern = fields.some(({ validation }) => validation.pattern !== undefined);
  const [pattern, phone, regions] = await Promise.all([
    hasPattern ? import('@kequn/rules/pattern') : neverAsked,
    asks('PHONE') ? import('@kequn/rules/phone') : neverAsked,
    asks('REGION') ? import('@kequn/rules/regions') : neverAsked,
  ]);
  tools.value ??= {
    isPattern: pattern.isPattern,
    matches: pattern.matches,
    phone: phone.phone,
    phoneCountry: phone.phoneCountry,
    isPhoneCountry: phone.isPhoneCountry,
    regions: regions.regions,
  };
}

/** In the place of what no field needs. */
const neverAsked: CheckTools = {
  isPattern: () => false,
  matches: () => false,
  phone: () => undefined,
  phoneCountry: () => undefined,
  isPhoneCountry: () => false,
  regions: new Map(),
};

/** What checking values takes, undefined until it is loaded; loading begins with the first call. */
export function useCheckTools(): Readonly<ShallowRef<CheckTools | undefined>> {
  void loadCheckTools();
  return tools;
}
