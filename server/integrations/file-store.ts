import path from 'node:path';
import type { Config } from '../kernel/config.ts';
import { createFolderStore } from './file-store/folder.ts';
import { createS3Store } from './file-store/s3.ts';
import type { HttpDeps } from './http.ts';

/**
 * Where files lie. A key is an agency's id and a random one, `<uuid>/<uuid>`, and is written once.
 * Errors of all three: whatever the content throws; `upstream` where the store does not answer.
 */
export interface FileStore {
  /** Takes all bytes or none: nobody reads a file that is not whole. */
  put(key: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** The bytes as they come. Errors: `not_found` where nothing lies there. */
  get(key: string): Promise<ReadableStream<Uint8Array>>;
  /** Does nothing where nothing lies there. */
  remove(key: string): Promise<void>;
}

/** In a bucket where S3_ENDPOINT is set, else in the data folder. Makes no call. */
export function createFileStore(config: Pick<Config, 's3' | 'dataDirectory'>, deps: HttpDeps): FileStore {
  return config.s3
    ? createS3Store(config.s3, deps)
    : createFolderStore(path.join(config.dataDirectory, 'files'));
}
