import { pinyin } from 'pinyin-pro';

/**
 * How text is searched, without Postgres: what a value is found by, and what a search asks for. Case, width and composition do not
 * matter; Chinese is found by itself, its pinyin and its initials.
 */

/** Of these spelling rules. Another one has everything made anew at the next start, so it changes with whatever `haystackOf` answers. */
export const searchEdition = 1;

/** Between the spellings of one value; no term holds it, so nothing is found across two of them. */
const BETWEEN = '\n';

/** Everything that a value is found by: itself, and where it has Chinese in it the pinyin and the initials, as a name and as prose. */
export function haystackOf(value: string): string {
  const folded = fold(value);
  if (!/\p{Script=Han}/u.test(folded)) return folded;
  // 单 is shan as a surname and dan elsewhere, and nobody says which one a text is.
  const readings = [syllables(folded, 'head'), syllables(folded, 'off')];
  const spelled = readings.flatMap((reading) => [reading.join(''), reading.map(firstCharacter).join('')]);
  return [...new Set([folded, ...spelled])].join(BETWEEN);
}

function syllables(text: string, surname: 'head' | 'off'): readonly string[] {
  return pinyin(text, { toneType: 'none', type: 'array', v: true, surname, nonZh: 'consecutive' })
    .map((syllable) => syllable.replaceAll(/\s/g, ''))
    .filter((syllable) => syllable !== '');
}

/** The terms of a search, each to be found by itself. A long number may be written in groups: 138 0013-8000 is one term. */
export function termsOf(search: string): readonly string[] {
  const folded = fold(search).trim();
  if (/^\+?(?:[\s()-]*\d){7,}[\s()-]*$/.test(folded)) return [folded.replaceAll(/\D/g, '')];
  return [...new Set(folded.split(/\s+/).filter((term) => term !== ''))];
}

/**
 * Parts of a term that the index is asked for, `search_grams` of the database: every three characters that stand side by side, since
 * the longest parts are the rarest; a shorter term is asked for itself.
 */
export function gramsAskedBy(term: string): readonly string[] {
  const characters = [...term];
  const width = Math.min(3, characters.length);
  return characters.slice(width - 1).map((_, at) => characters.slice(at, at + width).join(''));
}

/** By code point: half of a rare character (𠮷) is not text, and Postgres refuses it. */
function firstCharacter(syllable: string): string {
  return String.fromCodePoint(syllable.codePointAt(0)!);
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
