import type { Format } from '../i18n/format.ts';

const units = ['B', 'KB', 'MB'] as const;

/** The size of a file as it is read: three digits and a unit of 1,024. */
export function sizeOf(bytes: number, format: Format): string {
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const amount = bytes / 1_024 ** power;
  return `${format.number(Number(amount.toPrecision(amount < 1_000 ? 3 : 4)))} ${units[power]}`;
}
