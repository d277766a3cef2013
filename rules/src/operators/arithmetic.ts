import type { CheckScope, Compiled, Node, Operator, Reader, SqlTarget } from '../ast.ts';
import { compileNode } from '../js.ts';
import type { Rule, Value } from '../json.ts';
import { bound, whenNoneIsEmptyElse } from '../portable.ts';
import { nodeToSql } from '../sql.ts';
import { inBrackets, sayOperand } from '../text.ts';
import { refuseNull } from './comparing.ts';

/** From here on a result is empty, and nearer to 0 than the inverse it is 0: so no step of Postgres overflows or underflows. */
const LARGEST = 1e100;
const SMALLEST = 1e-100;

/** One of the four operations. */
export interface Calculation {
  readonly key: '+' | '-' | '*' | '/';
  readonly sign: '+' | '−' | '×' | '÷';
  readonly arity: Operator['arity'];
  /** Of two numbers; of `/` by 0 any, since it is asked for before. */
  of(a: number, b: number): number;
}

/** Checks operands that must all be numbers. */
function checkNumbers(operands: readonly Rule[], scope: CheckScope): readonly Node[] | undefined {
  const nodes = operands.map((_, index) => {
    const path = `${scope.path}/${index}`;
    const node = scope.operand(index);
    if (node?.type === 'NULL') return refuseNull(scope, path);
    return node && scope.settle(node, 'NUMBER', undefined, path);
  });
  return nodes.every((node) => node !== undefined) ? nodes : undefined;
}

/** A result within the bounds of numbers: empty beyond them, and 0 where it is as good as that. */
function bounded(result: number): number | null {
  const size = Math.abs(result);
  if (!(size < LARGEST)) return null;
  return size < SMALLEST ? 0 : result;
}

/** The same of a Postgres expression, which is written once. */
function boundedInSql(expression: string, target: SqlTarget): string {
  const [largest, smallest] = [LARGEST, SMALLEST].map((size) => `${target.parameter(size)}::double precision`);
  return `(SELECT CASE WHEN abs(n.v) >= ${largest} THEN NULL WHEN abs(n.v) < ${smallest} THEN 0 ELSE n.v END FROM (SELECT ${expression} AS v) AS n)`;
}

function step({ key, of }: Calculation, a: Value, b: Value): number | null {
  if (typeof a !== 'number' || typeof b !== 'number' || (key === '/' && b === 0)) return null;
  return bounded(of(a, b));
}

function toJs(calculation: Calculation, operands: readonly Node[]): Compiled {
  const [first, ...others] = operands.map(compileNode);
  // One operand alone is only ever that of a negation, or stands for itself.
  if (others.length === 0 && calculation.key === '-') return (row, moment) => step(calculation, 0, first!(row, moment));
  return (row, moment) =>
    others.reduce<Value>((total, next) => step(calculation, total, next(row, moment)), first!(row, moment));
}

function toSql({ key }: Calculation, operands: readonly Node[], target: SqlTarget): string {
  const [first, ...others] = operands.map((node) => nodeToSql(node, target));
  if (others.length === 0 && key === '-') return boundedInSql(`0 - ${first!}`, target);
  return others.reduce(
    (total, next) => boundedInSql(`${total} ${key} ${key === '/' ? `NULLIF(${next}, 0)` : next}`, target),
    first!,
  );
}

function toPortable({ key }: Calculation, operands: readonly Node[]): Rule {
  return whenNoneIsEmptyElse(null, operands, ([first, ...others]) => {
    if (others.length === 0) return key === '-' ? bound({ '-': [0, first!] }) : first!;
    return others.reduce<Rule>((total, next) => ofTwo(key, total, next), first!);
  });
}

function ofTwo(key: Calculation['key'], a: Rule, b: Rule): Rule {
  const result = bound({ reduce: [[[a, b]], calculated(key), null] });
  return key === '/' ? { if: [{ '==': [b, 0] }, null, result] } : result;
}

/** A step on what `reduce` has bound; what came before may have become empty. */
function calculated(key: Calculation['key']): Rule {
  const [a, b] = [{ var: 'current.0' }, { var: 'current.1' }];
  return { if: [{ '==': [a, null] }, null, { [key]: [a, b] }] };
}

function say({ sign }: Calculation, operands: readonly Node[], reader: Reader): string {
  const words = operands.map((node) => (isNegative(node) ? inBrackets : asItIs)(sayOperand(node, reader), reader));
  if (words.length === 1 && sign === '−') return `−${words[0]!}`;
  return words.join(reader.locale === 'en' ? ` ${sign} ` : sign);
}

/** Whether a sign before it would read as one with its own. */
function isNegative(node: Node): boolean {
  return node.kind === 'literal' && Number(node.value) < 0;
}

function asItIs(words: string): string {
  return words;
}

/** Makes one of the four operations: empty when an operand is, or when it divides by 0. */
export function arithmetic(calculation: Calculation): Operator {
  return {
    key: calculation.key,
    type: 'NUMBER',
    gives: 'value',
    isCompound: true,
    arity: calculation.arity,
    check: checkNumbers,
    js: (operands) => toJs(calculation, operands),
    sql: (operands, target) => toSql(calculation, operands, target),
    portable: (operands) => toPortable(calculation, operands),
    say: (operands, reader) => say(calculation, operands, reader),
  };
}
