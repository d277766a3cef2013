import { computed, ref, type ComputedRef } from 'vue';

/** Rows of which some are selected. */
export interface SelectableRows<Row> {
  rows(): readonly Row[];
  key(row: Row): string;
  /** Undefined: nothing can be selected. */
  selected(): ReadonlySet<string> | undefined;
  select(keys: readonly string[], on: boolean): void;
}

/** What selects rows. */
export interface RowSelection {
  readonly all: ComputedRef<boolean>;
  readonly some: ComputedRef<boolean>;
  /** Selects a row or lets it go; `through`: and all from the one that was toggled last. */
  toggle(index: number, through: boolean): void;
  toggleAll(): void;
}

/** Selects rows one by one, from one to another, or all that there are. */
export function useRowSelection<Row>({ rows, key, selected, select }: SelectableRows<Row>): RowSelection {
  const lastToggled = ref<number>();
  const all = computed(() => rows().length > 0 && rows().every((row) => selected()?.has(key(row))));
  return {
    all,
    some: computed(() => !all.value && (selected()?.size ?? 0) > 0),
    toggle(index, through) {
      const row = rows()[index];
      if (!row) return;
      const on = !selected()?.has(key(row));
      const from = through ? (lastToggled.value ?? index) : index;
      const [first, last] = from < index ? [from, index] : [index, from];
      lastToggled.value = index;
      select(
        rows()
          .slice(first, last + 1)
          .map(key),
        on,
      );
    },
    toggleAll: () => select(rows().map(key), !all.value),
  };
}
