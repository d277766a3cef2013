import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { AwsClient } from 'aws4fetch';
import { refused } from '../platform/refused.ts';
import type { FileStore } from './file-store.ts';

/** A bucket of a store that speaks S3. */
export interface S3Place {
  /** Where the store is: the bucket is the first part of each path. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly key: string;
  readonly secret: string;
}

/** How long one call may take. */
const PATIENCE_MS = 60_000;

/** Files in a bucket. An object is there wholly or not at all; its length is told before it is sent, so it is held in memory until then. */
export function s3Store({ endpoint, bucket, region, key, secret }: S3Place): FileStore {
  const client = new AwsClient({ accessKeyId: key, secretAccessKey: secret, region, service: 's3', retries: 2 });
  const urlOf = (id: string) => `${endpoint.replace(/\/+$/, '')}/${bucket}/${id}`;
  const call = async (
    id: string,
    method: 'GET' | 'PUT' | 'DELETE',
    body?: Uint8Array<ArrayBuffer>,
  ): Promise<Response> => {
    const answer = await client
      .fetch(urlOf(id), { method, body: body ?? null, signal: AbortSignal.timeout(PATIENCE_MS) })
      .catch(() => undefined);
    if (!answer || !(answer.ok || answer.status === 404)) throw refused('UNAVAILABLE', { retryAfter: 60 });
    return answer;
  };
  return {
    async put(id, content) {
      const pieces: Uint8Array[] = [];
      for await (const piece of content) pieces.push(piece);
      const answer = await call(id, 'PUT', Buffer.concat(pieces));
      if (!answer.ok) throw refused('UNAVAILABLE', { retryAfter: 60 });
    },
    async get(id) {
      const { ok, body } = await call(id, 'GET');
      return ok && body ? Readable.fromWeb(body as ReadableStream) : null;
    },
    async remove(id) {
      await call(id, 'DELETE');
    },
    // A bucket does not fill; while it is away files are refused, and all else goes on.
    hasRoom: async () => true,
  };
}
