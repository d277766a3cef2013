import path from 'node:path';
import type { Config } from '../platform/config.ts';
import { diskStore } from './disk-store.ts';
import type { FileStore } from './file-store.ts';
import { s3Store } from './s3-store.ts';

/** The store that the configuration asks for: a bucket, or a folder of the data directory. */
export function openFileStore({ dataDir, filesS3 }: Config): FileStore {
  return filesS3 ? s3Store(filesS3) : diskStore(path.join(dataDir, 'files'));
}
