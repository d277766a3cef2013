import type { Compiled, Node, Operator, Reader, SqlTarget } from '../ast.ts';
import { compileNode } from '../js.ts';
import type { Rule, Value } from '../json.ts';
import { bound, whenNoneIsEmptyElse } from '../portable.ts';
import { bindInSql, nodeToSql } from '../sql.ts';
import { inBrackets, sayOperand } from '../text.ts';
import { checkAllAs } from './comparing.ts';

/** From here on a result is empty, and nearer to 0 than the inverse it is 0: so no step of Postgres overflows or underflows. */
const LARGEST = 1e100;
const SMALLEST = 1e-100;

/** One of the five operations. */
export interface Calculation {
  readonly key: '+' | '-' | '*' | '/' | '%';
  readonly sign: '+' | '−' | '×' | '÷';
  readonly arity: Operator['arity'];
  /** Of two numbers; null where there is no result. */
  of(a: number, b: number): number | null;
  /** The same as a Postgres expression, where it is more than the key between them. */
  sql?(a: string, b: string): string;
  /** The same in JSON-logic of two numbers that are bound, where it is more than the key on them. */
  portable?(a: Rule, b: Rule): Rule;
}

/** A result within the bounds of numbers: empty beyond them, and 0 where it is as good as that. */
function bounded(result: number): number | null {
  const size = Math.abs(result);
  if (!(size < LARGEST)) return null;
  return size < SMALLEST ? 0 : result;
}

/** The same of a Postgres expression, which is written once. */
function boundedInSql(expression: string): string {
  return bindInSql(
    [expression],
    ([n]) => `CASE WHEN abs(${n!}) >= ${LARGEST} THEN NULL WHEN abs(${n!}) < ${SMALLEST} THEN 0 ELSE ${n!} END`,
  );
}

function step({ of }: Calculation, a: Value, b: Value): number | null {
  if (typeof a !== 'number' || typeof b !== 'number') return null;
  const result = of(a, b);
  return result === null ? null : bounded(result);
}

function toJs(calculation: Calculation, operands: readonly Node[]): Compiled {
  const [first, ...others] = operands.map(compileNode);
  // One operand alone is only ever that of a negation, or stands for itself.
  if (others.length === 0 && calculation.key === '-') return (row, moment) => step(calculation, 0, first!(row, moment));
  return (row, moment) =>
    others.reduce<Value>((total, next) => step(calculation, total, next(row, moment)), first!(row, moment));
}

function toSql({ key, sql }: Calculation, operands: readonly Node[], target: SqlTarget): string {
  const [first, ...others] = operands.map((node) => nodeToSql(node, target));
  if (others.length === 0 && key === '-') return boundedInSql(`0 - ${first!}`);
  return others.reduce((total, next) => boundedInSql(sql ? sql(total, next) : `${total} ${key} ${next}`), first!);
}

function toPortable(calculation: Calculation, operands: readonly Node[]): Rule {
  return whenNoneIsEmptyElse(null, operands, ([first, ...others]) => {
    if (others.length === 0) return calculation.key === '-' ? bound({ '-': [0, first!] }) : first!;
    return others.reduce<Rule>(
      (total, next) => bound({ reduce: [[[total, next]], calculated(calculation), null] }),
      first!,
    );
  });
}

/** A step on what `reduce` has bound; what came before may have become empty. */
function calculated({ key, portable }: Calculation): Rule {
  const [a, b] = [{ var: 'current.0' }, { var: 'current.1' }];
  return { if: [{ '==': [a, null] }, null, portable ? portable(a, b) : { [key]: [a, b] }] };
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

/** Makes one of the five operations: empty when an operand is, or when there is no result. */
export function arithmetic(calculation: Calculation): Operator {
  return {
    key: calculation.key,
    type: 'NUMBER',
    gives: 'value',
    isCompound: true,
    arity: calculation.arity,
    check: (operands, scope) => checkAllAs('NUMBER', operands, scope),
    js: (operands) => toJs(calculation, operands),
    sql: (operands, target) => toSql(calculation, operands, target),
    portable: (operands) => toPortable(calculation, operands),
    say: (operands, reader) => say(calculation, operands, reader),
  };
}
