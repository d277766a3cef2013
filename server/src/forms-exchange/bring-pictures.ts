import { Readable } from 'node:stream';
import type { FormLayout } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import type { FileStore } from '../files/file-store.ts';
import { pictureTarget } from '../files/picture-table.ts';
import { keepFile } from '../files/receive-file.ts';
import { mapItems } from '../forms/form-catalogue.ts';
import { fewPicturesIn } from '../forms/keep-pictures.ts';
import type { DocumentPicture } from './form-document.ts';
import type { FoundProblems } from './found-problems.ts';

/** A layout with other names for its pictures; those that have no other name keep theirs. */
export function withPictures(layout: FormLayout, names: ReadonlyMap<string, string>): FormLayout {
  return mapItems(layout, (item) => [
    'picture' in item ? { ...item, picture: names.get(item.picture) ?? item.picture } : item,
  ]);
}

/**
 * Keeps the pictures of a document that its layout names, each as if it had been uploaded, and gives their ids by their names in it; what stands
 * in the way of one is noted. Where nothing comes of the form they are of none, and go after a day.
 *
 * @throws {Refused} LIMIT_EXCEEDED for too many, and for one that is too large; UNAVAILABLE.
 */
export async function bringPictures(
  ctx: Context,
  { layout, pictures }: { readonly layout: FormLayout; readonly pictures: Readonly<Record<string, DocumentPicture>> },
  { store, found }: { readonly store: FileStore; readonly found: FoundProblems },
): Promise<ReadonlyMap<string, string>> {
  const target = pictureTarget(ctx);
  const ids = new Map<string, string>();
  const sentAlong = new Map(Object.entries(pictures));
  for (const key of fewPicturesIn(layout)) {
    const picture = sentAlong.get(key);
    if (!picture) continue;
    await found.of(`document/pictures/${key}/`, async () => {
      const { name, data } = picture;
      const sent = { name, content: Readable.from([Buffer.from(data, 'base64')]), ended: Promise.resolve() };
      ids.set(key, (await keepFile(ctx, sent, { target, store })).id);
    });
  }
  return ids;
}
