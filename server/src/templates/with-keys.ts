import type { FieldItem, FieldValidation, FormItem, FormLayout, FormPage, FormSection, Rule } from '@kequn/rules';
import { mapItems } from '../forms/form-catalogue.ts';

/** What a field goes by instead of the key that a template gives it. */
export type KeyOf = (key: string) => string;

/** A rule that reads its fields under other keys. */
export function ruleWithKeys(rule: Rule, keyOf: KeyOf): Rule {
  if (typeof rule !== 'object' || rule === null) return rule;
  if (Array.isArray(rule)) return (rule as readonly Rule[]).map((each) => ruleWithKeys(each, keyOf));
  return Object.fromEntries(
    Object.entries(rule).map(([operation, operand]) => [
      operation,
      operation === 'var' && typeof operand === 'string' ? keyOf(operand) : ruleWithKeys(operand as Rule, keyOf),
    ]),
  );
}

/** What is asked of the values of a field, whose rule reads its fields under other keys. */
export function validationWithKeys(validation: FieldValidation, keyOf: KeyOf): FieldValidation {
  const { rule, ...others } = validation;
  return rule === undefined ? validation : { ...others, rule: ruleWithKeys(rule as Rule, keyOf) };
}

/** A layout that places and reads its fields under other keys. */
export function layoutWithKeys(layout: FormLayout, keyOf: KeyOf): FormLayout {
  const pages = layout.pages.map((page) => ({
    ...shownByKeys(page, keyOf),
    sections: page.sections.map((section) => shownByKeys(section, keyOf)),
  }));
  return mapItems({ pages }, (item) => {
    const shown = shownByKeys(item, keyOf);
    return ['field' in shown ? itemWithKeys(shown, keyOf) : shown];
  });
}

function shownByKeys<T extends FormPage | FormSection | FormItem>(part: T, keyOf: KeyOf): T {
  return part.visibleWhen === undefined ? part : { ...part, visibleWhen: ruleWithKeys(part.visibleWhen, keyOf) };
}

const ruleParts = ['requiredWhen', 'readOnlyWhen', 'default', 'compute'] as const;

function itemWithKeys(item: FieldItem, keyOf: KeyOf): FieldItem {
  const rules = ruleParts.flatMap((part) => {
    const rule = item[part];
    return rule === undefined ? [] : [[part, ruleWithKeys(rule, keyOf)] as const];
  });
  const options = Object.entries(item.optionsWhen ?? {}).map(([key, rule]) => [key, ruleWithKeys(rule, keyOf)]);
  return {
    ...item,
    field: keyOf(item.field),
    ...Object.fromEntries(rules),
    ...(item.optionsWhen && { optionsWhen: Object.fromEntries(options) }),
  };
}
