import {
  compileFormula,
  computedType,
  eventProperty,
  eventTypesOf,
  momentAt,
  optionsOf,
  type FieldDefinition,
  type Json,
  type Node,
  type Row,
  type Value,
} from '@kequn/rules';
import type { CustomerRowFragment } from '../api/generated/graphql.ts';

/** What a formula gives, as the field that it would be. */
export function resultField(formula: Node): FieldDefinition {
  return { ...eventProperty('result', computedType(formula), ''), computed: true, options: optionsOf(formula) };
}

/** What a formula comes to for a customer now; undefined where it asks what the customer did, which is not at hand here. */
export function computeFor(
  customer: CustomerRowFragment,
  formula: Node,
  fields: readonly FieldDefinition[],
  timeZone: string,
): Value | undefined {
  if (eventTypesOf(formula).size > 0) return undefined;
  return compileFormula(formula)(rowOf(customer, fields), momentAt(new Date().toISOString(), timeZone));
}

function rowOf(customer: CustomerRowFragment, fields: readonly FieldDefinition[]): Row {
  const values = customer.values as Readonly<Record<string, Json>>;
  const entered = fields.map(({ key }) => [key, (values[key] ?? null) as Value] as const);
  return {
    ...Object.fromEntries(entered),
    created_at: customer.createdAt,
    updated_at: customer.updatedAt,
    owner: customer.owner?.id ?? null,
  };
}
