import { createHash } from 'node:crypto';
import { sentence } from '@kequn/rules';
import { z } from 'zod';
import { invalid } from '../platform/refused.ts';

/** Where a page ended: the values by which its last row was sorted, and its id. */
export interface Cursor {
  readonly values: readonly (string | number | boolean | null)[];
  readonly id: string;
}

const shape = z.strictObject({
  v: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
  id: z.uuid(),
  of: z.string(),
});

/** What a cursor belongs to: it is refused once filter or sort changed. */
export function fingerprint(question: unknown): string {
  return createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, 16);
}

/** Writes a cursor. */
export function writeCursor({ values, id }: Cursor, of: string): string {
  return writePlace({ v: values, id, of });
}

/**
 * Reads a cursor of ours.
 *
 * @throws {Refused} VALIDATION_FAILED for anything else, and for one of another filter or sort.
 */
export function readCursor(text: string, of: string, keys: number): Cursor {
  const place = readPlace(text, shape);
  if (place.of !== of || place.v.length !== keys) throw noPlace();
  return { values: place.v, id: place.id };
}

/** Writes where a page ended so that nobody reads it but we. */
export function writePlace(place: object): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/**
 * Reads it again.
 *
 * @throws {Refused} VALIDATION_FAILED for anything that is not of the shape.
 */
export function readPlace<T>(text: string, of: z.ZodType<T>): T {
  const parsed = of.safeParse(parsedJson(Buffer.from(text, 'base64url').toString()));
  if (!parsed.success) throw noPlace();
  return parsed.data;
}

/** The refusal of a place that is none, or is one of another question. */
export function noPlace() {
  const message = sentence(
    '翻页位置已失效，请从第一页开始',
    'This page position is no longer valid; start from the first page',
  );
  return invalid([{ path: 'after', code: 'INVALID', message }]);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
