import { computed, onScopeDispose, shallowRef, watch, type ComputedRef } from 'vue';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { announce } from '../ui/announcer.ts';
import type { GridChange } from '../ui/grid-column.ts';
import { arranged, inSight, usualChoice, writeColumns, type ColumnChoice } from './column-choice.ts';
import type { CustomerColumn } from './columns.ts';
import type { ListView } from './list-address.ts';
import { rememberColumns, rememberedColumns } from './remembered-columns.ts';

/** Browsers refuse an address that changes with every pixel of a drag. */
const QUIET_MS = 250;

/** Where a list's columns come from, and where they go. */
export interface ColumnSource {
  /** All that there are. */
  all(): readonly CustomerColumn[];
  view(): ListView;
  /** Writes the columns into the address. */
  write(columns: readonly ColumnChoice[] | null): void;
}

/** The columns of a list. */
export interface ListColumns {
  /** What was chosen here or is remembered; null: nothing. */
  readonly chosen: ComputedRef<readonly ColumnChoice[] | null>;
  /** What is shown. */
  readonly choice: ComputedRef<readonly ColumnChoice[]>;
  choose(columns: readonly ColumnChoice[] | null): void;
  /** Does what a reader asked for at the table, and announces it. */
  arrange(change: GridChange): void;
}

/** The columns by the address, else those that this browser remembers, except in a list that is kept, else the usual ones. */
export function useColumns({ all, view, write }: ColumnSource): ListColumns {
  const t = useMessages();
  const format = useFormat();
  /** What is chosen and not yet in the address. */
  const pending = shallowRef<{ readonly columns: readonly ColumnChoice[] | null }>();
  let timer: number | undefined;

  const chosen = computed(() => {
    if (pending.value) return pending.value.columns;
    const { columns, keptId } = view();
    return columns ?? (keptId === null ? rememberedColumns() : null);
  });
  // An address may name nothing but fields that are none any more.
  const choice = computed(() => {
    const keys = new Set(all().map(({ key }) => key));
    return chosen.value?.some(({ key }) => keys.has(key)) ? chosen.value : usualChoice(all());
  });

  function settle(): void {
    window.clearTimeout(timer);
    pending.value = undefined;
  }
  watch(() => `${view().keptId} ${writeColumns(view().columns ?? [])}`, settle);
  onScopeDispose(settle);

  function choose(columns: readonly ColumnChoice[] | null): void {
    pending.value = { columns };
    if (view().keptId === null) rememberColumns(columns);
    window.clearTimeout(timer);
    timer = window.setTimeout(() => write(columns), QUIET_MS);
  }

  function told(change: GridChange, after: readonly ColumnChoice[]): string {
    const label = all().find(({ key }) => key === change.key)?.label ?? change.key;
    const { isWide, isPinned, isLoose, isHidden } = t.value.grid;
    if (change.kind === 'PIN') return (change.pinned ? isPinned : isLoose)(label);
    if (change.kind === 'HIDE') return isHidden(label);
    const shown = inSight(after);
    const place = shown.findIndex(({ key }) => key === change.key);
    if (change.kind === 'WIDTH') return isWide(label, format.value.number(shown[place]?.width ?? 0));
    return t.value.order.movedTo(format.value.number(place + 1), format.value.number(shown.length));
  }

  return {
    chosen,
    choice,
    choose,
    arrange(change) {
      const after = arranged(choice.value, change);
      choose(after);
      announce(told(change, after));
    },
  };
}
