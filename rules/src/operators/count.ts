import type { Operator } from '../ast.ts';
import { sayNode } from '../text.ts';
import { checkEvents, compileEvents, eventsToPortable, eventsToSql, listOf } from './event-list.ts';

/** How many events a list holds: 0 of an empty one, so "has not done" is `count == 0`. */
export const count: Operator = {
  key: 'count',
  type: 'NUMBER',
  gives: 'value',
  arity: { min: 1, max: 1 },
  check(_operands, scope) {
    const list = checkEvents(0, scope);
    return list && [list];
  },
  js([list]) {
    const events = compileEvents(listOf(list!));
    return (row, moment) => events(row, moment).length;
  },
  sql: ([list], target) => `(SELECT count(*)::double precision FROM ${eventsToSql(listOf(list!), target).from})`,
  portable: ([list]) => ({ count: [eventsToPortable(listOf(list!))] }),
  say: ([list], reader) =>
    reader.locale === 'en' ? `the number of ${sayNode(list!, reader)}` : `${sayNode(list!, reader)}的次数`,
};
