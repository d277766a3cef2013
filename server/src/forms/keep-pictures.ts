import { pictureItemsOf, sentence, type FormLayout, type Problem } from '@kequn/rules';
import type { EntityManager } from 'typeorm';
import type { Context } from '../access/viewer.ts';
import type { Transactional } from '../platform/context.ts';
import { limits } from '../platform/limits.ts';
import { invalid, refused } from '../platform/refused.ts';
import { isUuid } from '../platform/uuid.ts';
import type { Form } from './form.ts';

/** The ids of the pictures that a layout names, in reading order. */
export function picturesIn(layout: FormLayout): readonly string[] {
  return [...new Set(pictureItemsOf(layout).map(({ part }) => part.picture))];
}

/**
 * The same, as long as they are few enough.
 *
 * @throws {Refused} LIMIT_EXCEEDED.
 */
export function fewPicturesIn(layout: FormLayout): readonly string[] {
  const ids = picturesIn(layout);
  if (ids.length > limits.formPictures)
    throw refused('LIMIT_EXCEEDED', { limit: 'formPictures', max: limits.formPictures });
  return ids;
}

/**
 * Makes the pictures that the draft of a form names those of the form, and notes since when others of it are named neither by it nor by what was
 * published: they go after a day, in which a step can be undone.
 *
 * @throws {Refused} VALIDATION_FAILED for one that is of another form, of somebody else's, or of none; LIMIT_EXCEEDED where they are too many, or
 * too large together.
 */
export async function keepPictures(tx: Transactional<Context>, { id, layout }: Form): Promise<void> {
  const ids = fewPicturesIn(layout);
  const kept = await bind(tx, id, ids);
  const lost = pictureItemsOf(layout).filter(({ part }) => !kept.has(part.picture));
  if (lost.length > 0) throw invalid(lost.map(({ path }) => noSuchPicture(`layout${path}/picture`)));
  const bytes = [...kept.values()].reduce((sum, each) => sum + each, 0);
  if (bytes > limits.formPictureBytes)
    throw refused('LIMIT_EXCEEDED', { limit: 'formPictureBytes', max: limits.formPictureBytes });
  await leaveOthers(tx, id, ids);
}

/** Gives the bytes of those that are the form's by now, by id. */
async function bind(
  { manager, viewer }: Transactional<Context>,
  formId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await manager.query<{ id: string; bytes: number }[]>(
    `with bound as (
       update picture set form_id = $1, unnamed_since = null
        where id = any($2::uuid[]) and bytes is not null and removed_at is null
          and (form_id = $1 or form_id is null and created_by = $3)
       returning id, bytes)
     select id, bytes from bound`,
    [formId, ids.filter(isUuid), viewer.user.id],
  );
  return new Map(rows.map(({ id, bytes }) => [id, bytes]));
}

async function leaveOthers(tx: Transactional<Context>, formId: string, named: readonly string[]): Promise<void> {
  await tx.manager.query(
    `update picture p set unnamed_since = $3
      where form_id = $1 and unnamed_since is null and not p.id::text = any($2::text[])
        and not exists (
          select from form_version v where v.form_id = $1 and jsonb_path_exists(
            v.layout, '$.pages[*].sections[*].columns[*].items[*] ? (@.picture == $id)', jsonb_build_object('id', p.id::text)))`,
    [formId, named, await tx.clock.now(tx.manager)],
  );
}

/** Lets all pictures of a form that is deleted go, after a day. */
export async function leavePictures(manager: EntityManager, formId: string, at: string): Promise<void> {
  await manager.query('update picture set unnamed_since = $2 where form_id = $1', [formId, at]);
}

function noSuchPicture(path: string): Problem {
  const message = sentence('没有这张图片，请重新选择', 'There is no such picture; please choose it again');
  return { path, code: 'INVALID', message };
}
