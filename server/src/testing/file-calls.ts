import type { ReceivedFile } from '../files/receive-file.ts';
import type { TestServer } from './test-server.ts';

/** The smallest picture: one point. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

/** A file to upload, and as whom: the administrator, another token, or nobody by a form's link. */
export interface TestUpload {
  readonly field: string;
  readonly name?: string;
  readonly content?: Uint8Array<ArrayBuffer> | Buffer | string;
  /** What the sender says that it is. */
  readonly type?: string;
  readonly token?: string;
  readonly slug?: string;
}

/** Uploads a file: what came of it. */
export function sendFile(
  { url, token: own }: TestServer,
  { field, name = 'photo.png', content = png, type = 'image/png', token = own, slug }: TestUpload,
): Promise<Response> {
  const body = new FormData();
  body.append('file', new Blob([content as string], { type }), name);
  const query = `?field=${encodeURIComponent(field)}`;
  return slug === undefined
    ? fetch(`${url}/files${query}`, { method: 'POST', body, headers: { authorization: `Bearer ${token}` } })
    : fetch(`${url}/f/${slug}/files${query}`, { method: 'POST', body });
}

/** The same of one that must be taken. */
export async function upload(server: TestServer, file: TestUpload): Promise<ReceivedFile> {
  const answer = await sendFile(server, file);
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as ReceivedFile;
}

/** Asks for the bytes of a file. */
export function fetchFile({ url, token: own }: TestServer, id: string, token: string | null = own): Promise<Response> {
  return fetch(`${url}/files/${id}`, { headers: token === null ? {} : { authorization: `Bearer ${token}` } });
}

/** Uploads a picture for forms: what came of it. */
export function sendPicture(
  { url, token: own }: TestServer,
  { name = 'cup.png', content = png, type = 'image/png', token = own }: Omit<TestUpload, 'field' | 'slug'> = {},
): Promise<Response> {
  const body = new FormData();
  body.append('file', new Blob([content as string], { type }), name);
  return fetch(`${url}/pictures`, { method: 'POST', body, headers: { authorization: `Bearer ${token}` } });
}

/** The id of one that must be taken. */
export async function uploadPicture(server: TestServer, file: Parameters<typeof sendPicture>[1] = {}): Promise<string> {
  const answer = await sendPicture(server, file);
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as ReceivedFile).id;
}

/** Asks for the bytes of a picture, as somebody signed in; without a token by the link of a form, or as nobody. */
export function fetchPicture(
  { url, token: own }: TestServer,
  id: string,
  { token = own, slug, headers }: { token?: string; slug?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  return slug === undefined
    ? fetch(`${url}/pictures/${id}`, { headers: { ...headers, authorization: `Bearer ${token}` } })
    : fetch(`${url}/f/${slug}/pictures/${id}`, { headers: { ...headers } });
}
