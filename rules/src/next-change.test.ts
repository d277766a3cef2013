import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRow, arbitraryRule, fullRow, suiteCatalogue, suiteMoment } from '../suites/index.ts';
import { checkRule, compileRule, momentAt, nextChange, withEvents, type Node, type Row, type Rule } from './index.ts';

function checked(rule: Rule): Node {
  const outcome = checkRule(rule, suiteCatalogue);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

const next = (rule: Rule, row: Row, moment = suiteMoment) => nextChange(checked(rule), fullRow(row), moment);

describe('when time alone next changes an answer', () => {
  // It is 2026-03-01 01:04:05.678 in Shanghai.
  test.each<[string, Rule, Row, string | null]>([
    ['no clock', { '>': [{ var: 'charges' }, 1] }, { charges: 2 }, null],
    [
      'leaves a window of days',
      { within_last: [{ var: 'joined' }, 7, 'day'] },
      { joined: '2026-02-28' },
      '2026-03-06T16:00:00.000Z',
    ],
    [
      'leaves a window of hours',
      { within_last: [{ var: 'created_at' }, 24, 'hour'] },
      { created_at: '2026-02-28T10:00:00.000Z' },
      '2026-03-01T10:00:00.000Z',
    ],
    [
      'enters what is to come',
      { within_next: [{ var: 'created_at' }, 1, 'hour'] },
      { created_at: '2026-03-02T10:00:00.000Z' },
      '2026-03-02T09:00:00.001Z',
    ],
    [
      'becomes past',
      { '<=': [{ var: 'created_at' }, { now: [] }] },
      { created_at: '2026-03-02T10:00:00.000Z' },
      '2026-03-02T10:00:00.000Z',
    ],
    [
      'a birthday',
      { '==': [{ days_to_anniversary: [{ var: 'born' }] }, 0] },
      { born: '1990-03-05' },
      '2026-03-04T16:00:00.000Z',
    ],
    [
      'an order becomes too old to count',
      {
        '>=': [{ count: [{ filter: [{ var: 'events.order' }, { within_last: [{ var: 'at' }, 24, 'hour'] }] }] }, 1],
      },
      withEvents(
        {},
        {
          order: [{ at: '2026-02-20T10:00:00.000Z' }, { at: '2026-02-28T10:00:00.000Z' }],
        },
      ),
      '2026-03-01T10:00:00.000Z',
    ],
    ['an age', { '>=': [{ years_since: [{ var: 'born' }] }, 18] }, { born: '2010-06-01' }, '2028-05-31T16:00:00.000Z'],
    [
      'a time that was put off is past',
      { '<': [{ date_add: [{ var: 'created_at' }, 1, 'month'] }, { now: [] }] },
      { created_at: '2026-02-10T10:00:00.000Z' },
      '2026-03-10T10:00:00.001Z',
    ],
    [
      'now, put back by hours, reaches a time',
      { '>=': [{ date_add: [{ now: [] }, { var: 'tenure' }, 'hour'] }, { var: 'created_at' }] },
      { created_at: '2026-03-02T10:00:00.000Z', tenure: -5 },
      '2026-03-02T15:00:00.000Z',
    ],
    [
      'now, put back by a month, reaches a time by the clock',
      { '>=': [{ date_add: [{ now: [] }, -1, 'month'] }, { var: 'created_at' }] },
      { created_at: '2026-02-10T10:00:00.000Z' },
      '2026-03-10T10:00:00.000Z',
    ],
    ['an hour of the clock', { '==': [{ part: [{ now: [] }, 'hour'] }, 9] }, {}, '2026-03-01T01:00:00.000Z'],
    [
      'the day of a time ahead of now',
      { '==': [{ days_until: [{ date_add: [{ now: [] }, 20, 'hour'] }] }, 1] },
      {},
      '2026-02-28T20:00:00.000Z',
    ],
    ['a weekday', { '==': [{ part: [{ today: [] }, 'weekday'] }, 3] }, {}, '2026-03-03T16:00:00.000Z'],
    [
      'nothing there to change, as far as one looks',
      { '>': [{ days_since: [{ var: 'born' }] }, 5] },
      {},
      '2036-03-07T16:00:00.000Z',
    ],
  ])('%s', (_name, rule, row, expected) => expect(next(rule, row)).toBe(expected));

  test('is midnight by the clock of the zone, where a change of clocks removes it too', () => {
    const rule = { within_last: [{ var: 'joined' }, 1, 'day'] };
    const moment = momentAt('2018-11-03T20:00:00.000Z', 'America/Sao_Paulo');
    expect(next(rule, { joined: '2018-11-03' }, moment)).toBe('2018-11-04T03:00:00.000Z');
  });

  test('is never missed: between now and then, asked every hour, nothing changes', () => {
    fc.assert(
      fc.property(arbitraryRule, arbitraryRow, (rule, row) => {
        const node = checked(rule);
        const holds = compileRule(node);
        const change = nextChange(node, fullRow(row), suiteMoment);
        const start = Date.parse(suiteMoment.now);
        const end = Math.min(change === null ? Infinity : Date.parse(change), start + 60 * 86_400_000);
        for (let at = start; at < end; at += 3_600_000)
          expect(holds(fullRow(row), momentAt(new Date(at).toISOString(), 'Asia/Shanghai'))).toBe(
            holds(fullRow(row), suiteMoment),
          );
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
