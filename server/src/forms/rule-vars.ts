import {
  isFieldItem,
  partsOf,
  type FormItem,
  type FormLayout,
  type FormPage,
  type FormSection,
  type Rule,
} from '@kequn/rules';

/** The keys that a rule names as it was sent. */
export function varsIn(rule: Rule | undefined): readonly string[] {
  if (typeof rule !== 'object' || rule === null) return [];
  if (Array.isArray(rule)) return (rule as readonly Rule[]).flatMap(varsIn);
  return Object.entries(rule).flatMap(([operation, operand]) =>
    operation === 'var' ? [operand].flat().filter((key) => typeof key === 'string') : varsIn(operand as Rule),
  );
}

/** The keys that the rules of a layout name. */
export function varsInLayout(layout: FormLayout): ReadonlySet<string> {
  return new Set(partsOf(layout).flatMap(({ part }) => rulesOf(part).flatMap(varsIn)));
}

/** The rules of a part of a layout; undefined for each that it has not. */
export function rulesOf(part: FormPage | FormSection | FormItem): readonly (Rule | undefined)[] {
  if (!isFieldItem(part)) return [part.visibleWhen];
  const { visibleWhen, requiredWhen, readOnlyWhen, compute, optionsWhen = {}, default: initial } = part;
  return [visibleWhen, requiredWhen, readOnlyWhen, compute, initial, ...Object.values(optionsWhen)];
}
