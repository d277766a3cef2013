import type { Rule } from '../json.ts';
import type { Sentence } from '../locale.ts';
import type { Problem, RuleProblemCode } from '../problem.ts';

/** Something of a foreign rule, and where it stood there. */
export interface Foreign {
  readonly raw: Rule;
  /** JSON Pointer into what was sent. */
  readonly path: string;
  /** Operations around it. */
  readonly depth: number;
}

/** What is taken over as it is written. */
interface Kept {
  readonly kind: 'kept';
  readonly rule: Rule;
  readonly from: string;
}

/** An operation that is written anew. */
interface Written {
  readonly kind: 'written';
  readonly key: string;
  readonly operands: readonly Part[];
  readonly from: string;
  /** Where its operands stood. */
  readonly at: string;
}

/** What would mean something else here. */
interface Refused {
  readonly kind: 'refused';
  readonly problem: Problem<RuleProblemCode>;
}

/** A part of the rule that a foreign one becomes, which remembers where it came from. */
export type Part = Kept | Written | Refused;

/** Takes something over, or puts a value in its place. */
export function keep({ raw, path }: Foreign, rule: Rule = raw): Part {
  return { kind: 'kept', rule, from: path };
}

/** Writes an operation in the place of a foreign one. */
export function write(key: string, operands: readonly Part[], from: string, at = from): Part {
  return { kind: 'written', key, operands, from, at };
}

/** Leaves something out, and says why. */
export function refuse(path: string, code: RuleProblemCode, message: Sentence): Part {
  return { kind: 'refused', problem: { path, code, message } };
}

/** Everything that is left out of a part. */
export function refusedOf(part: Part): readonly Problem<RuleProblemCode>[] {
  if (part.kind === 'written') return part.operands.flatMap(refusedOf);
  return part.kind === 'refused' ? [part.problem] : [];
}

/** The rule that a part is; what is left out is empty in it. */
export function ruleOf(part: Part): Rule {
  if (part.kind === 'written') return { [part.key]: part.operands.map(ruleOf) };
  return part.kind === 'kept' ? part.rule : null;
}

/** Where in what was sent a place of the rule comes from; both are JSON Pointers. */
export function originOf(part: Part, pointer: string): string {
  return follow(part, pointer.split('/').slice(1));
}

function follow(part: Part, steps: readonly string[]): string {
  if (part.kind === 'refused') return part.problem.path;
  if (part.kind === 'kept') return [part.from, ...steps].join('/');
  const [key, index, ...further] = steps;
  if (key === undefined) return part.from;
  const operand = part.operands[Number(index)];
  return operand ? follow(operand, further) : part.at;
}

/** A step of a JSON Pointer. */
export function step(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
