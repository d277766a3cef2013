import { sentence, type FieldDefinition, type Problem, type Value } from '@kequn/rules';
import type { EntityManager } from 'typeorm';
import { invalid } from '../platform/refused.ts';
import { isUuid } from '../platform/uuid.ts';

/** Who names a file in what they save: it has to be theirs. An answer that waits has files of its own. */
export interface FileHolder {
  readonly userId?: string | undefined;
  readonly formId?: string | undefined;
  readonly submissionId?: string | undefined;
}

/** The ids of the files that values name, with the keys of their fields. */
interface Named {
  readonly key: string;
  readonly id: string;
}

/** Whether a file may be named as the value of a field, by whoever was asked about. */
export type MayName = (key: string, id: string) => boolean;

function namedIn(values: unknown, fields: readonly FieldDefinition[]): readonly Named[] {
  const given = typeof values === 'object' && values !== null ? (values as Readonly<Record<string, unknown>>) : {};
  return fields
    .filter(({ key, type }) => type === 'FILE' && Object.hasOwn(given, key))
    .flatMap(({ key }) => {
      const id = given[key];
      return typeof id === 'string' && isUuid(id) ? [{ key, id: id.toLowerCase() }] : [];
    });
}

/** Which of the files that values name are pending, of their field, and theirs who name them. */
export async function filesIn(
  manager: EntityManager,
  values: unknown,
  fields: readonly FieldDefinition[],
  { userId = '', formId = '', submissionId = '' }: FileHolder,
): Promise<MayName> {
  const named = namedIn(values, fields);
  if (named.length === 0) return () => false;
  const rows = await manager.query<Named[]>(
    `select id, field_key as key from file
      where id = any($1::uuid[]) and bytes is not null and removed_at is null and customer_id is null
        and case when submission_id is null then created_by::text = $2 or form_id::text = $3 else submission_id::text = $4 end`,
    [named.map(({ id }) => id), userId, formId, submissionId],
  );
  const known = new Set(rows.map(({ key, id }) => `${key} ${id}`));
  return (key, id) => known.has(`${key} ${id}`);
}

/** That the value of a field names no file, or one that is not theirs who name it. */
export function noSuchFile(key: string): Problem {
  return { path: key, code: 'INVALID', message: sentence('没有这个文件', 'There is no such file') };
}

/** The values that a customer had and has. */
export interface ValuesChange {
  readonly customerId: string;
  readonly before: Readonly<Record<string, Value>> | undefined;
  readonly after: Readonly<Record<string, Value>>;
  readonly changed: readonly string[];
}

/**
 * Makes the files that were newly named those of the customers, and marks those that were named before: they go after the commit.
 *
 * @throws {Refused} VALIDATION_FAILED where a file has meanwhile become somebody's.
 */
export async function followFiles(
  manager: EntityManager,
  { fields, changes, at }: { fields: readonly FieldDefinition[]; changes: readonly ValuesChange[]; at: string },
): Promise<void> {
  const keys = new Set(fields.filter(({ type }) => type === 'FILE').map(({ key }) => key));
  const changed = changes.flatMap(({ customerId, before, after, changed: all }) =>
    all
      .filter((key) => keys.has(key))
      .map((key) => ({ key, customerId, from: before?.[key] ?? null, to: after[key] ?? null })),
  );
  const named = changed.flatMap(({ key, customerId, to }) =>
    to === null ? [] : [{ key, id: String(to), ownerId: customerId }],
  );
  const left = changed.flatMap(({ from }) => (from === null ? [] : [String(from)]));
  if (named.length > 0) await bind(manager, named, 'customer_id');
  if (left.length > 0) await manager.query('update file set removed_at = $2 where id = any($1::uuid[])', [left, at]);
}

/**
 * Makes the files that an answer names those of the answer, while it waits.
 *
 * @throws {Refused} VALIDATION_FAILED as `followFiles`.
 */
export async function keepFilesOfAnswer(
  manager: EntityManager,
  submissionId: string,
  { fields, values }: { fields: readonly FieldDefinition[]; values: Readonly<Record<string, Value>> },
): Promise<void> {
  const named = namedIn(values, fields);
  if (named.length > 0)
    await bind(
      manager,
      named.map((each) => ({ ...each, ownerId: submissionId })),
      'submission_id',
    );
}

async function bind(
  manager: EntityManager,
  named: readonly (Named & { readonly ownerId: string })[],
  owner: 'customer_id' | 'submission_id',
): Promise<void> {
  const [others, isFree] =
    owner === 'customer_id' ? [', submission_id = null', ''] : ['', 'and f.submission_id is null'];
  const rows = await manager.query<{ id: string }[]>(
    `with bound as (
       update file f set ${owner} = n.owner${others}
         from unnest($1::uuid[], $2::text[], $3::uuid[]) as n (id, key, owner)
        where f.id = n.id and f.field_key = n.key and f.customer_id is null and f.removed_at is null and f.bytes is not null ${isFree}
       returning f.id)
     select id from bound`,
    [named.map(({ id }) => id), named.map(({ key }) => key), named.map(({ ownerId }) => ownerId)],
  );
  const bound = new Set(rows.map(({ id }) => id));
  const lost = named.filter(({ id }) => !bound.has(id));
  if (lost.length > 0) throw invalid(lost.map(({ key }) => noSuchFile(key)));
}

/** Marks the files of customers who are being erased, and forgets what they were called. */
export async function dropFilesOf(manager: EntityManager, customerIds: readonly string[], at: string): Promise<void> {
  await manager.query(`update file set removed_at = $2, name = '' where customer_id = any($1::uuid[])`, [
    [...customerIds],
    at,
  ]);
}
