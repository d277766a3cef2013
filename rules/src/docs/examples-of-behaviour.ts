import type { Row } from '../json.ts';
import { noonOf, v, type Chapter } from './example.ts';

const orders = (...events: readonly Row[]): Row => ({ events: { order: events } as unknown as readonly string[] });
const [may, june]: readonly [Row, Row] = [
  { at: noonOf('2025-05-01'), amount: 300, product: '茶', paid: true },
  { at: noonOf('2025-06-01'), amount: 100, product: '咖啡' },
];

/** Events. */
export const behaviour: Chapter = {
  heading: 'What customers do',
  about:
    '`{ "var": "events.order" }` is the list of what a customer did of that type, in the order of time. Each event has `at`, `amount` and the properties of its type. A list is narrowed by `filter` and folded to one value; values that are empty are left out, except by `first` and `last`.',
  examples: {
    filter: {
      means: 'Those for which a condition holds; inside, `var` names what is the event’s own.',
      rule: { '!=': [{ filter: [v('events.order'), { '>=': [v('amount'), 200] }] }, null] },
      rows: [
        [orders(may), true],
        [orders(june), false],
      ],
    },
    count: {
      means: 'How many there are; 0 of none.',
      rule: { '>=': [{ count: [v('events.order')] }, 2] },
      rows: [
        [orders(may, june), true],
        [orders(may), false],
      ],
    },
    sum: {
      means: 'The sum of a property of numbers; 0 of none.',
      rule: { '>=': [{ sum: [v('events.order'), 'amount'] }, 400] },
      rows: [
        [orders(may, june), true],
        [{}, false],
      ],
    },
    avg: {
      means: 'The average of a property of numbers; empty of none.',
      rule: { '<': [{ avg: [v('events.order'), 'amount'] }, 250] },
      rows: [
        [orders(may, june), true],
        [{}, false],
      ],
    },
    min_of: {
      means: 'The smallest, first or earliest value of a property; empty of none.',
      rule: { '<': [{ min_of: [v('events.order'), 'amount'] }, 200] },
      rows: [
        [orders(may, june), true],
        [orders(may), false],
      ],
    },
    max_of: {
      means: 'The largest, last or latest value of a property; empty of none.',
      rule: { '<': [{ max_of: [v('events.order'), 'at'] }, '2025-06-01T00:00+08:00'] },
      rows: [
        [orders(may), true],
        [orders(may, june), false],
      ],
    },
    first: {
      means: 'A property of the first of them.',
      rule: { '==': [{ first: [v('events.order'), 'product'] }, '茶'] },
      rows: [
        [orders(may, june), true],
        [orders(june), false],
      ],
    },
    last: {
      means: 'A property of the latest of them.',
      rule: { '>': [{ days_since: [{ last: [v('events.order'), 'at'] }] }, 180] },
      rows: [
        [orders(may, june), true],
        [{}, false],
      ],
    },
  },
};

/** Membership. */
export const segments: Chapter = {
  heading: 'Segments',
  about: 'Not in the rules of fields and forms.',
  examples: {
    in_segment: {
      means:
        'Is a member of a segment, by its key: what is stored, hand-picked members too. Nobody is in a draft or a paused one.',
      rule: { in_segment: ['vip'] },
      rows: [
        [{ segments: ['vip'] }, true],
        [{}, false],
      ],
    },
  },
};
