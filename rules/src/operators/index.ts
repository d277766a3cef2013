import type { Operator } from '../ast.ts';
import { add } from './add.ts';
import { and } from './and.ts';
import { daysSince } from './days-since.ts';
import { daysToAnniversary } from './days-to-anniversary.ts';
import { daysUntil } from './days-until.ts';
import { divide } from './divide.ts';
import { endsWith } from './ends-with.ts';
import { equals } from './equals.ts';
import { greaterOrEqual } from './greater-or-equal.ts';
import { greater } from './greater.ts';
import { hasAll } from './has-all.ts';
import { hasAny } from './has-any.ts';
import { hasNone } from './has-none.ts';
import { when } from './if.ts';
import { isIn } from './in.ts';
import { lessOrEqual } from './less-or-equal.ts';
import { less } from './less.ts';
import { multiply } from './multiply.ts';
import { notEquals } from './not-equals.ts';
import { not } from './not.ts';
import { now } from './now.ts';
import { or } from './or.ts';
import { startsWith } from './starts-with.ts';
import { subtract } from './subtract.ts';
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
  hasAny,
  hasAll,
  hasNone,
  withinRegion,
  add,
  subtract,
  multiply,
  divide,
  today,
  now,
  daysSince,
  daysUntil,
  yearsSince,
  daysToAnniversary,
  withinLast,
  withinNext,
];

/** Every operation of the language by its JSON-logic key; the list is closed. */
export const operators: ReadonlyMap<string, Operator> = new Map(list.map((operator) => [operator.key, operator]));
