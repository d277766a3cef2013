import type { Node, Reader } from '../ast.ts';
import { sayOperand } from '../text.ts';
import { timePartOf } from './part.ts';

/** What something is compared with: a year beside the year of a day reads as one, without a separator of thousands. */
export function sayBeside(subject: Node, object: Node, reader: Reader): string {
  const isYear = subject.kind === 'call' && subject.operator.key === 'part' && timePartOf(subject.operands) === 'year';
  return isYear && object.kind === 'literal' ? String(object.value ?? '') : sayOperand(object, reader);
}
