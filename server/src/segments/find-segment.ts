import { In, IsNull } from 'typeorm';
import type { Context } from '../access/viewer.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { notFound, refused } from '../platform/refused.ts';
import { isUuid } from '../platform/uuid.ts';
import { ruleRestriction } from '../fields/restriction.ts';
import { Segment } from './segment.ts';

/** A segment that was not deleted, or undefined. */
export async function findSegment(tx: Transactional<RequestContext>, id: string): Promise<Segment | undefined> {
  if (!isUuid(id)) return undefined;
  return (await tx.manager.findOneBy(Segment, { id, deletedAt: IsNull() })) ?? undefined;
}

/** Segments by id in the order of the ids, deleted ones too. */
export async function findSegments(tx: Transactional<RequestContext>, ids: readonly string[]): Promise<Segment[]> {
  const segments = ids.length === 0 ? [] : await tx.manager.findBy(Segment, { id: In(ids) });
  const byId = new Map(segments.map((segment) => [segment.id, segment]));
  return ids.map((id) => byId.get(id)!);
}

/**
 * A segment that is to be changed.
 *
 * @throws {Refused} NOT_FOUND; FORBIDDEN when it is restricted for the viewer.
 */
export async function segmentToChange(tx: Transactional<Context>, id: string): Promise<Segment> {
  const segment = await findSegment(tx, id);
  if (!segment) throw notFound();
  if ((await ruleRestriction(tx))(segment.id)) throw refused('FORBIDDEN');
  return segment;
}
