import type { Node, SqlSpan, SqlTarget } from '../ast.ts';
import { readsClock } from '../references.ts';
import { bindInSql, conditionToSql } from '../sql.ts';

/** The instant that never comes. */
export function neverInSql(target: SqlTarget): string {
  return `${target.parameter('infinity')}::timestamptz`;
}

/** Writes how long time alone leaves a node as it is. */
export function staysInSql(node: Node, target: SqlTarget, within?: SqlSpan): string {
  if (node.kind !== 'call' || !readsClock(node)) return whateverInSql(within, neverInSql(target));
  const { operator, operands } = node;
  if (operator.course) return operator.course.sql(operands, target, within);
  return whateverInSql(
    within,
    operator.joins ? staysJoinedInSql([node], target) : staysTogetherInSql(operands, target),
  );
}

/** What is so in any span. Postgres refuses parameters that stand nowhere, so the span is written all the same. */
function whateverInSql(within: SqlSpan | undefined, sql: string): string {
  return within ? bindInSql([within.from, within.to], () => sql) : sql;
}

/** As long as all of the nodes stay what they are. */
export function staysTogetherInSql(nodes: readonly Node[], target: SqlTarget): string {
  return `LEAST(${nodes
    .filter(readsClock)
    .map((node) => staysInSql(node, target))
    .join(', ')})`;
}

/** As long as whether all of the conditions hold stays as it is. */
export function staysJoinedInSql(conditions: readonly Node[], target: SqlTarget): string {
  const moving = conditions.flatMap(movingIn);
  const stays = moving.map((node) => staysInSql(node, target));
  return bindInSql(stays, (bound) => {
    const until = new Map(moving.map((node, index) => [node, bound[index]!]));
    const all = [true, false].map((wanted) => joinedInSql('all', conditions, wanted, until, target));
    return `GREATEST(${all.join(', ')})`;
  });
}

/** The conditions that are joined and that time can turn; each is written once. */
function movingIn(node: Node): readonly Node[] {
  if (node.kind !== 'call' || !readsClock(node)) return [];
  return node.operator.joins ? node.operands.flatMap(movingIn) : [node];
}

/** All hold once the last of them does, and fail once the first one does. */
function joinedInSql(
  joins: 'all' | 'any' | 'none',
  conditions: readonly Node[],
  wanted: boolean,
  until: ReadonlyMap<Node, string>,
  target: SqlTarget,
): string {
  const each = joins === 'none' ? !wanted : wanted;
  const all = conditions.map((node) => turnsInSql(node, each, until, target));
  return `${each === (joins === 'all') ? 'GREATEST' : 'LEAST'}(${all.join(', ')})`;
}

function turnsInSql(node: Node, wanted: boolean, until: ReadonlyMap<Node, string>, target: SqlTarget): string {
  if (node.kind === 'call' && node.operator.joins)
    return joinedInSql(node.operator.joins, node.operands, wanted, until, target);
  const holds = `${conditionToSql(node, target)} IS ${wanted ? 'TRUE' : 'FALSE'}`;
  const already = `${target.parameter('-infinity')}::timestamptz`;
  return `CASE WHEN ${holds} THEN ${already} ELSE ${until.get(node) ?? neverInSql(target)} END`;
}
