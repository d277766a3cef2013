import { isNull, type Node, type SqlTarget } from '../ast.ts';
import { readsClock } from '../references.ts';
import { bindInSql, nodeToSql } from '../sql.ts';
import { valueTypes } from '../types/index.ts';
import { turned, type Sense } from './beside.ts';
import { hasSpans, isTime } from './spans.ts';
import {
  betweenInSql,
  edgesInSql,
  everythingInSql,
  millisecond,
  nowInSql,
  startAheadInSql,
  stepAfterInSql,
} from './spans-in-sql.ts';
import { neverInSql, staysInSql, staysTogetherInSql } from './stays-in-sql.ts';

/** How long a comparison of operands with their neighbours gives the same answer. */
export function staysComparedInSql(operands: readonly Node[], sense: Sense, target: SqlTarget): string {
  const [moving, ...others] = operands.filter(readsClock);
  if (others.length > 0)
    return isTime(moving!) ? staysApartInSql(operands, target) : staysTogetherInSql(operands, target);
  const { type } = moving!;
  if (!hasSpans(moving!) || type === 'NULL') return staysInSql(moving!, target);
  const place = operands.indexOf(moving!);
  const neighbours = [place - 1, place + 1].filter((index) => operands[index] && !isNull(operands[index]));
  if (neighbours.length === 0) return staysInSql(moving!, target, everythingInSql(valueTypes[type].sqlType));
  const read = [place, ...neighbours].map((index) => nodeToSql(operands[index]!, target));
  return bindInSql(read, ([value, ...marks]) => {
    const edges = marks.flatMap((mark, at) =>
      edgesInSql(moving!, mark, neighbours[at]! > place ? sense : turned(sense)),
    );
    const areThere = marks.map((mark) => `${mark} IS NOT NULL`).join(' AND ');
    const stays = staysInSql(moving!, target, betweenInSql(value!, edges));
    return `CASE WHEN ${areThere} THEN ${stays} ELSE ${neverInSql(target)} END`;
  });
}

/** How long a value is, or is not, in a list of others: of these, only the nearest ones matter. */
export function staysListedInSql(node: Node, list: Node, target: SqlTarget): string {
  if (!hasSpans(node)) return staysInSql(node, target);
  const place = nodeToSql(node, target);
  const nearest = bindInSql([place, nodeToSql(list, target)], ([value, listed]) => {
    const all = `FROM unnest(${listed!}) AS l(m) WHERE l.m`;
    return `ARRAY[(SELECT max(l.m) ${all} <= ${value!}), (SELECT min(l.m) ${all} > ${value!})]`;
  });
  return bindInSql([place, nearest], ([value, marks]) => {
    const edges = [`${marks!}[1]`, `${marks!}[2]`].flatMap((mark) => edgesInSql(node, mark, 'both'));
    return staysInSql(node, target, betweenInSql(value!, edges));
  });
}

/** How long days or instants of which several may move stay in the same order. */
function staysApartInSql(operands: readonly Node[], target: SqlTarget): string {
  const type = operands[0]!.type === 'DATE' ? 'date' : 'timestamptz';
  const later = stepAfterInSql(operands[0]!, target);
  const values = [target, later].flatMap((then) => operands.map((node) => nodeToSql(node, then)));
  const stays = operands.map((node) => staysInSql(node, target, { ...everythingInSql(type), evenly: true }));
  const meetings = bindInSql(values, (bound) => {
    const all = operands.slice(1).map((_, index) => {
      const [[a, laterA], [b, laterB]] = [index, index + 1].map((at) => [bound[at]!, bound[at + operands.length]!]) as [
        [string, string],
        [string, string],
      ];
      const meeting = type === 'date' ? daysToMeetingInSql : meetingInSql;
      return `LEAST(${meeting([a, laterA], [b, laterB], target)}, ${meeting([b, laterB], [a, laterA], target)})`;
    });
    return `LEAST(${all.join(', ')})`;
  });
  if (type === 'date') return `LEAST(${[startAheadInSql(meetings, target), ...stays].join(', ')})`;
  return `LEAST(${[meetings, ...stays].join(', ')})`;
}

/** When an instant that moves, told by it and what it is a millisecond later, comes to one that stands still; NULL where that is never. */
function meetingInSql(
  [moving, later]: readonly [string, string],
  [still, same]: readonly [string, string],
  target: SqlTarget,
): string {
  const now = nowInSql(target);
  const reached = `${still} - make_interval(secs => extract(epoch from ${moving} - ${now})::double precision)`;
  const next = `${now} + ${millisecond}`;
  return `CASE WHEN ${moving} <> ${later} AND ${still} = ${same} AND ${still} >= ${moving} THEN GREATEST(${reached}, ${next}) END`;
}

/** The same of days: in how many of them it is. */
function daysToMeetingInSql(
  [moving, later]: readonly [string, string],
  [still, same]: readonly [string, string],
): string {
  return `CASE WHEN ${moving} <> ${later} AND ${still} = ${same} AND ${still} >= ${moving} THEN GREATEST(${still} - ${moving}, 1) END`;
}
