import {
  checkRule,
  checkRuleOfField,
  sayFormula,
  sayRule,
  type FieldDefinition,
  type Json,
  type Rule,
} from '@kequn/rules';
import { computed, type ComputedRef } from 'vue';
import { useDisplay } from '../field-kit/display.ts';
import { useCatalogue } from '../fields/catalogue.ts';
import { useDesigning } from './designing.ts';

/** Whether what computes a value names no field: then it is the value itself. */
export function isFixed(rule: Rule): boolean {
  return rule === null || typeof rule !== 'object' || Array.isArray(rule);
}

/** Tells rules of a form in the reader's language: conditions, and what computes a value of a field. What is wrong with one is told instead. */
export function useRuleWords(): ComputedRef<(rule: Rule, field?: FieldDefinition) => string> {
  const catalogue = useCatalogue();
  const designing = useDesigning();
  const display = useDisplay();
  return computed(() => (rule, field) => {
    if (field && isFixed(rule)) return display.value(rule as Json, field);
    const checked = field ? checkRuleOfField(rule, field, designing.catalogue) : checkRule(rule, designing.catalogue);
    if (!checked.ok) return checked.problems.map(({ message }) => message[catalogue.reader.locale]).join(' ');
    return field ? sayFormula(checked.value, catalogue.reader) : sayRule(checked.value, catalogue.reader);
  });
}
