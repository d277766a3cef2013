import { isNull, type Node, type Stays } from '../ast.ts';
import { compileNode } from '../js.ts';
import type { Row } from '../json.ts';
import type { Moment } from '../moment.ts';
import { readsClock } from '../references.ts';
import { nextStart, stepAfter } from './clock.ts';
import { between, evenly, everything, hasSpans, isTime, placeOf } from './spans.ts';
import { compileStays, staysTogether } from './stays.ts';

/** Where an answer changes as a first operand grows past a second one: as it comes to it, behind it, or both. */
export type Sense = 'at' | 'behind' | 'both';

/** The same as the second operand grows past the first one. */
export function turned(sense: Sense): Sense {
  if (sense === 'both') return sense;
  return sense === 'at' ? 'behind' : 'at';
}

/** The edges between which a value may move beside others; NaN where one of these is empty. */
type Edges = (row: Row, moment: Moment) => readonly number[];

/** How long a comparison of operands with their neighbours gives the same answer. */
export function staysCompared(operands: readonly Node[], sense: Sense): Stays {
  const [moving, ...others] = operands.filter(readsClock);
  if (others.length > 0) return isTime(moving!) ? staysApart(operands) : staysTogether(operands);
  const place = operands.indexOf(moving!);
  const neighbours = operands.flatMap((node, index) => {
    if (Math.abs(index - place) !== 1 || isNull(node)) return [];
    return [{ value: compileNode(node), side: index > place ? sense : turned(sense) }];
  });
  return staysBetween(moving!, (row, moment) =>
    neighbours.flatMap(({ value, side }) => edgesOf(placeOf(value(row, moment)), side)),
  );
}

/** How long a value is, or is not, one of some others. */
export function staysListed(node: Node, places: (moment: Moment) => readonly number[]): Stays {
  return staysBetween(node, (_row, moment) => places(moment).flatMap((place) => edgesOf(place, 'both')));
}

/** The edges at a place that a value may come to: whole numbers, as what comes to them is. */
function edgesOf(place: number, sense: Sense): readonly number[] {
  const [at, behind] = [Math.ceil(place), Math.floor(place) + 1];
  return sense === 'both' ? [at, behind] : [sense === 'at' ? at : behind];
}

/** As long as a value stays between the edges around it; what is compared with an empty value is answered alike for ever. */
function staysBetween(node: Node, edges: Edges): Stays {
  const [value, stays] = [compileNode(node), compileStays(node)];
  if (!hasSpans(node)) return stays;
  return (row, moment) => {
    const all = edges(row, moment);
    if (all.some(Number.isNaN)) return Infinity;
    const place = placeOf(value(row, moment));
    return stays(row, moment, Number.isNaN(place) ? everything : between(place, all));
  };
}

/** How long days or instants of which several may move stay in the same order. */
function staysApart(operands: readonly Node[]): Stays {
  const [values, all] = [operands.map(compileNode), operands.map(compileStays)];
  const isDate = operands[0]!.type === 'DATE';
  return (row, moment) => {
    const [places, next] = [moment, stepAfter(operands[0]!, moment)].map((then) =>
      values.map((value) => placeOf(value(row, then))),
    );
    const meetings = places!.slice(1).map((b, index) => {
      const a = places![index]!;
      const steps = stepsToMeeting(b - a, next![index + 1]! - b - (next![index]! - a));
      return isDate ? nextStart([moment.day + steps], moment) : Date.parse(moment.now) + steps;
    });
    return Math.min(...meetings, ...all.map((stays) => stays(row, moment, evenly)));
  };
}

/** Steps after which two times so far apart are in another order, where the distance grows by so much in each. */
function stepsToMeeting(distance: number, growth: number): number {
  if (distance === 0 && growth !== 0) return 1;
  return distance * growth < 0 ? Math.abs(distance) : Infinity;
}
