import { computed, ref, type ComputedRef, type Ref } from 'vue';
import { cellAfterKey, type Cell } from '../ui/grid-keys.ts';
import { blockBetween, isWithin, type Block } from './block.ts';

/** Where one is in a matrix, and what is selected from there. */
export interface MatrixCursor {
  /** The cell that has the focus; row 0 and column 0 are heads. */
  readonly active: Ref<Cell>;
  readonly block: ComputedRef<Block>;
  readonly isMany: ComputedRef<boolean>;
  isSelected(cell: Cell): boolean;
  /** Selects a cell alone, or all up to it. */
  moveTo(cell: Cell, extend: boolean): void;
  /** Where a key leads, if it leads anywhere. */
  targetOf(event: KeyboardEvent, page: number): Cell | undefined;
  /** Selects the active cell alone. */
  collapse(): void;
}

/** Walks a matrix of so many rows and columns, its heads not counted. */
export function useMatrixCursor(size: () => { readonly rows: number; readonly columns: number }): MatrixCursor {
  const active = ref<Cell>({ row: 1, column: 1 });
  const anchor = ref<Cell>(active.value);
  const block = computed(() => blockBetween(anchor.value, active.value, size()));
  const isMany = computed(() => block.value.top < block.value.bottom || block.value.left < block.value.right);
  return {
    active,
    block,
    isMany,
    isSelected: (cell) => isMany.value && isWithin(cell, block.value),
    moveTo(cell, extend) {
      active.value = cell;
      if (!extend) anchor.value = cell;
    },
    targetOf({ key, ctrlKey, metaKey, altKey }, page) {
      const { rows, columns } = size();
      const event = { key, ctrlKey, metaKey, altKey, shiftKey: false };
      return cellAfterKey(active.value, event, { rows: rows + 1, columns: columns + 1, page });
    },
    collapse() {
      anchor.value = active.value;
    },
  };
}
