import type { Operator } from '../ast.ts';
import { sentence } from '../locale.ts';
import { nextOf } from '../schedule/clock.ts';
import { millisecond, nextOfInSql, nowInSql } from '../schedule/spans-in-sql.ts';
import { bindInSql } from '../sql.ts';

const words = sentence('现在', 'now');

/** The instant at which the rule is asked, in milliseconds. */
export const now: Operator = {
  key: 'now',
  type: 'DATETIME',
  gives: 'value',
  readsClock: true,
  arity: { min: 0, max: 0 },
  check: () => [],
  js: () => (_row, moment) => moment.now,
  sql: (_operands, target) => `${target.parameter(target.moment.now)}::timestamptz`,
  portable: () => ({ now: [] }),
  course: {
    js: () => (_row, moment, within) => {
      const at = Date.parse(moment.now);
      return nextOf([within?.to ?? at + 1], at);
    },
    sql(_operands, target, within) {
      if (!within) return nextOfInSql([`${nowInSql(target)} + ${millisecond}`], target);
      return bindInSql([within.to, within.from], ([to]) => nextOfInSql([to!], target));
    },
  },
  say: (_operands, { locale }) => words[locale],
};
