import type { Json } from '@kequn/rules';
import type { ReviewsQuery } from '../api/generated/graphql.ts';
import type { CatalogueField } from '../fields/catalogue.ts';

/** An answer that waits, as it is told. */
export type Review = ReviewsQuery['reviews']['nodes'][number];

/** A customer whom it may be of. */
export type Match = Review['matches'][number];

/** One question of it, with what each of the customers has. */
export interface ReviewRow {
  readonly field: CatalogueField;
  readonly answer: Json;
  readonly theirs: readonly {
    readonly customerId: string;
    readonly value: Json;
    readonly isSame: boolean;
    /** Whether the reader may not know it of this customer. */
    readonly isRestricted: boolean;
  }[];
  /** Whether the answer can be taken. */
  readonly isTakable: boolean;
}

/** The questions that were answered, each beside what the customers have; what was left empty changes nobody. */
export function reviewRows(review: Review, byKey: ReadonlyMap<string, CatalogueField>): readonly ReviewRow[] {
  const answers = Object.entries(review.values as Readonly<Record<string, Json>>);
  return answers
    .filter(([, answer]) => answer !== null)
    .flatMap(([key, answer]) => {
      const field = byKey.get(key);
      return field ? [rowOf(review, field, answer)] : [];
    });
}

function rowOf({ matches }: Review, field: CatalogueField, answer: Json): ReviewRow {
  const theirs = matches.map(({ id, values }) => {
    const value = (values as Readonly<Record<string, Json>>)[field.key];
    return {
      customerId: id,
      value: value ?? null,
      isSame: JSON.stringify(value) === JSON.stringify(answer),
      isRestricted: value === undefined,
    };
  });
  return { field, answer, theirs, isTakable: field.writable && !field.computed };
}

/** Those in which the answer says the same as every one of the customers: there is nothing to decide of them. */
export function sameRows(rows: readonly ReviewRow[]): readonly ReviewRow[] {
  return rows.filter(({ theirs }) => theirs.length > 0 && theirs.every(({ isSame }) => isSame));
}

/** The keys of the fields whose answers are taken until somebody chooses otherwise: all that can be. */
export function usuallyTaken(rows: readonly ReviewRow[]): ReadonlySet<string> {
  return new Set(rows.filter(({ isTakable }) => isTakable).map(({ field }) => field.key));
}

/** The same keys with one more, or one less. */
export function toggled(taken: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return new Set(taken.has(key) ? [...taken].filter((each) => each !== key) : [...taken, key]);
}
