import { checkRule, type Catalogue, type Sentence } from '@kequn/rules';
import type { Line } from './draft.ts';
import { operators } from './operators.ts';
import { writeLine } from './to-rule.ts';

/** Whether a line counts, and if not, why. */
export type LineState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'missing'; readonly part: 'field' | 'operator' | 'value' }
  | { readonly kind: 'wrong'; readonly message: Sentence };

/** Judges a line by the same check that the server makes. */
export function lineState(line: Line, catalogue: Catalogue): LineState {
  if (line.field === null) return { kind: 'missing', part: 'field' };
  if (line.operator === null) return { kind: 'missing', part: 'operator' };
  const asked = operators[line.operator].arity !== 'none';
  if (asked && (line.values.length === 0 || line.values.includes(null))) return { kind: 'missing', part: 'value' };
  const checked = checkRule(writeLine(line), catalogue);
  if (checked.ok) return { kind: 'ready' };
  const [first] = checked.problems;
  return first ? { kind: 'wrong', message: first.message } : { kind: 'missing', part: 'value' };
}
