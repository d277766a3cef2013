import { expect, test } from 'vitest';
import { offsetAt } from './zone.ts';

const HOUR = 3_600_000;
const hours = (instant: string, zone: string) => offsetAt(Date.parse(instant), zone) / HOUR;

test.each([
  ['Asia/Shanghai', '2026-07-01T00:00:00.000Z', 8],
  ['Asia/Kathmandu', '2026-07-01T00:00:00.000Z', 5.75],
  ['America/New_York', '2026-03-08T06:59:59.999Z', -5],
  ['America/New_York', '2026-03-08T07:00:00.000Z', -4],
  ['Australia/Lord_Howe', '2026-04-04T14:59:59.999Z', 11],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00.000Z', 10.5],
  ['Pacific/Apia', '2011-12-30T09:59:59.999Z', -10],
  ['Pacific/Apia', '2011-12-30T10:00:00.000Z', 14],
  ['America/Boa_Vista', '2000-10-07T12:00:00.000Z', -4],
  ['America/Boa_Vista', '2000-10-10T12:00:00.000Z', -3],
  ['America/Boa_Vista', '2000-10-16T12:00:00.000Z', -4],
  ['Etc/UTC', '0001-01-01T00:00:00.000Z', 0],
  ['Etc/UTC', '9999-12-31T23:59:59.999Z', 0],
])('in %s at %s clocks show %d hours more than UTC', (zone, instant, offset) => {
  expect(hours(instant, zone)).toBe(offset);
});
