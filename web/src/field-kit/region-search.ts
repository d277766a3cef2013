import { spellingsOf } from './spellings.ts';

/** Whether a division is meant by a keyword: its own name, or the names down to it in a row, written or in pinyin. */
export function regionMatches(path: readonly string[], keyword: string): boolean {
  const asked = keyword.replaceAll(/\s/g, '').toLowerCase();
  const candidates = [path.at(-1) ?? '', path.join('')];
  return candidates.some((name) => spellingsOf(name).some((spelling) => spelling.includes(asked)));
}
