import type { TimeUnit } from './calendar.ts';
import type { Json, Row, Value } from './json.ts';
import type { Moment } from './moment.ts';
import { absolute } from './operators/abs.ts';
import { averageOf } from './operators/avg.ts';
import { dateAdded } from './operators/date-add.ts';
import { sinceDay } from './operators/days-since.ts';
import { toAnniversary } from './operators/days-to-anniversary.ts';
import { untilDay } from './operators/days-until.ts';
import { firstOf } from './operators/first.ts';
import { foldedBy, type Fold } from './operators/fold.ts';
import { lastOf } from './operators/last.ts';
import { lengthOfText } from './operators/length.ts';
import { lowered } from './operators/lower.ts';
import { largestOf } from './operators/max-of.ts';
import { smallestOf } from './operators/min-of.ts';
import { dayNumberOf, type DayNumber } from './operators/of-a-day.ts';
import { madeOfOne } from './operators/of-one.ts';
import { partOfTime, type TimePart } from './operators/part.ts';
import { rounded } from './operators/round.ts';
import { partOfText } from './operators/substr.ts';
import { sumOf } from './operators/sum.ts';
import { isWithinWindow, type Window } from './operators/window.ts';
import { lastWindow } from './operators/within-last.ts';
import { nextWindow } from './operators/within-next.ts';
import { holdsAsked, type Having } from './operators/having.ts';
import { isWithin, regionPrefix } from './operators/within-region.ts';
import { yearsSinceDay } from './operators/years-since.ts';
import { compareText } from './types/text.ts';
import { listOfViewer, ofViewer } from './viewer.ts';
import type { ValueType } from './types/value-type.ts';

/** An operation as json-logic-js takes it. */
export type PortableOperation = (...operands: readonly Value[]) => Json;

/**
 * The operations to register with json-logic-js (`add_operation`) before it runs a portable rule at a moment. They are pure, and give
 * null or false where an operand is null.
 */
export function portableOperations(moment: Moment): Readonly<Record<string, PortableOperation>> {
  const made = [lowered, lengthOfText, rounded, absolute];
  const days = [sinceDay, untilDay, yearsSinceDay, toAnniversary];
  const folds = [sumOf, averageOf, smallestOf, largestOf, firstOf, lastOf];
  return {
    compare_text: (a = null, b = null) => (areTexts(a, b) ? Math.sign(compareText(String(a), String(b))) : null),
    starts_with: (text = null, part = null) => areTexts(text, part) && String(text).startsWith(String(part)),
    ends_with: (text = null, part = null) => areTexts(text, part) && String(text).endsWith(String(part)),
    substr_cp: (text = null, start = null, length) => partOfText(text, start, length),
    within_region: (code = null, codes = null) =>
      isWithin(code, Array.isArray(codes) ? (codes as readonly string[]).map(regionPrefix) : []),
    today: () => moment.today,
    now: () => moment.now,
    date_add: (time = null, count = null, unit = null) => dateAdded(time, count, unit as TimeUnit, moment.timeZone),
    part: (time = null, asked = null) => partOfTime(time, asked as TimePart, moment.timeZone),
    ...Object.fromEntries(made.map((each) => [each.key, (value: Value = null) => madeOfOne(each, value)])),
    me: (key = null, type = null, list = null) =>
      (list === null ? ofViewer : listOfViewer)(moment, String(key), type as ValueType),
    has_any: having('any'),
    has_all: having('all'),
    count: (events = null) => rowsOf(events).length,
    ...Object.fromEntries(folds.map((fold) => [fold.key, folded(fold)])),
    ...Object.fromEntries(days.map((number) => [number.key, ofADay(number, moment)])),
    ...Object.fromEntries([lastWindow, nextWindow].map((window) => [window.key, inWindow(window, moment)])),
  };
}

/** Only of a list that is the viewer's: of one that is written in the rule plain JSON-logic asks. */
function having(asks: Having['asks']): PortableOperation {
  return (held = null, keys = null) => Array.isArray(held) && Array.isArray(keys) && holdsAsked(asks, keys, held);
}

function folded(fold: Fold): PortableOperation {
  return (events = null, key = null) => foldedBy(fold, rowsOf(events), String(key));
}

/** A list of events as json-logic-js hands it over; anything else is an empty one, as `filter` takes it. */
function rowsOf(events: Value): readonly Row[] {
  return Array.isArray(events) ? (events as unknown as readonly Row[]) : [];
}

function areTexts(a: Value, b: Value): boolean {
  return typeof a === 'string' && typeof b === 'string';
}

function ofADay(number: DayNumber, moment: Moment): PortableOperation {
  return (value = null) => dayNumberOf(number, value, moment);
}

function inWindow(window: Window, moment: Moment): PortableOperation {
  return (value = null, count = null, unit = null) =>
    isWithinWindow(window, value, { count: Number(count), unit: unit as TimeUnit }, moment);
}
