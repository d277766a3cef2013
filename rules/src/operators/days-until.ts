import { sentence } from '../locale.ts';
import { ofADay, type DayNumber } from './of-a-day.ts';

/** Days from today to a day; negative for a day gone by. */
export const untilDay: DayNumber = {
  key: 'days_until',
  of: (day, { day: today }) => day - today,
  sql: (day, target) => `${day} - ${target.parameter(target.moment.today)}::date`,
  leaves: (_day, own, { from }) => own! - from + 1,
  leavesInSql: (_day, own, { from }) => `${own} - ${from} + 1`,
  words: sentence('距{}的天数', 'the number of days until {}'),
  compared: {
    unit: 'day',
    none: sentence('{}是今天', '{} is today'),
    words: {
      less: sentence('距{}不到 {span}（含已过的日期）', '{} is less than {span} from now (including past dates)'),
      atMost: sentence('距{}不超过 {span}（含已过的日期）', '{} is at most {span} from now (including past dates)'),
      greater: sentence('距{}还有超过 {span}', '{} is more than {span} from now'),
      atLeast: sentence('距{}还有至少 {span}', '{} is at least {span} from now'),
      is: sentence('距{}正好还有 {span}', '{} is exactly {span} from now'),
    },
  },
};

/** `days_until`. */
export const daysUntil = ofADay(untilDay);
