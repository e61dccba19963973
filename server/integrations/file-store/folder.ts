import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { AppError } from '../../kernel/errors.ts';
import type { FileStore } from '../file-store.ts';
import { partsOf } from './keys.ts';

/** Files under one folder, one folder an agency. For one machine, or several that share a disk. */
export function createFolderStore(root: string): FileStore {
  const placeOf = (key: string) => path.join(root, ...partsOf(key));
  return {
    put: (key, content) => write(placeOf(key), content),
    get: async (key) => {
      const file = await openFile(placeOf(key));
      // It closes the file at its end, or when its reader turns away.
      return Readable.toWeb(file.createReadStream()) as ReadableStream<Uint8Array>;
    },
    remove: (key) => rm(placeOf(key), { force: true }),
  };
}

/** Under another name until it is whole and on the disk, so that a stop in between leaves no half of a file. */
async function write(place: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const folder = path.dirname(place);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = path.join(folder, `.${path.basename(place)}.${randomUUID()}`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await writeFile(file, content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** The new name itself has to reach the disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function openFile(place: string): Promise<FileHandle> {
  try {
    return await open(place, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new AppError('not_found', 'The file itself is gone.');
    }
    throw error;
  }
}
