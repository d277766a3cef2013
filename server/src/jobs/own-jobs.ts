import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../platform/context.ts';
import { notFound } from '../platform/refused.ts';
import { alone } from '../platform/transaction.ts';
import { isUuid } from '../platform/uuid.ts';
import { Job } from './job.ts';

/** A job that the viewer started, or that everybody may see; or null. */
export async function getJob(ctx: RequestContext, id: string): Promise<Job | null> {
  if (!isUuid(id) || ctx.actorId === null) return null;
  const own = { id, ownerId: ctx.actorId };
  return alone(ctx, (manager) => manager.findOne(Job, { where: [own, { id, shared: true }] }));
}

/** The jobs that the viewer started, newest first. */
export async function listJobs(ctx: RequestContext, limit: number): Promise<readonly Job[]> {
  return alone(ctx, (manager) =>
    manager.find(Job, { where: { ownerId: ctx.actorId ?? '' }, order: { id: 'DESC' }, take: limit }),
  );
}

/**
 * The same, to be changed.
 *
 * @throws {Refused} NOT_FOUND.
 */
export async function ownJob(manager: EntityManager, ctx: RequestContext, id: string): Promise<Job> {
  const job = await findOwn(manager, ctx, id);
  if (!job) throw notFound();
  return job;
}

async function findOwn(manager: EntityManager, { actorId }: RequestContext, id: string): Promise<Job | null> {
  return isUuid(id) && actorId !== null ? manager.findOneBy(Job, { id, ownerId: actorId }) : null;
}
