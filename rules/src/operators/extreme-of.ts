import type { Node } from '../ast.ts';
import type { Value } from '../json.ts';
import type { Sentence } from '../locale.ts';
import { compareText } from '../types/text.ts';
import { orderingOf, type Fold } from './fold.ts';

/** What tells the smallest from the largest. */
interface Extreme {
  readonly key: 'min_of' | 'max_of';
  /** Whether `a` is taken before `b` where it comes before it in order (-1) or behind it (1). */
  readonly sense: -1 | 1;
  readonly aggregate: 'min' | 'max';
  readonly words: { readonly ofTimes: Sentence; readonly ofOthers: Sentence };
}

/** Makes the fold that takes the smallest or the largest value; empty of none. */
export function extremeOf({ key, sense, aggregate, words }: Extreme): Fold {
  return {
    key,
    takes: 'what has an order',
    of: (values) =>
      values.reduce((best, value) => {
        if (value === null) return best;
        return best === null || compare(value, best) * sense > 0 ? value : best;
      }, null),
    sql: ({ value, property }) => ({ select: `${aggregate}(${orderingOf(property)!.sql(value)})` }),
    words: ({ type }: Node) => (type === 'DATE' || type === 'DATETIME' ? words.ofTimes : words.ofOthers),
  };
}

/** Days and instants are ASCII of one length, so the order of text is theirs. */
function compare(a: Value, b: Value): number {
  return typeof a === 'number' ? a - Number(b) : compareText(String(a), String(b));
}
