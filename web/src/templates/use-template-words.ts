import { computed, type ComputedRef } from 'vue';
import type { TemplatePartsFragment } from '../api/generated/graphql.ts';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { countsOf, type AppliedTemplate } from './applied-template.ts';

/** What is said of templates in numbers. */
export interface TemplateWords {
  /** What a template has. */
  holds(template: TemplatePartsFragment): string;
  /** What was made of it; what was kept, or undefined where nothing was. */
  made(applied: AppliedTemplate): string;
  kept(applied: AppliedTemplate): string | undefined;
}

/** Says what templates have and what was made of them, in the language in use. */
export function useTemplateWords(): ComputedRef<TemplateWords> {
  const t = useMessages();
  const format = useFormat();
  return computed(() => {
    const { counts, made, nothingMade, keptSome } = t.value.templates;
    const list = (numbers: { readonly fields: number; readonly forms: number; readonly segments: number }) =>
      (['fields', 'forms', 'segments'] as const)
        .flatMap((noun) => (numbers[noun] > 0 ? [counts[noun](format.value.number(numbers[noun]))] : []))
        .join(' · ');
    return {
      holds: ({ fields, segments }) => list({ fields: fields.length, forms: 1, segments: segments.length }),
      made: (applied) => {
        const what = list(countsOf(applied).made);
        return what === '' ? nothingMade : made(what);
      },
      kept: (applied) => {
        const { kept } = countsOf(applied);
        return kept > 0 ? keptSome(format.value.number(kept)) : undefined;
      },
    };
  });
}
