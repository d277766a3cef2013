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
  return Buffer.from(JSON.stringify({ v: values, id, of })).toString('base64url');
}

/**
 * Reads a cursor of ours.
 *
 * @throws {Refused} VALIDATION_FAILED for anything else, and for one of another filter or sort.
 */
export function readCursor(text: string, of: string, keys: number): Cursor {
  const parsed = shape.safeParse(parsedJson(Buffer.from(text, 'base64url').toString()));
  if (!parsed.success || parsed.data.of !== of || parsed.data.v.length !== keys) {
    throw invalid([
      {
        path: 'after',
        code: 'INVALID',
        message: sentence(
          '翻页位置已失效，请从第一页开始',
          'This page position is no longer valid; start from the first page',
        ),
      },
    ]);
  }
  return { values: parsed.data.v, id: parsed.data.id };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
