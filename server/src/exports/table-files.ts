import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { writeXlsxStream } from 'hucre/xlsx';
import type { Cell } from './cells.ts';

/** A table under way: names of columns, and rows as they come. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: AsyncIterable<Cell[]>;
}

/** A kind of file that tables are written as, row by row. */
export interface TableFile {
  readonly extension: 'csv' | 'xlsx';
  readonly contentType: string;
  /** Writes a table into what takes it; resolves when all of it is there, and rejects, with half of it there, when its rows end in an error. */
  write(table: Table, into: Writable): Promise<void>;
}

/** Text that begins with one of these is taken for a formula by spreadsheets (OWASP, CSV Injection). */
const formulaStart = /^[=+\-@\t\r]/;

function harmless(cell: Cell): Cell {
  return typeof cell === 'string' && formulaStart.test(cell) ? `'${cell}` : cell;
}

/** Comma-separated values (RFC 4180), in UTF-8 with the mark by which spreadsheets know it. */
export const csvFile: TableFile = {
  extension: 'csv',
  contentType: 'text/csv; charset=utf-8',
  write: ({ header, rows }, into) =>
    pipeline(Readable.from(lines(header, rows)), stringify({ bom: true, record_delimiter: '\r\n' }), into),
};

async function* lines(header: readonly string[], rows: AsyncIterable<Cell[]>): AsyncIterable<Cell[]> {
  yield header.map(harmless);
  for await (const row of rows) yield row.map(harmless);
}

/** Characters of a cell, as spreadsheets have it: a longer one would make the workbook one to be repaired. */
const CELL_LENGTH = 32_767;

function fitting(cell: Cell): Cell {
  return typeof cell === 'string' && cell.length > CELL_LENGTH ? `${cell.slice(0, CELL_LENGTH - 1)}…` : cell;
}

async function* fittingRows(rows: AsyncIterable<Cell[]>): AsyncIterable<Cell[]> {
  for await (const row of rows) yield row.map(fitting);
}

/** A workbook of one sheet. Text stands in it as text, so none of it is a formula; what a cell cannot hold is cut off, with an ellipsis. */
export const xlsxFile: TableFile = {
  extension: 'xlsx',
  contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  write({ header, rows }, into) {
    const columns = header.map((name) => ({ header: name }));
    return pipeline(writeXlsxStream(fittingRows(rows), { name: 'Export', columns, freezePane: { rows: 1 } }), into);
  },
};
