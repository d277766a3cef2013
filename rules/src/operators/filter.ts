import type { Operator } from '../ast.ts';
import { countOrEmpty } from '../portable.ts';
import { eventsIn } from '../events.ts';
import { staysJoinedInSql, neverInSql } from '../schedule/stays-in-sql.ts';
import { staysJoined } from '../schedule/stays.ts';
import { inBrackets, sayCondition, sayNode } from '../text.ts';
import { checkEvents, compileEvents, eventsToPortable, eventsToSql, listOf, narrowed } from './event-list.ts';

/**
 * The events of a list for which a condition holds; it reads nothing but the event. What stands for the list where a value is asked for
 * is how many it holds, or nothing.
 */
export const filter: Operator = {
  key: 'filter',
  type: 'EVENTS',
  gives: 'value',
  arity: { min: 2, max: 2 },
  check(_operands, scope) {
    const list = checkEvents(0, scope);
    const condition = list && scope.conditionOnEvents(listOf(list).source.eventType, 1);
    return condition && [list, condition];
  },
  js(operands) {
    const events = compileEvents(narrowed(operands));
    return (row, moment) => events(row, moment).length || null;
  },
  sql: (operands, target) =>
    `(SELECT NULLIF(count(*), 0)::double precision FROM ${eventsToSql(narrowed(operands), target).from})`,
  portable: (operands) => countOrEmpty(eventsToPortable(narrowed(operands))),
  course: {
    js(operands) {
      const { source, conditions } = narrowed(operands);
      const stays = staysJoined(conditions);
      return (row, moment) =>
        eventsIn(row, source.eventType.key).reduce((next, event) => Math.min(next, stays(event, moment)), Infinity);
    },
    sql(operands, target) {
      const { source, conditions } = narrowed(operands);
      const { from, each } = eventsToSql({ source, conditions: [] }, target);
      return `(SELECT COALESCE(min(${staysJoinedInSql(conditions, each)}), ${neverInSql(target)}) FROM ${from})`;
    },
  },
  say(operands, reader) {
    const { source, conditions } = narrowed(operands);
    const words = conditions.map((condition) => inBrackets(sayCondition(condition, reader), reader));
    const events = sayNode(source, reader);
    return reader.locale === 'en' ? `${events} where ${words.join(' and ')}` : `符合${words.join('且')}的${events}`;
  },
};
