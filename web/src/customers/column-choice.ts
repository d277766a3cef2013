import type { GridChange, GridColumn } from '../ui/grid-column.ts';
import { moved } from '../ui/moved.ts';
import type { CustomerColumn } from './columns.ts';

/** One column that a list shows. */
export interface ColumnChoice {
  readonly key: string;
  /** In pixels; null: the usual of its column. */
  readonly width: number | null;
  readonly pinned: boolean;
}

/** What a width may be, as the server has it. */
export const columnWidth = { min: 60, max: 1_000 } as const;
/** Fields that a list shows before anybody chooses. */
const usualFields = 12;

/** What a list shows before anybody chooses: who it is, the first fields, the owner, and when it changed. */
export function usualChoice(columns: readonly CustomerColumn[]): readonly ColumnChoice[] {
  const [first, ...others] = columns;
  const fields = others.filter(({ system }) => !system).slice(0, usualFields);
  const system = others.filter(({ key }) => key === 'owner' || key === 'updated_at');
  return [...(first ? [first] : []), ...fields, ...system].map(({ key }, index) => ({
    key,
    width: null,
    pinned: index === 0,
  }));
}

/** The chosen columns that there are, pinned ones first. */
export function chosenColumns(
  columns: readonly CustomerColumn[],
  choice: readonly ColumnChoice[],
  sortable: boolean,
): readonly GridColumn[] {
  const byKey = new Map(columns.map((column) => [column.key, column]));
  return inSight(choice).flatMap(({ key, width, pinned }): GridColumn[] => {
    const column = byKey.get(key);
    if (!column) return [];
    const { label, numeric, usualWidth } = column;
    return [{ key, label, numeric, width: width ?? usualWidth, pinned, sortable: sortable && column.sortable }];
  });
}

/** The choice with one column as wide as asked, within what is allowed. */
export function withWidth(choice: readonly ColumnChoice[], key: string, width: number): readonly ColumnChoice[] {
  const allowed = Math.round(Math.max(columnWidth.min, Math.min(columnWidth.max, width)));
  return choice.map((column) => (column.key === key ? { ...column, width: allowed } : column));
}

/** The choice with one column shown at the end, or shown no more. */
export function withShown(choice: readonly ColumnChoice[], key: string, shown: boolean): readonly ColumnChoice[] {
  const others = choice.filter((column) => column.key !== key);
  return shown ? [...others, { key, width: null, pinned: false }] : others;
}

/** The choice with one column pinned or let go. */
export function withPinned(choice: readonly ColumnChoice[], key: string, pinned: boolean): readonly ColumnChoice[] {
  return choice.map((column) => (column.key === key ? { ...column, pinned } : column));
}

/** The choice as the table shows it: pinned columns first. */
export function inSight(choice: readonly ColumnChoice[]): readonly ColumnChoice[] {
  return [...choice.filter(({ pinned }) => pinned), ...choice.filter(({ pinned }) => !pinned)];
}

/** The choice after a reader did something to a column. */
export function arranged(choice: readonly ColumnChoice[], change: GridChange): readonly ColumnChoice[] {
  switch (change.kind) {
    case 'WIDTH':
      return withWidth(choice, change.key, change.width);
    case 'PIN':
      return withPinned(choice, change.key, change.pinned);
    case 'HIDE':
      return withShown(choice, change.key, false);
    case 'MOVE':
      return withMoved(choice, change.key, change.to);
  }
}

/** The choice with one column at the place of another, and pinned if that is. */
function withMoved(choice: readonly ColumnChoice[], key: string, to: string): readonly ColumnChoice[] {
  const shown = inSight(choice);
  const place = shown.findIndex((column) => column.key === to);
  const from = shown.findIndex((column) => column.key === key);
  if (place < 0 || from < 0) return choice;
  return withPinned(moved(shown, from, place), key, shown[place]!.pinned);
}

/** Writes a choice for an address: `name.240.p,age,created_at.160`. */
export function writeColumns(choice: readonly ColumnChoice[]): string {
  return choice
    .map(({ key, width, pinned }) => [key, width ?? '', pinned ? 'p' : ''].join('.').replace(/\.+$/, ''))
    .join();
}

/** Reads a choice from an address; what is none there is left out, and nothing at all is no choice. */
export function readColumns(text: string): readonly ColumnChoice[] | null {
  const met = new Set<string>();
  const choice = text.split(',').flatMap((part): ColumnChoice[] => {
    const [, key, width, pinned] = /^([a-z][a-z0-9_]*)(?:\.(\d{0,4}))?(?:\.(p))?$/.exec(part) ?? [];
    if (!key || met.has(key)) return [];
    met.add(key);
    const wide = Number(width);
    const isWidth = Boolean(width) && wide >= columnWidth.min && wide <= columnWidth.max;
    return [{ key, width: isWidth ? wide : null, pinned: pinned === 'p' }];
  });
  return choice.length > 0 ? choice : null;
}
