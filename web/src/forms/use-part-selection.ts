import { computed, shallowRef, watch, type ComputedRef } from 'vue';
import type { FormDraft } from './form-draft.ts';
import type { SelectHow } from './designing.ts';
import { partsOfDraft } from './form-tree.ts';

/** What of a form is selected. */
export interface PartSelection {
  readonly selected: ComputedRef<ReadonlySet<string>>;
  /** The part that the keys walk on from: the one selected last, or the first of all. */
  readonly current: ComputedRef<string | undefined>;
  select(id: string, how: SelectHow): void;
  selectAll(ids: readonly string[]): void;
  clear(): void;
}

/** Selects parts of a form; what is gone from it is selected no more. */
export function usePartSelection(draft: () => FormDraft): PartSelection {
  const chosen = shallowRef<ReadonlySet<string>>(new Set());
  const last = shallowRef<string>();
  /** Where a range begins. */
  let anchor: string | undefined;
  const ids = computed(() => partsOfDraft(draft()).map(({ id }) => id));
  const present = computed(() => new Set(ids.value));

  watch(present, (now) => {
    if ([...chosen.value].some((id) => !now.has(id)))
      chosen.value = new Set([...chosen.value].filter((id) => now.has(id)));
  });

  function selectAll(next: readonly string[]): void {
    chosen.value = new Set(next);
    anchor = last.value = next[0];
  }

  function between(from: string, to: string): readonly string[] {
    const [a, b] = [ids.value.indexOf(from), ids.value.indexOf(to)];
    return a === -1 ? [to] : ids.value.slice(Math.min(a, b), Math.max(a, b) + 1);
  }

  return {
    selected: computed(() => chosen.value),
    current: computed(() => (last.value !== undefined && present.value.has(last.value) ? last.value : ids.value[0])),
    select(id, how) {
      if (how === 'only') return selectAll([id]);
      if (how === 'range') chosen.value = new Set(between(anchor ?? id, id));
      else {
        const next = new Set(chosen.value);
        if (!next.delete(id)) next.add(id);
        chosen.value = next;
        anchor = id;
      }
      last.value = id;
    },
    selectAll,
    clear: () => selectAll([]),
  };
}
