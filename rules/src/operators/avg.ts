import { sentence } from '../locale.ts';
import { folding, type Fold } from './fold.ts';
import { sumOf } from './sum.ts';

/** The sum of the numbers that there are, divided by how many they are; empty of none. Postgres's own avg adds in another way. */
export const averageOf: Fold = {
  key: 'avg',
  takes: 'numbers',
  of(values) {
    const numbers = values.filter((value) => value !== null);
    return numbers.length === 0 ? null : Number(sumOf.of(numbers)) / numbers.length;
  },
  sql: ({ value, forwards }) => ({
    select: `sum(${value} ORDER BY ${forwards}) / NULLIF(count(${value}), 0)::double precision`,
  }),
  words: () => sentence('{events}的平均{property}', 'the average {property} of {events}'),
};

/** `avg`. */
export const avg = folding(averageOf);
