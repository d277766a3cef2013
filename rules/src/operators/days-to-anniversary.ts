import { numberOf, partsOf } from '../calendar.ts';
import { sentence } from '../locale.ts';
import { ofADay, type DayNumber } from './of-a-day.ts';

/** No anniversary is more days away. */
const MOST = 366;

/** Where a month and a day stand in the table below. */
function placeOf(month: number, day: number): number {
  return month * 31 + day;
}

/** Days from today to the next day with this month and day; 29 February is on 28 February in common years. */
function daysTo(month: number, day: number, today: number): number {
  const { year } = partsOf(today);
  const thisYear = numberOf({ year, month, day });
  return (thisYear >= today ? thisYear : numberOf({ year: year + 1, month, day })) - today;
}

/** The answer for each day of the year, reckoned once, so that SQL looks it up and need not know the calendar. */
function tableOf(today: number): readonly number[] {
  const table = Array.from({ length: placeOf(12, 31) }, () => 0);
  for (let month = 1; month <= 12; month += 1) {
    for (let day = 1; day <= 31; day += 1) table[placeOf(month, day) - 1] = daysTo(month, day, today);
  }
  return table;
}

/** Days until a day's month and day come round, 0 on the day itself, whatever its year. */
export const toAnniversary: DayNumber = {
  key: 'days_to_anniversary',
  of(day, { day: today }) {
    const { month, day: ofMonth } = partsOf(day);
    return daysTo(month, ofMonth, today);
  },
  sql(day, target) {
    const table = JSON.stringify(tableOf(target.moment.day)).replace('[', '{').replace(']', '}');
    return `(${target.parameter(table)}::int[])[(extract(month from ${day}) * 31 + extract(day from ${day}))::int]`;
  },
  leaves(_day, own, { from, to }) {
    if (from >= 1) return own! - from + 1;
    // From 0 it goes back to nearly a year.
    return to <= MOST ? own! + 1 : Infinity;
  },
  leavesInSql: (_day, own, { from, to }) =>
    `CASE WHEN ${from} >= 1 THEN ${own} - ${from} + 1 WHEN ${to} <= ${MOST} THEN ${own} + 1 END`,
  words: sentence('距{}下一个周年的天数', 'the number of days to the next anniversary of {}'),
  compared: {
    unit: 'day',
    none: sentence('{}的周年是今天', '{}’s anniversary is today'),
    words: {
      less: sentence('距{}下一个周年不到 {span}', '{}’s next anniversary is less than {span} away'),
      atMost: sentence('距{}下一个周年不超过 {span}', '{}’s next anniversary is at most {span} away'),
      greater: sentence('距{}下一个周年超过 {span}', '{}’s next anniversary is more than {span} away'),
      atLeast: sentence('距{}下一个周年至少 {span}', '{}’s next anniversary is at least {span} away'),
      is: sentence('距{}下一个周年正好 {span}', '{}’s next anniversary is exactly {span} away'),
    },
  },
};

/** `days_to_anniversary`. */
export const daysToAnniversary = ofADay(toAnniversary);
