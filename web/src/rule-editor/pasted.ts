/**
 * The entries of a pasted list, such as a column of a spreadsheet: one a line, or with marks between them; undefined where it is a single
 * entry. A comma may be part of a number.
 */
export function pastedEntries(text: string, areNumbers: boolean): readonly string[] | undefined {
  const marks = areNumbers ? /[\n\r\t;；、]+/ : /[\n\r\t,，;；、]+/;
  const entries = text
    .split(marks)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  return entries.length > 1 ? entries : undefined;
}
