import type { Messages } from '../i18n/zh-CN.ts';
import type { TableSort } from './DataTable.vue';
import { widthStep, type GridChange, type GridColumn } from './grid-column.ts';
import { sortedBy } from './grid-sort.ts';
import type { MenuItem } from './PopMenu.vue';

/** What the menu of a column's head offers. */
export type HeadAct =
  'ascending' | 'descending' | 'none' | 'pin' | 'unpin' | 'left' | 'right' | 'wider' | 'narrower' | 'hide';

/** The menu of one column among these; the last column that is shown cannot be hidden. */
export function headMenu(
  column: GridColumn,
  columns: readonly GridColumn[],
  sort: readonly TableSort[],
  texts: Messages['grid'],
): readonly MenuItem<HeadAct>[] {
  const sorted = sortedBy(sort, column.key);
  const sorts = (['ascending', 'descending', 'none'] as const).map((key) => ({
    key,
    label: texts.acts[key],
    checked: key === sorted,
  }));
  const others: readonly MenuItem<HeadAct>[] = [
    { key: column.pinned ? 'unpin' : 'pin', label: texts.acts[column.pinned ? 'unpin' : 'pin'] },
    { key: 'left', label: texts.acts.left, disabled: !neighbour(column, columns, -1) },
    { key: 'right', label: texts.acts.right, disabled: !neighbour(column, columns, 1) },
    { key: 'wider', label: texts.acts.wider },
    { key: 'narrower', label: texts.acts.narrower },
    { key: 'hide', label: texts.acts.hide, disabled: columns.length === 1 },
  ];
  return column.sortable ? [...sorts, ...others] : others;
}

/** What an act changes of the columns; undefined for one that sorts. */
export function changeOf(act: HeadAct, column: GridColumn, columns: readonly GridColumn[]): GridChange | undefined {
  const { key, width } = column;
  switch (act) {
    case 'pin':
    case 'unpin':
      return { kind: 'PIN', key, pinned: act === 'pin' };
    case 'left':
    case 'right': {
      const to = neighbour(column, columns, act === 'left' ? -1 : 1);
      return to && { kind: 'MOVE', key, to: to.key };
    }
    case 'wider':
    case 'narrower':
      return { kind: 'WIDTH', key, width: width + (act === 'wider' ? widthStep : -widthStep) };
    case 'hide':
      return { kind: 'HIDE', key };
    default:
      return undefined;
  }
}

/** The column at one side, among those that are pinned or among those that are not. */
function neighbour(column: GridColumn, columns: readonly GridColumn[], by: 1 | -1): GridColumn | undefined {
  const other = columns[columns.indexOf(column) + by];
  return other?.pinned === column.pinned ? other : undefined;
}
