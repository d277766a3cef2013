import type { Cell } from '../ui/grid-keys.ts';

/** A rectangle of cells, counted from 1, since row 0 and column 0 are heads; both ends belong to it. */
export interface Block {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** What two corners span. A head stands for its whole column or row. */
export function blockBetween(one: Cell, other: Cell, size: { readonly rows: number; readonly columns: number }): Block {
  const [top, bottom] = span(one.row, other.row, size.rows);
  const [left, right] = span(one.column, other.column, size.columns);
  return { top, bottom, left, right };
}

/** Whether a cell belongs to a block. */
export function isWithin({ row, column }: Cell, { top, bottom, left, right }: Block): boolean {
  return row >= top && row <= bottom && column >= left && column <= right;
}

/** Every cell of a block, row by row. */
export function cellsOf({ top, bottom, left, right }: Block): Cell[] {
  const cells: Cell[] = [];
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) cells.push({ row, column });
  return cells;
}

function span(one: number, other: number, last: number): [number, number] {
  return one === 0 || other === 0 ? [1, last] : [Math.min(one, other), Math.max(one, other)];
}
