import { dayNumber } from '../calendar.ts';
import { sentence } from '../locale.ts';
import { ofADay, type DayNumber } from './of-a-day.ts';

/** Days from today to a day; negative for a day gone by. */
export const untilDay: DayNumber = {
  key: 'days_until',
  of: (day, { today }) => day - dayNumber(today),
  sql: (day, target) => `${day} - ${target.parameter(target.moment.today)}::date`,
  words: sentence('距{}的天数', 'days until {}'),
};

/** `days_until`. */
export const daysUntil = ofADay(untilDay);
