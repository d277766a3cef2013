import type { Operator } from '../ast.ts';
import { sentence } from '../locale.ts';
import { nextStart } from '../schedule/clock.ts';
import { nextStartInSql, todayInSql } from '../schedule/spans-in-sql.ts';
import { bindInSql } from '../sql.ts';

const words = sentence('今天', 'today');

/** The day that it is in the organisation's zone. */
export const today: Operator = {
  key: 'today',
  type: 'DATE',
  gives: 'value',
  readsClock: true,
  arity: { min: 0, max: 0 },
  check: () => [],
  js: () => (_row, moment) => moment.today,
  sql: (_operands, target) => `${target.parameter(target.moment.today)}::date`,
  portable: () => ({ today: [] }),
  course: {
    js: () => (_row, moment, within) => nextStart([within?.to ?? moment.day + 1], moment),
    sql(_operands, target, within) {
      if (!within) return nextStartInSql([`${todayInSql(target)} + 1`], target);
      return bindInSql([within.to, within.from], ([to]) => nextStartInSql([to!], target));
    },
  },
  say: (_operands, { locale }) => words[locale],
};
