import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/vue-virtual';
import { computed, onScopeDispose, ref, watch, watchEffect, type ComputedRef, type CSSProperties, type Ref } from 'vue';
import type { GridColumn } from './grid-column.ts';
import type { Cell } from './grid-keys.ts';

/** Height of every line, the head among them, in pixels. */
export const lineHeight = 44;
/** Of the frame's width, what pinned columns may take: beyond it those after would never come in sight. */
const pinnedShare = 2 / 3;

/** What a window looks at. */
export interface Windowed<Row> {
  readonly frame: Readonly<Ref<HTMLElement | null>>;
  columns(): readonly GridColumn[];
  rows(): readonly Row[];
  /** Pixels before the first column. */
  start(): number;
  /** Is drawn wherever the window is; row 0 is the head. */
  readonly active: Readonly<Ref<Cell>>;
}

/** A column that is drawn, where it is. */
export interface DrawnColumn {
  readonly column: GridColumn;
  readonly index: number;
  readonly stays: boolean;
  /** The last one that stays. */
  readonly edge: boolean;
  readonly style: CSSProperties;
}

/** A row that is drawn, where it is. */
export interface DrawnRow<Row> {
  readonly row: Row;
  readonly index: number;
  readonly top: number;
}

/** The part of a large grid that is drawn, and what is needed to draw it. */
export interface GridWindow<Row> {
  readonly columns: ComputedRef<readonly DrawnColumn[]>;
  readonly rows: ComputedRef<readonly DrawnRow<Row>[]>;
  /** In pixels, of all that there is. */
  readonly width: ComputedRef<number>;
  readonly height: ComputedRef<number>;
  /** The index of the last row in sight. */
  readonly lastRow: ComputedRef<number>;
  /** Whether columns are hidden behind those that stay. */
  readonly isScrolled: ComputedRef<boolean>;
  /** Brings a cell in sight. */
  scrollTo(cell: Cell): void;
}

/** Draws of rows and columns those in sight, the pinned columns, and the active cell. */
export function useGridWindow<Row>({ frame, columns, rows, start, active }: Windowed<Row>): GridWindow<Row> {
  const frameWidth = useWidth(frame);
  const staying = computed(() => {
    const room = frameWidth.value === 0 ? Infinity : frameWidth.value * pinnedShare - start();
    const pinned = columns().filter((column) => column.pinned);
    return pinned.filter((_, index) => widthOf(pinned.slice(0, index + 1)) <= room);
  });
  const loose = computed(() => columns().slice(staying.value.length));
  const before = computed(() => start() + widthOf(staying.value));

  const rowWindow = useVirtualizer(
    computed(() => ({
      count: rows().length,
      getScrollElement: () => frame.value,
      estimateSize: () => lineHeight,
      overscan: 12,
      paddingStart: lineHeight,
      scrollPaddingStart: lineHeight,
      rangeExtractor: rangeWith(active.value.row - 1),
    })),
  );
  const columnWindow = useVirtualizer(
    computed(() => ({
      horizontal: true,
      count: loose.value.length,
      getScrollElement: () => frame.value,
      estimateSize: (index: number) => loose.value[index]?.width ?? 0,
      overscan: 3,
      paddingStart: before.value,
      scrollPaddingStart: before.value,
      rangeExtractor: rangeWith(active.value.column - staying.value.length),
    })),
  );
  // Widths are not measured from the page: a change of one has to be told.
  watch(
    () => loose.value.map(({ width }) => width).join(),
    () => columnWindow.value.measure(),
  );

  const stayingDrawn = computed(() =>
    staying.value.map((column, index, all): DrawnColumn => {
      const left = start() + widthOf(all.slice(0, index));
      const style = { left: `${left}px`, width: `${column.width}px` };
      return { column, index, stays: true, edge: index === all.length - 1, style };
    }),
  );
  const looseDrawn = computed(() =>
    columnWindow.value.getVirtualItems().flatMap((item): DrawnColumn[] => {
      const column = loose.value[item.index];
      if (!column) return [];
      const index = staying.value.length + item.index;
      const style = { left: `${item.start}px`, width: `${column.width}px` };
      return [{ column, index, stays: false, edge: false, style }];
    }),
  );

  return {
    columns: computed(() => [...stayingDrawn.value, ...looseDrawn.value]),
    rows: computed(() =>
      rowWindow.value.getVirtualItems().flatMap(({ index, start: top }): DrawnRow<Row>[] => {
        const row = rows()[index];
        return row === undefined ? [] : [{ row, index, top }];
      }),
    ),
    width: computed(() => before.value + widthOf(loose.value)),
    height: computed(() => rowWindow.value.getTotalSize()),
    lastRow: computed(() => rowWindow.value.range?.endIndex ?? 0),
    isScrolled: computed(() => (columnWindow.value.scrollOffset ?? 0) > 0),
    scrollTo({ row, column }) {
      if (row > 0) rowWindow.value.scrollToIndex(row - 1);
      const free = column - staying.value.length;
      if (free >= 0) columnWindow.value.scrollToIndex(free);
    },
  };
}

/** The indexes in sight and one more, in order. */
function rangeWith(kept: number): (range: Range) => number[] {
  return (range) => {
    const seen = defaultRangeExtractor(range);
    if (kept < 0 || kept >= range.count || seen.includes(kept)) return seen;
    return [...seen, kept].toSorted((one, other) => one - other);
  };
}

function widthOf(columns: readonly GridColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width, 0);
}

/** The width of an element as it changes; 0 before it is there. */
function useWidth(element: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<number>> {
  const width = ref(0);
  const observer = new ResizeObserver(([entry]) => {
    width.value = entry?.contentRect.width ?? 0;
  });
  watchEffect(() => {
    observer.disconnect();
    if (element.value) observer.observe(element.value);
  });
  onScopeDispose(() => observer.disconnect());
  return width;
}
