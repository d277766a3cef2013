import { labelOf, type FieldDefinition, type Json } from '@kequn/rules';
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { useApi } from '../api/client.ts';
import {
  CustomerDocument,
  SaveCustomerDocument,
  type CustomerPartsFragment,
  type SaveCustomerMutation,
} from '../api/generated/graphql.ts';
import { ApiProblem, issuesByPath } from '../api/problem.ts';
import { loadCheckTools, useCheckTools } from '../field-kit/check-tools.ts';
import { useDisplay } from '../field-kit/display.ts';
import { useCatalogue, type CatalogueField } from '../fields/catalogue.ts';
import { locale } from '../i18n/locale.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { useSession } from '../session/session.ts';
import { announce } from '../ui/announcer.ts';
import { confirmed } from '../ui/confirm.ts';
import type { Difference, Resolution } from '../ui/ConflictDialog.vue';
import {
  changedKeys,
  checkCustomer,
  conflictingKeys,
  customerDraft,
  customerInput,
  filledInput,
  enter,
  ownerField,
  rebase,
  type CustomerDraft,
  type CustomerIssues,
  type FilledBy,
} from './customer-draft.ts';
import { useTakenValues } from './use-taken-values.ts';

/** What a save tells, and whether the customer is no longer among those whom the reader sees. */
export type Saved = SaveCustomerMutation['saveCustomer'] & { readonly hasLeft: boolean };

/** The form of one customer: what is entered, what is wrong with it, saving it, and what happens when somebody else saved first. */
export interface CustomerForm {
  readonly fields: ComputedRef<readonly CatalogueField[]>;
  readonly draft: Readonly<ShallowRef<CustomerDraft>>;
  readonly issues: ComputedRef<CustomerIssues>;
  /** Whether a save was refused for what is entered; what is found while typing refuses nothing. */
  readonly refused: ComputedRef<boolean>;
  readonly unsaved: ComputedRef<boolean>;
  readonly saving: Readonly<Ref<boolean>>;
  /** A refusal that is not about one field. */
  readonly refusal: Readonly<ShallowRef<ApiProblem | undefined>>;
  /** Set while it must be decided whose values are kept. */
  readonly differences: ComputedRef<readonly Difference[] | undefined>;
  enter(key: string, value: Json): void;
  /** Undefined where it was not saved; then the form tells why. */
  save(): Promise<Saved | undefined>;
  /** The same for what was filled by a form, which has checked it. */
  saveFilled(filled: FilledBy): Promise<Saved | undefined>;
  resolve(resolution: Resolution): Promise<Saved | undefined>;
  dropConflict(): void;
}

/** Binds a form to the customer that is given, null for a new one. It follows what is loaded anew until something is entered. */
export function useCustomerForm(customer: () => CustomerPartsFragment | null): CustomerForm {
  const t = useMessages();
  const api = useApi();
  const catalogue = useCatalogue();
  const display = useDisplay();
  const tools = useCheckTools();

  const draft = shallowRef(customerDraft(customer(), useSession().viewer?.id));
  const tried = ref(false);
  const saving = ref(false);
  const refusal = shallowRef<ApiProblem>();
  const theirs = shallowRef<CustomerDraft>();

  // Of a new customer nothing is computed yet.
  const fields = computed(() =>
    catalogue.live.filter(({ readable, computed: isComputed }) => readable && !(isComputed && draft.value.id === null)),
  );
  const checked = computed(() => [...fields.value.filter(({ writable }) => writable), ownerField]);
  const found = computed<CustomerIssues>(() =>
    tools.value ? checkCustomer(draft.value, checked.value, locale.value, tools.value) : {},
  );
  const taken = useTakenValues(() => {
    const { id, entered } = draft.value;
    const changed = new Set(changedKeys(draft.value));
    const asked = fields.value.filter(({ key, unique, writable }) => unique && writable && changed.has(key));
    return { customerId: id, entered: Object.fromEntries(asked.map(({ key }) => [key, entered[key] ?? null])) };
  });
  watch(taken, (now, before) => {
    if (now.length > before.length) announce(t.value.fields.taken);
  });
  const issues = computed<CustomerIssues>(() => ({
    ...issuesByPath(refusal.value),
    ...Object.fromEntries(taken.value.map((key) => [key, [t.value.fields.taken]])),
    ...(tried.value ? found.value : {}),
  }));
  const refused = computed(() => refusal.value !== undefined || (tried.value && Object.keys(found.value).length > 0));
  const unsaved = computed(() => changedKeys(draft.value).length > 0);

  watch(customer, (now) => {
    if (now && !unsaved.value) draft.value = customerDraft(now);
  });

  const differences = computed<readonly Difference[] | undefined>(() => {
    const other = theirs.value;
    if (!other) return undefined;
    return conflictingKeys(draft.value, other).map((key) => {
      const field: FieldDefinition = catalogue.byKey.get(key) ?? ownerField;
      const words = (value: Json | undefined): string => display.value(value, field);
      return {
        key,
        label: labelOf(field, locale.value),
        mine: words(draft.value.entered[key]),
        theirs: words(other.read[key]),
      };
    });
  });

  /** What was filled last, for a save that is made again once somebody has said whose values are kept. */
  let filledBy: FilledBy | undefined;

  async function send(leaveScope = false): Promise<Saved | undefined> {
    saving.value = true;
    refusal.value = undefined;
    try {
      const input = filledBy ? filledInput(draft.value, filledBy) : customerInput(draft.value);
      const variables = { input, ...(leaveScope && { leaveScope }) };
      const { saveCustomer } = await api.mutate(SaveCustomerDocument, variables);
      draft.value = customerDraft(saveCustomer.customer);
      tried.value = false;
      return { ...saveCustomer, hasLeft: leaveScope };
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (await mayLeave(error)) return send(true);
      await refuse(error);
      return undefined;
    } finally {
      saving.value = false;
    }
  }

  /** A customer who would not be seen any more is let go only on purpose; a new one cannot be. */
  async function mayLeave({ issues: told }: ApiProblem): Promise<boolean> {
    if (draft.value.id === null || !told.some(({ code, path }) => code === 'LEAVES_SCOPE' && path === 'values'))
      return false;
    const { leaveTitle, leaveMessage, leaveConfirm } = t.value.customers;
    const { cancel } = t.value.common;
    return confirmed({ title: leaveTitle, message: leaveMessage, confirm: leaveConfirm, cancel });
  }

  async function refuse(problem: ApiProblem): Promise<void> {
    // Whoever is signed out is asked to sign in, and can then save again.
    if (problem.code === 'UNAUTHENTICATED') return;
    const { id } = draft.value;
    if (problem.code !== 'CONFLICT' || id === null) {
      refusal.value = problem;
      return;
    }
    const { customer: now } = await api.query(CustomerDocument, { id });
    if (now) theirs.value = customerDraft(now);
    else refusal.value = problem;
  }

  return {
    fields,
    draft,
    issues,
    refused,
    unsaved,
    saving,
    refusal,
    differences,
    enter(key, value) {
      refusal.value = undefined;
      draft.value = enter(draft.value, key, value);
    },
    saveFilled(filled) {
      filledBy = filled;
      return send();
    },
    async save() {
      filledBy = undefined;
      tried.value = true;
      await loadCheckTools();
      return Object.keys(found.value).length > 0 ? undefined : send();
    },
    async resolve(resolution) {
      if (!theirs.value) return undefined;
      draft.value = rebase(draft.value, theirs.value, resolution);
      theirs.value = undefined;
      return send();
    },
    dropConflict() {
      theirs.value = undefined;
    },
  };
}
