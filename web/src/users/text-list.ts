/** What stands between two texts of a list, in either script. */
const SEPARATORS = /[,，、]/;

/** Texts in one line with commas between them; one that would not be read back as it is stands in quotation marks. */
export function writeTexts(texts: readonly string[]): string {
  return texts.map((text) => (isPlain(text) ? text : `"${text.replaceAll('"', '""')}"`)).join(', ');
}

/** The texts of a line, as `writeTexts` writes them or as they are typed; what stands between two commas without a letter is none. */
export function readTexts(line: string): readonly string[] {
  const parts = line.matchAll(/\s*(?:"((?:[^"]|"")*)"\s*(?=[,，、]|$)|([^,，、]*))(?:[,，、]|$)/gu);
  return [...parts].flatMap(([, quoted, plain = '']) => {
    if (quoted !== undefined) return [quoted.replaceAll('""', '"')];
    return plain.trim() === '' ? [] : [plain.trim()];
  });
}

function isPlain(text: string): boolean {
  return text !== '' && text.trim() === text && !SEPARATORS.test(text) && !text.startsWith('"');
}
