import { dayNumber } from '../calendar.ts';
import { sentence } from '../locale.ts';
import { ofADay, type DayNumber } from './of-a-day.ts';

/** Days from a day to today; negative for a day to come. */
export const sinceDay: DayNumber = {
  key: 'days_since',
  of: (day, { today }) => dayNumber(today) - day,
  sql: (day, target) => `${target.parameter(target.moment.today)}::date - ${day}`,
  words: sentence('{}至今的天数', 'days since {}'),
};

/** `days_since`. */
export const daysSince = ofADay(sinceDay);
