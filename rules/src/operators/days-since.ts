import { sentence } from '../locale.ts';
import { ofADay, type DayNumber } from './of-a-day.ts';

/** Days from a day to today; negative for a day to come. */
export const sinceDay: DayNumber = {
  key: 'days_since',
  of: (day, { day: today }) => today - day,
  sql: (day, target) => `${target.parameter(target.moment.today)}::date - ${day}`,
  leaves: (_day, own, { to }) => to - own!,
  leavesInSql: (_day, own, { to }) => `${to} - ${own}`,
  words: sentence('{}至今的天数', 'the number of days since {}'),
  compared: {
    unit: 'day',
    none: sentence('{}是今天', '{} is today'),
    words: {
      less: sentence('{}至今不到 {span}（含将来的日期）', '{} is less than {span} ago (including future dates)'),
      atMost: sentence('{}至今不超过 {span}（含将来的日期）', '{} is at most {span} ago (including future dates)'),
      greater: sentence('{}至今超过 {span}', '{} is more than {span} ago'),
      atLeast: sentence('{}至今至少 {span}', '{} is at least {span} ago'),
      is: sentence('{}至今正好 {span}', '{} is exactly {span} ago'),
    },
  },
};

/** `days_since`. */
export const daysSince = ofADay(sinceDay);
