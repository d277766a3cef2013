import type { Json } from '@kequn/rules';
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef } from 'vue';
import { useApi } from '../api/client.ts';
import { ValueTakenDocument } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';

/** Between the last key and the question. */
const QUIET_MS = 300;

/** Entries of unique fields, and for whom they are asked. */
export interface UniqueEntries {
  readonly customerId: string | null;
  /** What differs from what the customer has, by field key. */
  readonly entered: Readonly<Record<string, Json>>;
}

/** What the server said of one entry; it says nothing of another. */
interface Answer {
  readonly value: Json;
  readonly taken: boolean;
}

/**
 * The keys of the unique fields whose entry another customer has, asked while it is typed. It is a hint: what cannot be asked, or may not
 * be, is left to the save, which decides.
 */
export function useTakenValues(entries: () => UniqueEntries): ComputedRef<readonly string[]> {
  const api = useApi();
  const answers = shallowRef<Readonly<Record<string, Answer>>>({});
  let timer: number | undefined;

  async function ask(key: string, value: Json): Promise<void> {
    const taken = await isTaken(key, value);
    // A late answer may be to what is no longer entered.
    if (entries().entered[key] === value) answers.value = { ...answers.value, [key]: { value, taken } };
  }

  async function isTaken(fieldKey: string, value: Json): Promise<boolean> {
    try {
      const exceptCustomerId = entries().customerId;
      return (await api.query(ValueTakenDocument, { fieldKey, value, exceptCustomerId })).valueTaken;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      return false;
    }
  }

  function askAll(): void {
    for (const [key, value] of Object.entries(entries().entered)) {
      if (value !== null && value !== '' && answers.value[key]?.value !== value) void ask(key, value);
    }
  }

  watch(
    () => JSON.stringify(entries()),
    () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(askAll, QUIET_MS);
    },
  );
  onScopeDispose(() => window.clearTimeout(timer));

  return computed(() => {
    const { entered } = entries();
    return Object.keys(entered).filter((key) => answers.value[key]?.taken && answers.value[key].value === entered[key]);
  });
}
