import { pinyin } from 'pinyin-pro';

const known = new Map<string, readonly string[]>();

/** A name as people type it, small and without spaces: itself, in pinyin, and by the initials of that. */
export function spellingsOf(name: string): readonly string[] {
  const before = known.get(name);
  if (before) return before;
  const syllables = pinyin(name, { toneType: 'none', type: 'array', v: true });
  const made = [name, syllables.join(''), syllables.map((syllable) => syllable.match(/^./u)?.[0]).join('')].map(typed);
  known.set(name, made);
  return made;
}

function typed(spelling: string): string {
  return spelling.replaceAll(/\s/g, '').toLowerCase();
}
