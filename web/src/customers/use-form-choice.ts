import type { FormLayout, HiddenValues } from '@kequn/rules';
import { computed, type ComputedRef } from 'vue';
import { useRoute } from 'vue-router';
import { FormsToFillDocument } from '../api/generated/graphql.ts';
import { useLiveQuery } from '../api/use-query.ts';
import { hiddenValuesOf, layoutOf } from '../forms/form-sheet.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { Tab } from '../ui/TabLinks.vue';

/** A form by which a customer is filled. */
export interface ChosenForm {
  readonly id: string;
  readonly version: number;
  readonly layout: FormLayout;
  readonly hiddenValues: HiddenValues;
}

/** By which form a customer is filled, chosen in the address: the first that is for colleagues alone, unless another one or all fields are asked for. */
export function useFormChoice(): {
  /** Undefined: all fields as they stand in the catalogue. */
  readonly chosen: ComputedRef<ChosenForm | undefined>;
  readonly tabs: ComputedRef<readonly Tab[]>;
  /** Whether it is known which forms there are, or that this cannot be known now: until then nothing is to be entered. */
  readonly ready: ComputedRef<boolean>;
} {
  const t = useMessages();
  const route = useRoute();
  const { data, problem } = useLiveQuery(FormsToFillDocument, () => ({}));
  const forms = computed(() =>
    (data.value?.forms ?? [])
      .flatMap(({ published, ...form }) => (published ? [{ ...form, published }] : []))
      .toSorted((a, b) => Number(a.publicSlug !== null) - Number(b.publicSlug !== null)),
  );
  const to = (form: string) => ({ query: { ...route.query, form } });
  return {
    ready: computed(() => data.value !== undefined || problem.value !== undefined),
    chosen: computed(() => {
      const asked = route.query['form'];
      const usual = forms.value.find(({ publicSlug }) => publicSlug === null);
      const form = asked === undefined ? usual : forms.value.find(({ id }) => id === asked);
      if (!form) return undefined;
      const { number, layout, settings } = form.published;
      return { id: form.id, version: number, layout: layoutOf(layout), hiddenValues: hiddenValuesOf(settings) };
    }),
    tabs: computed(() => [
      ...forms.value.map(({ id, name }) => ({ key: id, label: name, to: to(id) })),
      { key: 'all', label: t.value.customers.allFields, to: to('all') },
    ]),
  };
}
