import { noonOf, v, type Chapter } from './example.ts';

/** Dates and times. */
export const time: Chapter = {
  heading: 'Time',
  about:
    'Days are those of the organisation’s time zone; the answers below are those of 1 March 2026 there. A date is `2026-03-01`, a time `2026-03-01T09:00+08:00`. Units are `hour` (of times alone), `day`, `week`, `month`, `year`.',
  examples: {
    today: {
      means: 'The day it is.',
      rule: { '==': [v('joined'), { today: [] }] },
      rows: [
        [{ joined: '2026-03-01' }, true],
        [{ joined: '2026-02-28' }, false],
      ],
    },
    now: {
      means: 'The instant it is.',
      rule: { '<': [v('created_at'), { now: [] }] },
      rows: [
        [{ created_at: noonOf('2026-02-01') }, true],
        [{ created_at: noonOf('2026-04-01') }, false],
      ],
    },
    days_since: {
      means: 'Days from a day to today; negative for a day to come.',
      rule: { '>': [{ days_since: [v('joined')] }, 28] },
      rows: [
        [{ joined: '2026-01-31' }, true],
        [{ joined: '2026-02-01' }, false],
      ],
    },
    days_until: {
      means: 'Days from today to a day; negative for a day gone by.',
      rule: { '<=': [0, { days_until: [v('joined')] }, 30] },
      rows: [
        [{ joined: '2026-03-31' }, true],
        [{ joined: '2026-02-28' }, false],
      ],
    },
    years_since: {
      means: 'Full years since a day, such as an age; empty for a day to come.',
      rule: { '>=': [{ years_since: [v('born')] }, 18] },
      rows: [
        [{ born: '2008-02-29' }, true],
        [{ born: '2008-03-02' }, false],
      ],
    },
    days_to_anniversary: {
      means: 'Days until its month and day come round, such as a birthday; 0 on the day itself.',
      rule: { '<=': [{ days_to_anniversary: [v('born')] }, 7] },
      rows: [
        [{ born: '1990-03-08' }, true],
        [{ born: '1990-02-28' }, false],
      ],
    },
    within_last: {
      means: 'Lies in the time up to now; of days, today is the last.',
      rule: { within_last: [v('joined'), 7, 'day'] },
      rows: [
        [{ joined: '2026-02-23' }, true],
        [{ joined: '2026-02-22' }, false],
        [{ joined: '2026-03-02' }, false],
      ],
    },
    within_next: {
      means: 'Lies in the time from now on; of days, today is the first.',
      rule: { within_next: [v('joined'), 1, 'month'] },
      rows: [
        [{ joined: '2026-03-31' }, true],
        [{ joined: '2026-04-01' }, false],
      ],
    },
    date_add: {
      means: 'A date or a time moved by so many units; the last day of a shorter month where there is no such day.',
      rule: { '<=': [{ date_add: [v('joined'), 1, 'month'] }, { today: [] }] },
      rows: [
        [{ joined: '2026-01-31' }, true],
        [{ joined: '2026-02-02' }, false],
      ],
    },
    part: {
      means: 'Its `year`, `month`, `day`, `weekday` (1 is Monday) or, of times, `hour`.',
      rule: { in: [{ part: [v('joined'), 'weekday'] }, [6, 7]] },
      rows: [
        [{ joined: '2026-03-01' }, true],
        [{ joined: '2026-03-02' }, false],
      ],
    },
  },
};
