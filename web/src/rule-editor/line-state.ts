import { checkRule, type Catalogue, type Sentence } from '@kequn/rules';
import { missingIn } from './behaviour.ts';
import type { Line, Subject } from './draft.ts';
import { missingOnField } from './on-field.ts';
import { isComplete } from './operators.ts';
import { writeLine } from './to-rule.ts';

/** What a line still lacks. */
type MissingPart =
  | 'field'
  | 'operator'
  | 'value'
  | 'segment'
  | 'period'
  | 'conditions'
  | 'numbers'
  | 'texts'
  | 'characters'
  | 'when'
  | 'result';

/** Whether a line counts, and if not, why. */
export type LineState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'missing'; readonly part: MissingPart }
  | { readonly kind: 'wrong'; readonly message: Sentence };

/** Judges a line by the same check that the server makes. */
export function lineState(line: Line, catalogue: Catalogue): LineState {
  const part = missingPart(line);
  if (part) return { kind: 'missing', part };
  const checked = checkRule(writeLine(line), catalogue);
  if (checked.ok) return { kind: 'ready' };
  const [first] = checked.problems;
  return first ? { kind: 'wrong', message: first.message } : { kind: 'missing', part: 'value' };
}

function missingPart(line: Line): MissingPart | undefined {
  const { subject, operator } = line;
  if (subject === null) return 'field';
  const missing = missingOf(subject);
  if (missing) return missing;
  if (operator === null) return 'operator';
  if (isComplete(line)) return undefined;
  return subject.kind === 'membership' ? 'segment' : 'value';
}

function missingOf(subject: Subject): MissingPart | undefined {
  if (subject.kind === 'membership') return undefined;
  return subject.kind === 'behaviour' ? missingIn(subject) : missingOnField(subject);
}
