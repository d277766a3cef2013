import { IsNull } from 'typeorm';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { notFound } from '../platform/refused.ts';
import { isUuid } from '../platform/uuid.ts';
import { Segment } from './segment.ts';

/** A segment that was not deleted, or undefined. */
export async function findSegment(tx: Transactional<RequestContext>, id: string): Promise<Segment | undefined> {
  if (!isUuid(id)) return undefined;
  return (await tx.manager.findOneBy(Segment, { id, deletedAt: IsNull() })) ?? undefined;
}

/**
 * A segment that is to be changed.
 *
 * @throws {Refused} NOT_FOUND.
 */
export async function segmentToChange(tx: Transactional<RequestContext>, id: string): Promise<Segment> {
  const segment = await findSegment(tx, id);
  if (!segment) throw notFound();
  return segment;
}
