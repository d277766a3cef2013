import fc from 'fast-check';
import { expect, it } from 'vitest';
import { enteredDate, shownDate, unfinished } from './entered-date.ts';

it('shows an instant to the minute, and takes what it shows for the same instant', () => {
  const minutes = fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(minutes, (at) => {
      const shown = shownDate('DATETIME', at.toISOString());
      expect(shown).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/);
      expect(shownDate('DATETIME', enteredDate('DATETIME', shown))).toBe(shown);
    }),
  );
});

it.each([
  ['DATE', '2026-02-28', '2026-02-28'],
  ['DATE', unfinished, ''],
  ['DATE', null, ''],
  ['DATETIME', unfinished, ''],
  ['DATETIME', 'no instant', ''],
] as const)('of a %s %j it shows %j', (type, value, shown) => {
  expect(shownDate(type, value)).toBe(shown);
});

it('takes an empty input for nothing', () => {
  expect([enteredDate('DATE', ''), enteredDate('DATETIME', '')]).toEqual([null, null]);
});
