import { fileTypeFromBuffer } from 'file-type';

/** So many bytes tell what a file is. */
export const headBytes = 4_100;

/** The kinds of pictures that browsers show and that hold no script, with the ends of their names. */
const images: Readonly<Record<string, readonly string[]>> = {
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
};

/** What is told of bytes of which nobody knows what they are. */
const unknown = 'application/octet-stream';

/** The media type of a file by its first bytes; neither its name nor what its sender says counts. */
export async function kindOf(head: Uint8Array): Promise<string> {
  try {
    return (await fileTypeFromBuffer(head))?.mime ?? unknown;
  } catch {
    // What is cut off in the middle of what was looked for is of no known kind.
    return unknown;
  }
}

/** Whether a file of a media type is a picture that may be shown as it is. */
export function isImage(mediaType: string): boolean {
  return Object.hasOwn(images, mediaType);
}

/** Code points that a name may have. */
const longestName = 200;

/**
 * The name of a file as it is kept: without folders and control characters, not longer than 200 characters with its end kept, a picture with an end
 * that says so. Undefined where it has no end or nothing before it.
 */
export function cleanName(given: string, mediaType: string): string | undefined {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim();
  const found = /^(.*[^.\s].*?)\.([^.\s]{1,20})$/u.exec(clean);
  if (!found) return undefined;
  const [, base = '', end = ''] = found;
  const ends = images[mediaType];
  const honest = ends && !ends.includes(end.toLowerCase()) ? `${end}.${ends[0]}` : end;
  const room = longestName - [...honest].length - 1;
  return `${[...base].slice(0, room).join('')}.${honest}`;
}
