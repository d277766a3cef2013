import { pictureItemsOf, type FormLayout } from '@kequn/rules';
import { ApiProblem } from '../api/problem.ts';
import { sendFile } from '../field-kit/upload.ts';
import { locale } from '../i18n/locale.ts';
import { viewingHeaders } from '../session/viewing.ts';
import { usualPictureAddress } from './picture-address.ts';

/** Where pictures of forms are sent. */
export const picturesAddress = '/pictures';

/** The ids of the pictures that a layout names, each once. */
export function picturesIn(layout: FormLayout): readonly string[] {
  return [...new Set(pictureItemsOf(layout).map(({ part }) => part.picture))].filter((id) => id !== '');
}

/** Something of a form with other names for its pictures; those that have no other name keep theirs. */
export function withPictures<T>(thing: T, ids: ReadonlyMap<string, string>): T {
  const renamed = (key: string, value: unknown): unknown =>
    key === 'picture' && typeof value === 'string' ? (ids.get(value) ?? value) : value;
  return JSON.parse(JSON.stringify(thing), renamed) as T;
}

/**
 * Copies pictures, since each belongs to one form; gives the ids of the copies by those that they are of.
 *
 * @throws {ApiProblem} where one cannot be read or is not taken.
 */
export async function copyPictures(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const copies = new Map<string, string>();
  for (const id of ids) copies.set(id, await uploadPicture(await downloaded(id)));
  return copies;
}

/**
 * Uploads a picture; gives its id.
 *
 * @throws {ApiProblem}
 */
export async function uploadPicture(file: File): Promise<string> {
  const { signal } = new AbortController();
  const sending = { address: picturesAddress, language: locale.value, onProgress: () => undefined, signal };
  const outcome = await sendFile(file, sending);
  if (outcome.kind === 'received') return outcome.file.id;
  const message = outcome.kind === 'refused' ? outcome.message : undefined;
  throw message === undefined ? new ApiProblem('OFFLINE', '') : new ApiProblem('OTHER', message);
}

async function downloaded(id: string): Promise<File> {
  const answer = await fetch(usualPictureAddress(id), { headers: viewingHeaders() }).catch(() => undefined);
  if (!answer) throw new ApiProblem('OFFLINE', '');
  if (!answer.ok) throw new ApiProblem('NOT_FOUND', ((await answer.json()) as { readonly message: string }).message);
  const content = await answer.blob();
  return new File([content], `picture.${content.type.split('/')[1]}`, { type: content.type });
}
