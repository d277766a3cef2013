import type { Operator } from '../ast.ts';
import { abs } from './abs.ts';
import { add } from './add.ts';
import { and } from './and.ts';
import { avg } from './avg.ts';
import { cat } from './cat.ts';
import { count } from './count.ts';
import { dateAdd } from './date-add.ts';
import { daysSince } from './days-since.ts';
import { daysToAnniversary } from './days-to-anniversary.ts';
import { daysUntil } from './days-until.ts';
import { divide } from './divide.ts';
import { endsWith } from './ends-with.ts';
import { equals } from './equals.ts';
import { filter } from './filter.ts';
import { first } from './first.ts';
import { greater } from './greater.ts';
import { greaterOrEqual } from './greater-or-equal.ts';
import { hasAll } from './has-all.ts';
import { hasAny } from './has-any.ts';
import { hasNone } from './has-none.ts';
import { when } from './if.ts';
import { isIn } from './in.ts';
import { inSegment } from './in-segment.ts';
import { last } from './last.ts';
import { length } from './length.ts';
import { less } from './less.ts';
import { lessOrEqual } from './less-or-equal.ts';
import { lower } from './lower.ts';
import { max } from './max.ts';
import { maxOf } from './max-of.ts';
import { me } from './me.ts';
import { min } from './min.ts';
import { minOf } from './min-of.ts';
import { multiply } from './multiply.ts';
import { none } from './none.ts';
import { not } from './not.ts';
import { notEquals } from './not-equals.ts';
import { now } from './now.ts';
import { or } from './or.ts';
import { part } from './part.ts';
import { remainder } from './remainder.ts';
import { round } from './round.ts';
import { some } from './some.ts';
import { startsWith } from './starts-with.ts';
import { substr } from './substr.ts';
import { subtract } from './subtract.ts';
import { sum } from './sum.ts';
import { today } from './today.ts';
import { withinLast } from './within-last.ts';
import { withinNext } from './within-next.ts';
import { withinRegion } from './within-region.ts';
import { yearsSince } from './years-since.ts';

const list: readonly Operator[] = [
  and,
  or,
  not,
  when,
  equals,
  notEquals,
  less,
  lessOrEqual,
  greater,
  greaterOrEqual,
  isIn,
  startsWith,
  endsWith,
  lower,
  length,
  cat,
  substr,
  hasAny,
  hasAll,
  hasNone,
  some,
  none,
  withinRegion,
  add,
  subtract,
  multiply,
  divide,
  remainder,
  min,
  max,
  round,
  abs,
  today,
  now,
  daysSince,
  daysUntil,
  yearsSince,
  daysToAnniversary,
  withinLast,
  withinNext,
  dateAdd,
  part,
  filter,
  count,
  sum,
  avg,
  minOf,
  maxOf,
  first,
  last,
  inSegment,
  me,
];

/** Every operation of the language by its JSON-logic key; the list is closed. */
export const operators: ReadonlyMap<string, Operator> = new Map(list.map((operator) => [operator.key, operator]));
