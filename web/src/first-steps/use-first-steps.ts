import { computed, type ComputedRef } from 'vue';
import { FirstStepsDocument } from '../api/generated/graphql.ts';
import { useLiveQuery } from '../api/use-query.ts';
import { useCatalogue } from '../fields/catalogue.ts';

/** What there has to be before the app shows what it does, in this order. */
export const steps = ['describe', 'enter', 'divide'] as const;

/** How far somebody is who has just begun. */
export interface FirstSteps {
  readonly done: ComputedRef<Readonly<Record<(typeof steps)[number], boolean>>>;
  /** Whether there is neither a field nor a customer: the demo data may be loaded. */
  readonly isEmpty: ComputedRef<boolean>;
}

/** Asks how far it is. */
export function useFirstSteps(): FirstSteps {
  const catalogue = useCatalogue();
  const { data } = useLiveQuery(FirstStepsDocument, () => ({}));
  return {
    done: computed(() => ({
      describe: catalogue.live.length > 0,
      enter: (data.value?.customers.nodes.length ?? 0) > 0,
      divide: (data.value?.segments.length ?? 0) > 0,
    })),
    isEmpty: computed(
      () => catalogue.ready && catalogue.all.every(({ system }) => system) && data.value?.customers.nodes.length === 0,
    ),
  };
}
