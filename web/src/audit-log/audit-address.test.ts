import { expect, it } from 'vitest';
import { en } from '../i18n/en.ts';
import { codeOf, wordOf } from './action-words.ts';
import { askedOf, auditExportAddress, everything, readAuditView, writeAuditView } from './audit-address.ts';

it('reads a view as it was written', () => {
  const view = { shows: 'reads' as const, search: 'Li', from: '2026-02-28', to: '2026-03-01', customerId: 'c1' };
  expect(readAuditView(JSON.parse(JSON.stringify(writeAuditView(view))))).toEqual(view);
  expect(writeAuditView(everything)).toEqual({});
});

it.each(['2026-02-30', '2026-13-01', 'today', '1'])('takes %s for no day', (from) => {
  expect(readAuditView({ from })).toEqual(everything);
});

it('asks from the first instant of a day to the end of the last one', () => {
  const { from, to } = askedOf({ ...everything, from: '2026-02-28', to: '2026-02-28' });
  expect(new Date(from ?? '')).toEqual(new Date(2026, 1, 28));
  expect(new Date(to ?? '')).toEqual(new Date(2026, 2, 1));
  expect(askedOf(everything)).toEqual({ customerId: null, from: null, to: null });
});

it('exports what a view shows', () => {
  expect(auditExportAddress('csv', everything)).toBe('/exports/audit-log.csv');
  const view = { ...everything, search: '王 & 李', from: '2026-02-28', to: '2026-02-28', customerId: 'c1' };
  const { pathname, searchParams } = new URL(auditExportAddress('xlsx', view), 'http://x');
  expect([pathname, Object.fromEntries(searchParams)]).toEqual([
    '/exports/audit-log.xlsx',
    { ...askedOf(view), search: '王 & 李' },
  ]);
});

it('searches for an action by its code, and for anything else as it is', () => {
  expect(codeOf(' customer erased ', en)).toBe('customer.erased');
  expect(codeOf(' Li ', en)).toBe('Li');
  expect(wordOf('customer.erased', en)).toBe('Customer erased');
  expect(wordOf('Li', en)).toBe('Li');
});
