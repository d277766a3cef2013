import { sentence } from '../locale.ts';
import type { Value } from '../json.ts';
import type { ValueTypeDefinition } from './value-type.ts';

/**
 * Whether text holds a character that is refused everywhere: a control character (category Cc) other than those allowed, or
 * half of a surrogate pair. Postgres stores neither NUL nor lone surrogates.
 */
export function hasForbiddenCharacter(text: string, allowed: 'none' | 'tab and newline'): boolean {
  const found = allowed === 'none' ? /[\p{Cc}\p{Cs}]/u : /[^\P{Cc}\t\n]|\p{Cs}/u;
  return found.test(text);
}

/** The length of text as every back end counts it: code points. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * Compares text by code point: negative, 0 or positive. JS's own `<` compares UTF-16 units, which puts 😀 (U+1F600) before
 * ａ (U+FF41); Postgres under COLLATE "C" does not.
 */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const unitA = a.charCodeAt(i);
    const unitB = b.charCodeAt(i);
    if (unitA !== unitB) return aboveSurrogates(unitA) - aboveSurrogates(unitB);
  }
  return a.length - b.length;
}

/** Lifts the units of surrogate pairs above U+E000 … U+FFFF, so that units compare as the code points they stand for. */
function aboveSurrogates(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function less(a: Value, b: Value): boolean {
  return typeof a === 'string' && typeof b === 'string' && compareText(a, b) < 0;
}

/** Text: exact, ordered by code point. */
export const text: ValueTypeDefinition = {
  name: 'TEXT',
  label: sentence('文本', 'text'),
  sqlType: 'text',
  comparable: true,
  words: { is: sentence('是', 'is'), isNot: sentence('不是', 'is not') },
  ordering: {
    less,
    sql: (expression) => `(${expression} COLLATE "C")`,
    portable: (operator, a, b) => ({ [operator]: [{ compare_text: [a, b] }, 0] }),
    words: {
      less: sentence('排序先于', 'sorts before'),
      atMost: sentence('排序不后于', 'sorts at or before'),
      greater: sentence('排序后于', 'sorts after'),
      atLeast: sentence('排序不先于', 'sorts at or after'),
    },
  },
  literal(raw) {
    if (typeof raw !== 'string') {
      return { ok: false, code: 'TYPE', message: sentence('这里要填文本', 'Text is expected here') };
    }
    const value = raw.replaceAll('\r\n', '\n').replaceAll('\r', '\n').normalize('NFC');
    if (value === '') {
      return {
        ok: false,
        code: 'TYPE',
        message: sentence('空文本不能用来比较，请用“为空”', 'Empty text cannot be compared; use “is empty”'),
      };
    }
    if (hasForbiddenCharacter(value, 'tab and newline')) {
      return {
        ok: false,
        code: 'TYPE',
        message: sentence('文本含有不允许的字符', 'The text holds a character that is not allowed'),
      };
    }
    return { ok: true, value };
  },
  say: (value) => `“${String(value)}”`,
};
