import { describe, expect, it } from 'vitest';
import { exportAddress, type ExportOrder } from './export-address.ts';

describe('the address of an export', () => {
  it.each<[ExportOrder, string]>([
    [{}, '/exports/customers.csv'],
    [{ segmentId: 'a', filter: null, search: '' }, '/exports/customers.csv?segment=a'],
    [
      { columns: ['name', 'city'], search: '王 & 李' },
      '/exports/customers.csv?columns=name%2Ccity&search=%E7%8E%8B+%26+%E6%9D%8E',
    ],
    [
      { filter: { '>': [{ var: 'age' }, 1] } },
      '/exports/customers.csv?filter=%7B%22%3E%22%3A%5B%7B%22var%22%3A%22age%22%7D%2C1%5D%7D',
    ],
  ])('%j', (order, address) => {
    expect(exportAddress('csv', order)).toBe(address);
  });
});
