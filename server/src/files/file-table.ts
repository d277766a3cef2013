import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { refused } from '../platform/refused.ts';
import { alone } from '../platform/transaction.ts';
import type { FileBook } from './receive-file.ts';

/** What is known of a file. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  /** As its bytes tell it. */
  readonly mediaType: string;
  readonly bytes: number;
  readonly fieldKey: string;
  /** Of whom it is; null where it is of nobody yet. */
  readonly customerId: string | null;
  /** The answer that waits and holds it. */
  readonly submissionId: string | null;
  readonly createdBy: string | null;
}

/** What files of customers are uploaded for: a field, by a user or, where there is one, for a public form by anybody. */
interface FilePurpose {
  readonly fieldKey: string;
  readonly formId: string | null;
}

/** The book of files of customers, for one purpose. */
export function fileBook(ctx: RequestContext, { fieldKey, formId }: FilePurpose): FileBook {
  return {
    async requireRoom() {
      const waiting = await alone(ctx, (manager) => pendingBytes(manager, { userId: ctx.actorId, formId }));
      if (waiting > limits.pendingFileBytes)
        throw refused('LIMIT_EXCEEDED', { limit: 'pendingFileBytes', max: limits.pendingFileBytes });
    },
    announce: ({ id, name, mediaType }) =>
      alone(ctx, async (manager) => {
        const now = await ctx.clock.now(manager);
        await manager.query(
          `insert into file (id, name, media_type, field_key, form_id, created_at, created_by) values ($1, $2, $3, $4, $5, $6, $7)`,
          [id, name, mediaType, fieldKey, formId, now, ctx.actorId],
        );
      }),
    complete: (id, { bytes, sha256 }) =>
      alone(ctx, (manager) =>
        manager.query('update file set bytes = $2, sha256 = $3 where id = $1', [id, bytes, sha256]),
      ),
    forget: (id) => alone(ctx, (manager) => manager.query('delete from file where id = $1', [id])),
  };
}

/** The files of these ids that are wholly there. */
export async function findFiles(manager: EntityManager, ids: readonly string[]): Promise<readonly StoredFile[]> {
  if (ids.length === 0) return [];
  return manager.query<StoredFile[]>(
    `select id, name, media_type as "mediaType", bytes, field_key as "fieldKey", customer_id as "customerId",
            submission_id as "submissionId", created_by as "createdBy"
       from file where id = any($1::uuid[]) and bytes is not null and removed_at is null`,
    [[...ids]],
  );
}

/** How many bytes of files of nobody yet were uploaded by a user, or for a form by anybody; one that is still coming counts as the largest. */
async function pendingBytes(
  manager: EntityManager,
  { userId, formId }: { readonly userId: string | null; readonly formId: string | null },
): Promise<number> {
  const [row] = await manager.query<{ bytes: number }[]>(
    `select coalesce(sum(coalesce(bytes, $3)), 0)::float8 as bytes from file
      where customer_id is null and submission_id is null and created_by is not distinct from $1 and form_id is not distinct from $2`,
    [userId, formId, limits.fileBytes],
  );
  return Number(row?.bytes ?? 0);
}
