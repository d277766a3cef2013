import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { refused } from '../platform/refused.ts';
import { alone } from '../platform/transaction.ts';
import { isUuid } from '../platform/uuid.ts';
import type { FileBook, UploadTarget } from './receive-file.ts';

/** What is known of a picture. */
export interface StoredPicture {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** The form that it is of; null where it is of none yet. */
  readonly formId: string | null;
  readonly createdBy: string | null;
}

/** What a picture is kept as before a form names it. */
export function pictureTarget(ctx: RequestContext): UploadTarget {
  return { onlyImages: true, mostBytes: limits.pictureBytes, book: pictureBook(ctx) };
}

/** The book of pictures: nothing in it is ever taken for a file of a customer, nor the other way round. */
function pictureBook(ctx: RequestContext): FileBook {
  return {
    async requireRoom() {
      const waiting = await alone(ctx, (manager) => pendingBytes(manager, ctx.actorId));
      if (waiting > limits.pendingFileBytes)
        throw refused('LIMIT_EXCEEDED', { limit: 'pendingFileBytes', max: limits.pendingFileBytes });
    },
    announce: ({ id, name, mediaType }) =>
      alone(ctx, async (manager) => {
        const now = await ctx.clock.now(manager);
        await manager.query(
          `insert into picture (id, name, media_type, created_at, created_by, unnamed_since) values ($1, $2, $3, $4, $5, $4)`,
          [id, name, mediaType, now, ctx.actorId],
        );
      }),
    complete: (id, { bytes, sha256 }) =>
      alone(ctx, (manager) =>
        manager.query('update picture set bytes = $2, sha256 = $3 where id = $1', [id, bytes, sha256]),
      ),
    forget: (id) => alone(ctx, (manager) => manager.query('delete from picture where id = $1', [id])),
  };
}

/** How many bytes of pictures of no form yet a user has uploaded; one that is still coming counts as the largest. */
async function pendingBytes(manager: EntityManager, userId: string | null): Promise<number> {
  const [row] = await manager.query<{ bytes: number }[]>(
    `select coalesce(sum(coalesce(bytes, $2)), 0)::float8 as bytes from picture
      where form_id is null and created_by is not distinct from $1`,
    [userId, limits.pictureBytes],
  );
  return Number(row?.bytes ?? 0);
}

/** The pictures of these ids that are wholly there; what is no id is of none. */
export async function findPictures(manager: EntityManager, ids: readonly string[]): Promise<readonly StoredPicture[]> {
  return manager.query<StoredPicture[]>(
    `select id, name, media_type as "mediaType", bytes, form_id as "formId", created_by as "createdBy"
       from picture where id = any($1::uuid[]) and bytes is not null and removed_at is null`,
    [ids.filter(isUuid)],
  );
}
