import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { useApi } from '../api/client.ts';
import { CustomerToTryAsRoleDocument, CustomerToTryDocument } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';
import { useCatalogue } from '../fields/catalogue.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { useProblemToast } from '../ui/use-problem-text.ts';
import type { FormForRole } from './role-view.ts';
import { nothing, sampleOf, storedOf, type Begun, type TrialStart, type TriedForm } from './trial-start.ts';

/** With what a form is tried. */
export interface TrialStarting {
  readonly start: Ref<TrialStart>;
  readonly customerId: Ref<string | null>;
  /** Undefined where there is nothing to begin with, yet; `note` says why. */
  readonly begun: Readonly<ShallowRef<Begun | undefined>>;
  readonly note: ComputedRef<string>;
  readonly loading: Ref<boolean>;
  another(): void;
}

/** Begins a form anew whenever what it is tried with changes, the role that it is looked on as, or its language. Nothing of it is ever saved. */
export function useTrialStart(form: () => TriedForm, seen: () => FormForRole | undefined): TrialStarting {
  const t = useMessages();
  const api = useApi();
  const catalogue = useCatalogue();
  const tellProblem = useProblemToast();
  const start = ref<TrialStart>('empty');
  const customerId = ref<string | null>(null);
  const seed = ref(1);
  const begun = shallowRef<Begun | undefined>(nothing);
  const missing = ref<'asRoleUnseen' | 'gone' | 'chooseFirst'>();
  const loading = ref(false);
  let latest = 0;

  async function customerOf(id: string): Promise<Begun | undefined> {
    const role = seen();
    if (!role) {
      const { customer } = await api.query(CustomerToTryDocument, { id });
      missing.value = 'gone';
      return customer ? storedOf(customer, (key) => catalogue.byKey.get(key)?.readable === true) : undefined;
    }
    const { customer } = await api.query(CustomerToTryAsRoleDocument, { id, roleId: role.roleId });
    missing.value = customer ? 'asRoleUnseen' : 'gone';
    const values = customer?.valuesFor ?? null;
    return customer && values !== null
      ? storedOf({ ...customer, values }, (key) => role.access.get(key) !== 'MASKED')
      : undefined;
  }

  async function found(): Promise<Begun | undefined> {
    if (start.value === 'empty') return nothing;
    if (start.value === 'sample') return sampleOf(form(), String(seed.value));
    missing.value = 'chooseFirst';
    return customerId.value === null ? undefined : customerOf(customerId.value);
  }

  async function begin(): Promise<void> {
    const turn = (latest += 1);
    loading.value = true;
    try {
      const now = await found();
      if (turn === latest) begun.value = now;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      missing.value = undefined;
      if (turn === latest) begun.value = undefined;
      tellProblem(error);
    } finally {
      if (turn === latest) loading.value = false;
    }
  }

  watch([start, customerId, seed, seen, () => start.value === 'sample' && form().language], () => void begin());

  return {
    start,
    customerId,
    begun,
    note: computed(() => (begun.value || loading.value || !missing.value ? '' : t.value.trial[missing.value])),
    loading,
    another: () => (seed.value += 1),
  };
}
