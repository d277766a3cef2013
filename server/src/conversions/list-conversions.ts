import type { Value } from '@kequn/rules';
import { noteReads } from '../access-log/note-reads.ts';
import type { Context } from '../access/viewer.ts';
import { limits } from '../platform/limits.ts';
import { notFound, refused } from '../platform/refused.ts';
import { read } from '../platform/transaction.ts';
import { isUuid } from '../platform/uuid.ts';
import { FieldConversion } from './field-conversion.ts';
import { fieldToConvert } from './field-to-convert.ts';
import { isUndoable } from './find-conversion.ts';
import { readNotes } from './read-notes.ts';

/** A change of type, and whether it can be undone now. */
export interface ListedConversion {
  readonly conversion: FieldConversion;
  readonly undoable: boolean;
}

/**
 * The changes of type of a field, the last one first. Needs MANAGE_FIELDS, and a role that reads the field of every customer.
 *
 * @throws {Refused} NOT_FOUND, FORBIDDEN, FIELD_FORBIDDEN.
 */
export async function listConversions(ctx: Context, key: string): Promise<readonly ListedConversion[]> {
  return read(ctx, async (tx) => {
    const field = await fieldToConvert(tx, key);
    const conversions = await tx.manager.find(FieldConversion, {
      where: { fieldKey: field.key },
      order: { id: 'DESC' },
      take: limits.page,
    });
    const listed: ListedConversion[] = [];
    for (const conversion of conversions) listed.push({ conversion, undoable: await isUndoable(tx, conversion) });
    return listed;
  });
}

/** A value that was set aside. */
export interface SetAsideValue {
  readonly customerId: string;
  readonly value: Value;
}

/** Which part of what was set aside is asked for. */
export interface SetAsidePart {
  readonly conversionId: string;
  readonly first: number;
  /** The customer behind whom it goes on. */
  readonly after: string | null;
}

/**
 * What a change of type has set aside, in the order of customers; it is noted who reads it of whom. Needs what `listConversions` does.
 *
 * @throws {Refused} NOT_FOUND, FORBIDDEN, FIELD_FORBIDDEN, LIMIT_EXCEEDED.
 */
export async function listSetAside(
  ctx: Context,
  { conversionId, first, after }: SetAsidePart,
): Promise<readonly SetAsideValue[]> {
  if (first > limits.page) throw refused('LIMIT_EXCEEDED', { limit: 'page', max: limits.page });
  const { field, values } = await read(ctx, async (tx) => {
    const conversion = await tx.manager.findOneBy(FieldConversion, { id: conversionId });
    if (!conversion || (after !== null && !isUuid(after))) throw notFound();
    const of = await fieldToConvert(tx, conversion.fieldKey);
    const rows = await tx.manager.query<SetAsideValue[]>(
      `select customer_id as "customerId", value from field_conversion_value
        where conversion_id = $1 and ($2::uuid is null or customer_id > $2) order by customer_id limit $3`,
      [conversionId, after, Math.max(first, 0)],
    );
    return { field: of, values: rows };
  });
  await noteReads(ctx, readNotes('list', field, values));
  return values;
}
