import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';

/** Which customers of a list something is to be done with. */
export interface Selection {
  readonly ids: Readonly<ShallowRef<ReadonlySet<string>>>;
  /** All that the list has, those that are not loaded among them. */
  readonly everything: Ref<boolean>;
  readonly isEmpty: ComputedRef<boolean>;
  select(ids: readonly string[], on: boolean): void;
  clear(): void;
}

/** A selection that ends when the list becomes another one: what is no longer asked for must not be changed by mistake. */
export function useSelection(asked: () => unknown): Selection {
  const ids = shallowRef<ReadonlySet<string>>(new Set());
  const everything = ref(false);
  const clear = (): void => {
    ids.value = new Set();
    everything.value = false;
  };
  watch(() => JSON.stringify(asked()), clear);
  return {
    ids,
    everything,
    isEmpty: computed(() => ids.value.size === 0),
    select(changed, on) {
      everything.value = false;
      const next = new Set(ids.value);
      for (const id of changed)
        if (on) next.add(id);
        else next.delete(id);
      ids.value = next;
    },
    clear,
  };
}
