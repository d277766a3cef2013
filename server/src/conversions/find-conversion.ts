import { MoreThan } from 'typeorm';
import type { Context } from '../access/viewer.ts';
import { undoDays, FieldConversion } from './field-conversion.ts';
import type { Transactional } from '../platform/context.ts';
import { notFound } from '../platform/refused.ts';
import { isUuid } from '../platform/uuid.ts';

/**
 * A change of type by its id.
 *
 * @throws {Refused} NOT_FOUND.
 */
export async function findConversion({ manager }: Transactional<Context>, id: string): Promise<FieldConversion> {
  const conversion = isUuid(id) ? await manager.findOneBy(FieldConversion, { id }) : null;
  if (!conversion) throw notFound();
  return conversion;
}

/** The instant before which changes of type are too old to be undone. */
export function oldestToUndo(now: string): string {
  return new Date(Date.parse(now) - undoDays * 86_400_000).toISOString();
}

/** Whether what customers had before a change of type can be given back to them: only of the last one of the field, for a while. */
export async function isUndoable(
  { manager, clock }: Transactional<Context>,
  { id, fieldKey, at, undoneAt, droppedAt }: FieldConversion,
): Promise<boolean> {
  if (undoneAt !== null || droppedAt !== null) return false;
  // TypeORM gives the instants of its rows as dates.
  if (new Date(at) <= new Date(oldestToUndo(await clock.now(manager)))) return false;
  return !(await manager.existsBy(FieldConversion, { fieldKey, id: MoreThan(id) }));
}
