import { numberOf, partsOf, type CalendarDay } from '../calendar.ts';
import { sentence } from '../locale.ts';
import { todayInSql } from '../schedule/spans-in-sql.ts';
import { ofADay, type DayNumber } from './of-a-day.ts';

/** More than there are between days that can be stored. */
const MOST_YEARS = 10_000;

/** Month and day as one number that grows through the year. */
function inYear({ month, day }: CalendarDay): number {
  return month * 100 + day;
}

/** The last day of a year whose anniversary is not after today: 29 February is passed on 28 February of a common year. */
function lastPassed(today: CalendarDay): number {
  const isEndOfFebruary = inYear(today) === 228 && partsOf(numberOf({ ...today, day: 29 })).day === 28;
  return isEndOfFebruary ? 229 : inYear(today);
}

/** Anniversaries of a day that have passed, today's included: of a birthday the age; none for a day to come. */
export const yearsSinceDay: DayNumber = {
  key: 'years_since',
  of(day, { day: today }) {
    const [then, now] = [partsOf(day), partsOf(today)];
    if (day > today) return null;
    return now.year - then.year - (inYear(then) > lastPassed(now) ? 1 : 0);
  },
  sql(day, target) {
    // At the end of February both are moved to the next day: 29 February has passed by then, as it has on the 28th of a common year.
    const shift = Number(inYear(partsOf(target.moment.day + 1)) === 301);
    const today = `${target.parameter(target.moment.today)}::date`;
    const moved = (of: string) => `(${of} + ${target.parameter(shift)}::int)::timestamp`;
    // Taking year, month and day out of every day was measured to be more than half of what a count of eight conditions took.
    return `CASE WHEN ${day} <= ${today} THEN extract(year from age(${moved(today)}, ${moved(day)})) END`;
  },
  leaves(day, _own, { to }, { day: today }) {
    if (day > today) return day - today;
    const then = partsOf(day);
    return to <= MOST_YEARS ? numberOf({ ...then, year: then.year + to }) - today : Infinity;
  },
  leavesInSql(day, _own, { to }, target) {
    const today = todayInSql(target);
    const months = `(CASE WHEN ${to} BETWEEN 1 AND ${MOST_YEARS} THEN ${to} * 12 END)::int`;
    const anniversary = `(${day} + make_interval(months => ${months}))::date`;
    return `CASE WHEN ${day} > ${today} THEN ${day} - ${today} ELSE ${anniversary} - ${today} END`;
  },
  words: sentence('{}至今的整年数', 'the number of full years since {}'),
  compared: {
    unit: 'year',
    // Only these say the same of full years and of the time that has passed.
    words: {
      less: sentence('{}至今未满 {span}', '{} is less than {span} ago'),
      atLeast: sentence('{}至今已满 {span}', '{} is at least {span} ago'),
    },
  },
};

/** `years_since`. */
export const yearsSince = ofADay(yearsSinceDay);
