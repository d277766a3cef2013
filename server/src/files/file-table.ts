import type { EntityManager } from 'typeorm';
import { limits } from '../platform/limits.ts';

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

/** A file of which the bytes are yet to come. */
export interface NewFile extends Pick<StoredFile, 'id' | 'name' | 'mediaType' | 'fieldKey' | 'createdBy'> {
  /** The public form that it is uploaded for. */
  readonly formId: string | null;
  readonly createdAt: string;
}

/** Notes that a file comes: what stands under its id in the store can be found whatever happens. */
export async function announceFile(manager: EntityManager, file: NewFile): Promise<void> {
  await manager.query(
    `insert into file (id, name, media_type, field_key, form_id, created_at, created_by) values ($1, $2, $3, $4, $5, $6, $7)`,
    [file.id, file.name, file.mediaType, file.fieldKey, file.formId, file.createdAt, file.createdBy],
  );
}

/** Notes that it is there. */
export async function completeFile(
  manager: EntityManager,
  id: string,
  { bytes, sha256 }: { readonly bytes: number; readonly sha256: string },
): Promise<void> {
  await manager.query('update file set bytes = $2, sha256 = $3 where id = $1', [id, bytes, sha256]);
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
export async function pendingBytes(
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
