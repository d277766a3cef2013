import { momentAt, type Moment } from '@kequn/rules';
import { suiteMoment, suiteViewer } from '@kequn/rules/suites';

/**
 * When random rules are asked: at the moment that most random values lie around, and where clocks and calendars are odd. The zones change
 * their clocks by an hour, by half an hour or not at all, lie at odd minutes, and skipped a whole day.
 */
export const moments: readonly Moment[] = [
  suiteMoment,
  momentAt(suiteMoment.now, 'America/New_York', suiteViewer),
  momentAt(suiteMoment.now, 'Asia/Kathmandu', suiteViewer),
  momentAt('2024-02-29T16:00:00.000Z', 'Asia/Shanghai', suiteViewer),
  momentAt('2025-02-28T15:59:59.999Z', 'Asia/Shanghai', suiteViewer),
  momentAt('2026-03-08T06:59:59.999Z', 'America/New_York', suiteViewer),
  momentAt('2026-03-08T07:00:00.000Z', 'America/New_York', suiteViewer),
  momentAt('2026-11-01T05:30:00.000Z', 'America/New_York', suiteViewer),
  momentAt('2026-11-01T06:30:00.000Z', 'America/New_York', suiteViewer),
  momentAt('2026-04-04T15:15:00.000Z', 'Australia/Lord_Howe', suiteViewer),
  momentAt('2026-10-03T15:30:00.000Z', 'Australia/Lord_Howe', suiteViewer),
  momentAt('2026-12-31T18:14:59.999Z', 'Asia/Kathmandu', suiteViewer),
  momentAt('2011-12-30T09:59:59.999Z', 'Pacific/Apia', suiteViewer),
  momentAt('2011-12-30T10:00:00.000Z', 'Pacific/Apia', suiteViewer),
];
