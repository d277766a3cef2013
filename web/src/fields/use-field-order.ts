import { computed, shallowRef, watch, type ComputedRef } from 'vue';
import { useApi } from '../api/client.ts';
import { OrderFieldsDocument } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';
import { reorderedWithin } from '../ui/moved.ts';
import { useProblemToast } from '../ui/use-problem-text.ts';
import { useCatalogue, type CatalogueField } from './catalogue.ts';

/** The fields in the order in which forms and lists have them, and how that is changed. */
export interface FieldOrder {
  /** All that are not the system's, archived ones too. */
  readonly fields: ComputedRef<readonly CatalogueField[]>;
  /** Puts the fields that are seen into another order; those that are not keep their places. */
  order(seen: readonly CatalogueField[]): Promise<void>;
}

/** An order is seen at once, and put back where the server refuses it. */
export function useFieldOrder(): FieldOrder {
  const api = useApi();
  const catalogue = useCatalogue();
  const tellProblem = useProblemToast();

  const stored = computed(() => catalogue.all.filter(({ system }) => !system));
  const wished = shallowRef<readonly CatalogueField[]>();
  const fields = computed(() => wished.value ?? stored.value);
  let sending = false;

  watch(stored, () => {
    if (!sending) wished.value = undefined;
  });

  /** One at a time, or an earlier order could arrive last; what was wished meanwhile is sent after it. */
  async function send(): Promise<void> {
    let sent: readonly CatalogueField[] | undefined;
    while (wished.value && wished.value !== sent) {
      sent = wished.value;
      await api.mutate(OrderFieldsDocument, { keys: sent.map(({ key }) => key) });
    }
  }

  async function order(seen: readonly CatalogueField[]): Promise<void> {
    wished.value = reorderedWithin(fields.value, seen);
    if (sending) return;
    sending = true;
    try {
      await send();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      wished.value = undefined;
      tellProblem(error);
    } finally {
      sending = false;
    }
  }

  return { fields, order };
}
