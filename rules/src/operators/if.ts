import {
  isNull,
  type CheckScope,
  type Node,
  type Operator,
  type Reader,
  type SqlSpan,
  type SqlTarget,
  type Stays,
} from '../ast.ts';
import { compileCondition, compileNode } from '../js.ts';
import type { Rule } from '../json.ts';
import { sentence } from '../locale.ts';
import { conditionToPortable, nodeToPortable } from '../portable.ts';
import { readsClock } from '../references.ts';
import { neverInSql, staysInSql, staysTogetherInSql } from '../schedule/stays-in-sql.ts';
import { compileStays, compileTurns } from '../schedule/stays.ts';
import { bindInSql, conditionToSql, nodeToSql } from '../sql.ts';
import { joinWords, sayOperand, sayPart } from '../text.ts';
import { settleTogether } from './comparing.ts';

const otherwiseEmpty = sentence('否则为空', 'otherwise empty');

/** Conditions stand before results; a last one without a partner is what holds otherwise. */
function isCondition(index: number, count: number): boolean {
  return index % 2 === 0 && index < count - 1;
}

function check(operands: readonly Rule[], scope: CheckScope): readonly Node[] | undefined {
  const nodes = operands.map((_, index) =>
    isCondition(index, operands.length) ? scope.condition(index) : scope.operand(index),
  );
  if (!nodes.every((node) => node !== undefined)) return undefined;
  const places = nodes.flatMap((node, index) => (isCondition(index, nodes.length) ? [] : [{ node, index }]));
  const list = places.find(({ node }) => node.type === 'EVENTS');
  if (list) {
    const message = sentence('结果不能是一组行为记录', 'A result cannot be a list of events');
    return scope.report(`${scope.path}/${list.index}`, 'TYPE', message);
  }
  if (places.every(({ node }) => node.type === 'NULL')) {
    const message = sentence('至少要有一个不为空的结果', 'At least one of the results must not be empty');
    return scope.report(scope.path, 'TYPE', message);
  }
  const settled = settleTogether(places, scope);
  if (!settled) return undefined;
  const results = new Map(places.map(({ index }, at) => [index, settled[at]!]));
  return nodes.map((node, index) => results.get(index) ?? node);
}

/** A result with what has to hold for it; the last one may have nothing. */
interface Branch {
  readonly when?: Node;
  readonly result: Node;
}

function branchesOf(operands: readonly Node[]): readonly Branch[] {
  return operands.flatMap((node, index) => {
    if (isCondition(index, operands.length)) return [];
    return [index % 2 === 1 ? { when: operands[index - 1]!, result: node } : { result: node }];
  });
}

function toSql(operands: readonly Node[], target: SqlTarget): string {
  const branches = branchesOf(operands).map(({ when: condition, result }) => {
    const first = condition && conditionToSql(condition, target);
    const then = nodeToSql(result, target);
    return first === undefined ? `ELSE ${then}` : `WHEN ${first} THEN ${then}`;
  });
  return `(CASE ${branches.join(' ')} END)`;
}

/** As long as the conditions up to the one that holds stay what they are, and its result does. */
function staysChosen(operands: readonly Node[]): Stays {
  const branches = branchesOf(operands).map(({ when: condition, result }) => ({
    turns: condition && compileTurns(condition),
    stays: compileStays(result),
  }));
  return (row, moment, within) => {
    let until = Infinity;
    for (const { turns, stays } of branches) {
      const holds = turns?.(row, moment, true) ?? -Infinity;
      if (holds === -Infinity)
        return Math.min(until, turns?.(row, moment, false) ?? Infinity, stays(row, moment, within));
      until = Math.min(until, holds);
    }
    return until;
  };
}

/** The same, but for conditions behind the one that holds, which count as well. */
function staysChosenInSql(operands: readonly Node[], target: SqlTarget, within?: SqlSpan): string {
  const branches = branchesOf(operands);
  const conditions = branches.flatMap(({ when: condition }) => (condition && readsClock(condition) ? [condition] : []));
  const chosen = (span?: SqlSpan) => {
    const all = branches.map(({ when: condition, result }) => {
      const stays = staysInSql(result, target, span);
      return condition ? `WHEN ${conditionToSql(condition, target)} THEN ${stays}` : `ELSE ${stays}`;
    });
    return `COALESCE(CASE ${all.join(' ')} END, ${neverInSql(target)})`;
  };
  const result = within
    ? bindInSql([within.from, within.to], ([from, to]) => chosen({ ...within, from: from!, to: to! }))
    : chosen();
  return conditions.length === 0 ? result : `LEAST(${result}, ${staysTogetherInSql(conditions, target)})`;
}

function say(operands: readonly Node[], reader: Reader): string {
  const branches = branchesOf(operands);
  const words = branches.map((branch) => sayBranch(branch, reader));
  if (branches.at(-1)?.when) words.push(otherwiseEmpty[reader.locale]);
  return words.join(reader.locale === 'en' ? ', ' : '，');
}

function sayBranch({ when: condition, result }: Branch, reader: Reader): string {
  const words = sayOperand(result, reader);
  const isEnglish = reader.locale === 'en';
  const given = condition && sayPart(condition, reader);
  if (isEnglish) return given === undefined ? `otherwise ${words}` : `${words} if ${given}`;
  const before = given === undefined ? ['否则'] : [given, '时'];
  return joinWords([...before, isNull(result) ? '为' : '取', words], reader);
}

/** The result that stands behind the first condition that holds, or the last one; empty where there is none. */
export const when: Operator = {
  key: 'if',
  type: (operands) => {
    const { type } = branchesOf(operands).find(({ result }) => result.type !== 'NULL')!.result;
    return type === 'NULL' ? 'TEXT' : type;
  },
  gives: 'value',
  isCompound: true,
  arity: { min: 2, max: Infinity },
  check,
  js(operands) {
    const branches = branchesOf(operands).map(({ when: condition, result }) => ({
      holds: condition ? compileCondition(condition) : () => true,
      value: compileNode(result),
    }));
    return (row, moment) => branches.find(({ holds }) => holds(row, moment))?.value(row, moment) ?? null;
  },
  sql: toSql,
  course: { js: staysChosen, sql: staysChosenInSql },
  portable: (operands) => ({
    if: [
      ...branchesOf(operands).flatMap(({ when: condition, result }) =>
        condition ? [conditionToPortable(condition), nodeToPortable(result)] : [nodeToPortable(result)],
      ),
      ...(operands.length % 2 === 0 ? [null] : []),
    ],
  }),
  say,
};
