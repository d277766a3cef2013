import { describe, expect, test } from 'vitest';
import { fullRow, suiteCatalogue, suiteMoment } from '../../suites/index.ts';
import { checkRule, momentAt, scheduleRule, withEvents, type Node, type Row, type Rule } from '../index.ts';

function checked(rule: Rule): Node {
  const outcome = checkRule(rule, suiteCatalogue);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

const next = (rule: Rule, row: Row, moment = suiteMoment) => scheduleRule(checked(rule))(fullRow(row), moment);

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
  ])('%s', (_name, rule, row, expected) => expect(next(rule, row)).toBe(expected));

  test('is midnight by the clock of the zone, where a change of clocks removes it too', () => {
    const rule = { within_last: [{ var: 'joined' }, 1, 'day'] };
    const moment = momentAt('2018-11-03T20:00:00.000Z', 'America/Sao_Paulo');
    expect(next(rule, { joined: '2018-11-03' }, moment)).toBe('2018-11-04T03:00:00.000Z');
  });

  const ago = { days_since: [{ var: 'joined' }] };
  const soon = { '<=': [{ days_to_anniversary: [{ var: 'born' }] }, 7] };
  test.each<[string, Rule, Row, string | null]>([
    ['a value that is not there', { '>': [ago, 5] }, {}, null],
    ['more than so many days', { '>': [ago, 28] }, { joined: '2026-02-10' }, '2026-03-10T16:00:00.000Z'],
    ['more than so many days and a bit', { '>': [ago, 28.5] }, { joined: '2026-02-10' }, '2026-03-10T16:00:00.000Z'],
    ['more days than ever', { '>': [ago, 9e15] }, { joined: '2026-02-10' }, null],
    ['at last', { '>': [ago, 28] }, { joined: '2026-01-01' }, null],
    ['exactly so many days', { '==': [ago, 28] }, { joined: '2026-02-01' }, '2026-03-01T16:00:00.000Z'],
    [
      'as many days as a field says',
      { '>=': [ago, { var: 'tenure' }] },
      { joined: '2026-02-01', tenure: 30 },
      '2026-03-02T16:00:00.000Z',
    ],
    ['between two numbers of days', { '<=': [30, ago, 40] }, { joined: '2026-01-25' }, '2026-03-06T16:00:00.000Z'],
    ['one of some numbers of days', { in: [ago, [7, 3, 30]] }, { joined: '2026-02-23' }, '2026-03-01T16:00:00.000Z'],
    [
      'days until',
      { '<': [{ days_until: [{ var: 'joined' }] }, 3] },
      { joined: '2026-04-01' },
      '2026-03-29T16:00:00.000Z',
    ],
    [
      'days of an instant by the clock of the zone',
      { '>': [{ days_since: [{ var: 'created_at' }] }, 0] },
      { created_at: '2026-02-28T16:30:00.000Z' },
      '2026-03-01T16:00:00.000Z',
    ],
    [
      'the age of a day to come',
      { '==': [{ years_since: [{ var: 'joined' }] }, 0] },
      { joined: '2026-04-01' },
      '2026-03-31T16:00:00.000Z',
    ],
    [
      'the age of 29 February in a common year',
      { '>=': [{ years_since: [{ var: 'born' }] }, 27] },
      { born: '2000-02-29' },
      '2027-02-27T16:00:00.000Z',
    ],
    [
      'the age of 29 February in a leap year',
      { '>=': [{ years_since: [{ var: 'born' }] }, 28] },
      { born: '2000-02-29' },
      '2028-02-28T16:00:00.000Z',
    ],
    ['an anniversary comes near', soon, { born: '1990-03-15' }, '2026-03-07T16:00:00.000Z'],
    ['an anniversary is over', soon, { born: '1990-03-02' }, '2026-03-02T16:00:00.000Z'],
    [
      'a month of the year',
      { '==': [{ part: [{ today: [] }, 'month'] }, { part: [{ var: 'born' }, 'month'] }] },
      { born: '1990-02-15' },
      '2027-01-31T16:00:00.000Z',
    ],
    ['the 31st', { '==': [{ part: [{ now: [] }, 'day'] }, 31] }, {}, '2026-03-30T16:00:00.000Z'],
    ['a weekend', { in: [{ part: [{ today: [] }, 'weekday'] }, [6, 7]] }, {}, '2026-03-01T16:00:00.000Z'],
    ['any hour', { '>=': [{ part: [{ now: [] }, 'hour'] }, 0] }, {}, null],
    [
      'a window of months from the 31st',
      { within_last: [{ var: 'joined' }, 13, 'month'] },
      { joined: '2025-03-31' },
      '2026-04-30T16:00:00.000Z',
    ],
    [
      'a window of months up to the 31st',
      { within_next: [{ var: 'joined' }, 1, 'month'] },
      { joined: '2026-05-31' },
      '2026-04-30T16:00:00.000Z',
    ],
    [
      'a window of a year from 29 February',
      { within_last: [{ var: 'joined' }, 4, 'year'] },
      { joined: '2024-02-29' },
      '2028-02-28T16:00:00.000Z',
    ],
    ['the first day of all', { within_last: [{ var: 'joined' }, 1000, 'year'] }, { joined: '0001-01-01' }, null],
    [
      'the last day of all',
      { within_next: [{ var: 'joined' }, 1000, 'year'] },
      { joined: '9999-12-31' },
      '8999-12-31T16:00:00.000Z',
    ],
    [
      'today, put back by months, reaches a day',
      { '>=': [{ date_add: [{ today: [] }, -1, 'month'] }, { var: 'joined' }] },
      { joined: '2026-03-31' },
      '2026-04-30T16:00:00.000Z',
    ],
    ['what is as far from now for ever', { '<': [{ now: [] }, { date_add: [{ now: [] }, 1, 'hour'] }] }, {}, null],
    [
      'what leaves the years that there are',
      { '==': [{ date_add: [{ today: [] }, 7_973, 'year'] }, null] },
      {},
      '2026-12-31T16:00:00.000Z',
    ],
    [
      'all of two, of which the later one is awaited',
      { and: [{ '>': [ago, 28] }, { '>': [ago, 40] }] },
      { joined: '2026-02-10' },
      '2026-03-22T16:00:00.000Z',
    ],
    [
      'all of two, of which one never comes',
      { and: [{ '>': [ago, 28] }, { '>': [{ var: 'charges' }, 1] }] },
      { joined: '2026-02-10' },
      null,
    ],
    [
      'any of two',
      { '!': [{ or: [{ '>': [ago, 28] }, { '>': [ago, 40] }] }] },
      { joined: '2026-02-10' },
      '2026-03-10T16:00:00.000Z',
    ],
    [
      'a choice that is settled',
      { if: [{ var: 'vip' }, { '>': [ago, 28] }, { '>': [ago, 40] }] },
      { vip: null, joined: '2026-02-10' },
      '2026-03-22T16:00:00.000Z',
    ],
    [
      'a number that is reckoned with',
      { '>=': [{ '/': [ago, 7] }, 5] },
      { joined: '2026-02-10' },
      '2026-03-16T16:00:00.000Z',
    ],
  ])('%s', (_name, rule, row, expected) => expect(next(rule, row)).toBe(expected));

  test('is the last of several events that count', () => {
    const order = [1, 2, 3, 4, 5].map((day) => ({ at: `2026-02-0${day}T10:00:00.000Z`, amount: 1 }));
    const recent: Rule = { filter: [{ var: 'events.order' }, { within_last: [{ var: 'at' }, 30, 'day'] }] };
    const row = withEvents({}, { order });
    expect(next({ '>=': [{ count: [recent] }, 1] }, row)).toBe('2026-03-07T10:00:00.000Z');
    expect(next({ '>': [{ sum: [recent, 'amount'] }, 3] }, row)).toBe('2026-03-04T10:00:00.000Z');
  });

  test.each([
    ['America/New_York', '2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z'],
    ['America/New_York', '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-04T13:00:00.000Z', '2026-04-05T13:30:00.000Z'],
    ['Asia/Kathmandu', '2026-03-01T18:15:00.000Z', '2026-03-02T18:15:00.000Z'],
    ['Pacific/Apia', '2011-12-29T10:00:00.000Z', '2011-12-30T10:00:00.000Z'],
    ['Atlantic/Azores', '2026-10-24T12:00:00.000Z', '2026-10-25T00:00:00.000Z'],
  ])('a day ends in %s', (timeZone, now, expected) => {
    const moment = momentAt(now, timeZone);
    const rule = { '==': [{ today: [] }, moment.today] };
    expect(next(rule, {}, moment)).toBe(expected);
  });
});
