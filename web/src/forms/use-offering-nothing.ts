import { labelOf } from '@kequn/rules';
import { computed, type ComputedRef } from 'vue';
import { useFormat } from '../i18n/format.ts';
import { locale } from '../i18n/locale.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { useDesigning } from './designing.ts';
import type { OffersNothing } from './option-table.ts';

/** So many values are told by name. */
const NAMED = 5;

/** Tells with which values of another field one offers nothing, in the reader's language. */
export function useOfferingNothing(): ComputedRef<(found: OffersNothing) => string> {
  const t = useMessages();
  const format = useFormat();
  const designing = useDesigning();
  return computed(() => ({ decider, values }) => {
    const field = designing.catalogue.fields.get(decider);
    const labels = values.map((value) => {
      const option = field?.options.find(({ key }) => key === value);
      return option ? labelOf(option, locale.value) : value;
    });
    const named = format.value.list(labels.slice(0, NAMED));
    const told = labels.length > NAMED ? t.value.optionTable.andMore(named, labels.length) : named;
    return t.value.optionTable.offersNothing(field ? labelOf(field, locale.value) : decider, told);
  });
}
