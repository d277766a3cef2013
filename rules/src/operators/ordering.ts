import {
  isNull,
  type CheckScope,
  type Compiled,
  type Node,
  type Operator,
  type Reader,
  type SqlTarget,
} from '../ast.ts';
import { compileNode } from '../js.ts';
import type { Rule, Value } from '../json.ts';
import { sentence } from '../locale.ts';
import { whenNoneIsEmpty } from '../portable.ts';
import { staysComparedInSql } from '../schedule/beside-in-sql.ts';
import { staysCompared } from '../schedule/beside.ts';
import { nodeToSql, operandsOnce } from '../sql.ts';
import { joinWords, sayOperand } from '../text.ts';
import { valueTypes } from '../types/index.ts';
import type { Ordering, OrderWords } from '../types/value-type.ts';
import { checkOneType, refuseNull } from './comparing.ts';
import { sayBeside } from './beside.ts';
import { sayCounted } from './counted.ts';
import { sayMiss } from './miss.ts';

/** What tells the four ordering operators apart. */
interface Comparison {
  readonly key: '<' | '<=' | '>' | '>=';
  /** `a < b` is read as the order of (a, b) or of (b, a), and either way equal values may count too. */
  holds(ordering: Ordering, a: Value, b: Value): boolean;
  readonly words: keyof OrderWords;
  /** The words when the sides are swapped so that the field reads first. */
  readonly swapped: keyof OrderWords;
  /** How the three-operand form ends; undefined where there is none: JSON-logic's `>` drops its third operand. */
  readonly between?: { readonly [locale in Reader['locale']]: string };
}

function orderingOf(operands: readonly Node[]): Ordering {
  const type = operands[0]!.type;
  const order = type === 'NULL' ? undefined : valueTypes[type].ordering;
  if (!order) throw new Error('The check lets only ordered types through');
  return order;
}

function check(operands: readonly Rule[], scope: CheckScope): readonly Node[] | undefined {
  const nodes = checkOneType(operands, scope);
  if (nodes === undefined) return undefined;
  const empty = nodes.findIndex(isNull);
  if (empty >= 0) return refuseNull(scope, `${scope.path}/${empty}`);
  const type = nodes[0]!.type;
  if (type !== 'NULL' && valueTypes[type].ordering) return nodes;
  return scope.report(scope.path, 'TYPE', sentence('这种类型没有大小先后', 'Values of this type have no order'));
}

function toJs({ holds }: Comparison, operands: readonly Node[]): Compiled {
  const order = orderingOf(operands);
  const [a, b, c] = operands.map(compileNode);
  const pair = (left: Value, right: Value) => left !== null && right !== null && holds(order, left, right);
  if (!c) return (row, moment) => pair(a!(row, moment), b!(row, moment));
  return (row, moment) => {
    const middle = b!(row, moment);
    return pair(a!(row, moment), middle) && pair(middle, c(row, moment));
  };
}

function toSql(key: string, operands: readonly Node[], target: SqlTarget): string {
  const { sql } = orderingOf(operands);
  const pair = (a: string, b: string) => `((${sql(a)} ${key} ${sql(b)}) IS TRUE)`;
  const [a, b, c] = operands;
  if (c === undefined) return pair(nodeToSql(a!, target), nodeToSql(b!, target));
  return operandsOnce(
    operands,
    target,
    ([low, middle, high]) => `(${pair(low!, middle!)} AND ${pair(middle!, high!)})`,
  );
}

function toPortable(key: string, operands: readonly Node[]): Rule {
  const { portable } = orderingOf(operands);
  return whenNoneIsEmpty(operands, ([a, b, c]) => {
    const first = portable(key, a!, b!);
    return c === undefined ? first : { and: [first, portable(key, b!, c)] };
  });
}

function say(comparison: Comparison, operands: readonly Node[], reader: Reader): string {
  if (operands.length > 2) return sayBetween(comparison, operands, reader);
  const swap = operands[0]!.kind === 'literal' && operands[1]!.kind !== 'literal';
  const [subject, object] = swap ? operands.toReversed() : operands;
  const order = swap ? comparison.swapped : comparison.words;
  const counted = sayCounted(order, [subject!, object!], reader);
  if (counted !== undefined) return counted;
  const verb = orderingOf(operands).words[order][reader.locale];
  return joinWords([sayOperand(subject!, reader), verb, sayBeside(subject!, object!, reader)], reader);
}

function sayBetween({ between }: Comparison, operands: readonly Node[], reader: Reader): string {
  const [low, subject, high] = operands.map((node) => sayBeside(operands[1]!, node, reader)) as [
    string,
    string,
    string,
  ];
  const end = between?.[reader.locale] ?? '';
  const words =
    reader.locale === 'en'
      ? [subject, 'is between', low, 'and', high, end]
      : [subject, '在', low, '到', high, '之间', end];
  return joinWords(words, reader);
}

/** Of the pair that is in the wrong order, or of the first of two such pairs. */
function sayMissIn(
  { holds, words }: Comparison,
  operands: readonly Node[],
  values: readonly Value[],
  reader: Reader,
): string | undefined {
  const order = orderingOf(operands);
  const isRising = words === 'less' || words === 'atMost';
  for (const index of operands.slice(1).keys()) {
    const [a, b] = [values[index]!, values[index + 1]!];
    if (a === null || b === null || holds(order, a, b)) continue;
    const nodes = [operands[index]!, operands[index + 1]!] as const;
    const how = { orEqual: words === 'atMost' || words === 'atLeast', reader };
    return isRising ? sayMiss(nodes, [a, b], how) : sayMiss([nodes[1], nodes[0]], [b, a], how);
  }
  return undefined;
}

/** Makes one of the four ordering operators. */
export function ordering(comparison: Comparison): Operator {
  const { key, between } = comparison;
  const sense = key === '<' || key === '>=' ? 'at' : 'behind';
  return {
    key,
    type: 'BOOLEAN',
    gives: 'predicate',
    arity: { min: 2, max: between ? 3 : 2 },
    check,
    js: (operands) => toJs(comparison, operands),
    sql: (operands, target) => toSql(key, operands, target),
    portable: (operands) => toPortable(key, operands),
    course: {
      js: (operands) => staysCompared(operands, sense),
      sql: (operands, target) => staysComparedInSql(operands, sense, target),
    },
    say: (operands, reader) => say(comparison, operands, reader),
    sayMiss: (operands, values, reader) => sayMissIn(comparison, operands, values, reader),
  };
}
