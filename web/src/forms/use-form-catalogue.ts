import { checkFormula, type FormCatalogue, type Node } from '@kequn/rules';
import { computed, type ComputedRef } from 'vue';
import { useCatalogue } from '../fields/catalogue.ts';

/** What a form may name: the fields that the viewer may read, and the formulas of those that are computed. */
export function useFormCatalogue(): ComputedRef<FormCatalogue> {
  const catalogue = useCatalogue();
  return computed(() => {
    const formulas = catalogue.live.flatMap(({ key, formula }): [string, Node][] => {
      const checked = formula === null ? undefined : checkFormula(formula, catalogue.forRules);
      return checked?.ok ? [[key, checked.value]] : [];
    });
    return { ...catalogue.forForms, formulas: new Map(formulas) };
  });
}
