import { pinyin } from 'pinyin-pro';

const spellings = new Map<string, readonly string[]>();

/** A name as people type it: itself, in pinyin, and by its initials. */
function spellingsOf(name: string): readonly string[] {
  const known = spellings.get(name);
  if (known) return known;
  const syllables = pinyin(name, { toneType: 'none', type: 'array' });
  const made = [name, syllables.join(''), syllables.map((syllable) => syllable.slice(0, 1)).join('')];
  spellings.set(name, made);
  return made;
}

/** Whether a division is meant by a keyword: its own name, or the names down to it in a row, written or in pinyin. */
export function regionMatches(path: readonly string[], keyword: string): boolean {
  const asked = keyword.replaceAll(/\s/g, '').toLowerCase();
  const candidates = [path.at(-1) ?? '', path.join('')];
  return candidates.some((name) => spellingsOf(name).some((spelling) => spelling.includes(asked)));
}
