import type { TimeUnit } from './calendar.ts';
import type { Value } from './json.ts';
import type { Moment } from './moment.ts';
import { sinceDay } from './operators/days-since.ts';
import { toAnniversary } from './operators/days-to-anniversary.ts';
import { untilDay } from './operators/days-until.ts';
import { dayNumberOf, type DayNumber } from './operators/of-a-day.ts';
import { isWithinWindow, type Window } from './operators/window.ts';
import { lastWindow } from './operators/within-last.ts';
import { nextWindow } from './operators/within-next.ts';
import { isWithin, regionPrefix } from './operators/within-region.ts';
import { yearsSinceDay } from './operators/years-since.ts';
import { compareText } from './types/text.ts';

/** An operation as json-logic-js takes it. */
export type PortableOperation = (...operands: readonly Value[]) => Value;

/**
 * The operations to register with json-logic-js (`add_operation`) before it runs a portable rule at a moment. They are pure, and give
 * null or false where an operand is null.
 */
export function portableOperations(moment: Moment): Readonly<Record<string, PortableOperation>> {
  const days = [sinceDay, untilDay, yearsSinceDay, toAnniversary];
  return {
    compare_text: (a = null, b = null) => (areTexts(a, b) ? Math.sign(compareText(String(a), String(b))) : null),
    starts_with: (text = null, part = null) => areTexts(text, part) && String(text).startsWith(String(part)),
    ends_with: (text = null, part = null) => areTexts(text, part) && String(text).endsWith(String(part)),
    within_region: (code = null, codes = null) =>
      isWithin(code, Array.isArray(codes) ? (codes as readonly string[]).map(regionPrefix) : []),
    today: () => moment.today,
    now: () => moment.now,
    ...Object.fromEntries(days.map((number) => [number.key, ofADay(number, moment)])),
    ...Object.fromEntries([lastWindow, nextWindow].map((window) => [window.key, inWindow(window, moment)])),
  };
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
