import { isOfferedWith, tick, type OptionTable } from './option-table.ts';

/** A row or a column of a table of options, with every name by which it may be called. */
export interface Called {
  readonly key: string;
  readonly names: readonly string[];
}

/** What became of two columns of a spreadsheet. */
export interface TicksPasted {
  readonly table: OptionTable;
  /** How many pairs were understood. */
  readonly pairs: number;
  /** The lines of which one column was not understood. */
  readonly unknown: readonly string[];
}

/**
 * Fills a table from text of two columns, as a spreadsheet copies them: the value that decides, and an option that is offered with it.
 * Where the first column is empty, as below cells that are joined, the value is that of the line above. With each value that is named
 * exactly the options are offered that the text names; other values stay as they are.
 */
export function pasteTicks(
  table: OptionTable,
  text: string,
  values: readonly Called[],
  options: readonly Called[],
): TicksPasted {
  const lines = pairsIn(text);
  const keyOf = (called: readonly Called[], name: string) => called.find(({ names }) => isAmong(names, name))?.key;
  const read = lines.map(({ line, value, option }) => ({
    line,
    value: keyOf(values, value),
    option: keyOf(options, option),
  }));
  const known = read.filter(({ value, option }) => value !== undefined && option !== undefined);
  return {
    table: filled(table, known as readonly Pair[], values, options),
    pairs: known.length,
    unknown: read.filter(({ value, option }) => value === undefined || option === undefined).map(({ line }) => line),
  };
}

type Pair = { readonly value: string; readonly option: string };

function filled(
  table: OptionTable,
  pairs: readonly Pair[],
  values: readonly Called[],
  options: readonly Called[],
): OptionTable {
  const keys = values.map(({ key }) => key);
  return [...new Set(pairs.map(({ value }) => value))].reduce((now, value) => {
    const named = new Set(pairs.filter((pair) => pair.value === value).map(({ option }) => option));
    const wrong = options.map(({ key }) => key).filter((key) => isOfferedWith(now, key, value) !== named.has(key));
    const off = wrong.filter((key) => !named.has(key));
    return tick(tick(now, { options: off, value, on: false }, keys), { options: [...named], value, on: true }, keys);
  }, table);
}

interface Line {
  readonly line: string;
  readonly value: string;
  readonly option: string;
}

function pairsIn(text: string): readonly Line[] {
  let above = '';
  return text.split(/\r?\n/).flatMap((line) => {
    const [first = '', option = ''] = line.split('\t').map((column) => column.trim());
    if (first === '' && option === '') return [];
    above = first || above;
    return [{ line: line.trim(), value: above, option }];
  });
}

function isAmong(names: readonly string[], name: string): boolean {
  const asked = name.toLowerCase();
  return asked !== '' && names.some((each) => each.toLowerCase() === asked);
}
