import type { FieldDefinition, Json } from '@kequn/rules';
import { computed, type ComputedRef } from 'vue';
import { useMessages } from '../i18n/use-messages.ts';
import { useCatalogue } from './catalogue.ts';

/** By what a customer is called: the first text that is filled in, in the order of the fields; undefined where there is none. */
function titleOf(values: Json, fields: readonly FieldDefinition[]): string | undefined {
  const held = values as Readonly<Record<string, Json>>;
  const named = fields.find(({ key, type }) => type === 'TEXT' && typeof held[key] === 'string' && held[key] !== '');
  return named && String(held[named.key]);
}

/** Names customers; one without any text goes by the end of its id, where ids differ most. */
export function useCustomerTitle(): ComputedRef<(customer: { readonly id: string; readonly values: Json }) => string> {
  const t = useMessages();
  const catalogue = useCatalogue();
  return computed(() => {
    const { live } = catalogue;
    const { unnamed } = t.value.customers;
    return ({ id, values }) => titleOf(values, live) ?? unnamed(id.slice(-6));
  });
}
