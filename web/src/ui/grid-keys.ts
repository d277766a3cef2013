/** A cell of a grid; row 0 is the head. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** How large a grid is, and how many rows one page of it shows. */
export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  readonly page: number;
}

/** Where a key leads from a cell, as the grid pattern of WAI-ARIA has it; undefined for a key that leads nowhere. */
export function cellAfterKey(
  { row, column }: Cell,
  {
    key,
    ctrlKey,
    metaKey,
    shiftKey,
    altKey,
  }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
  { rows, columns, page }: GridSize,
): Cell | undefined {
  if (altKey || shiftKey) return undefined;
  const far = ctrlKey || metaKey;
  const [lastRow, lastColumn] = [rows - 1, columns - 1];
  const targets: Readonly<Record<string, Cell>> = {
    ArrowUp: { row: far ? 0 : row - 1, column },
    ArrowDown: { row: far ? lastRow : row + 1, column },
    ArrowLeft: { row, column: far ? 0 : column - 1 },
    ArrowRight: { row, column: far ? lastColumn : column + 1 },
    Home: { row: far ? 0 : row, column: 0 },
    End: { row: far ? lastRow : row, column: lastColumn },
    PageUp: { row: row - page, column },
    PageDown: { row: row + page, column },
  };
  const target = targets[key];
  return target && { row: within(target.row, lastRow), column: within(target.column, lastColumn) };
}

function within(index: number, last: number): number {
  return Math.max(0, Math.min(index, last));
}
