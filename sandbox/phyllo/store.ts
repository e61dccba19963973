import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type PhylloKept, type PhylloStore } from './memory.ts';

const VERSION = 1;

/**
 * Keeps users, accounts and webhooks in a file: the product remembers their ids over a restart, so Phyllo must too.
 * Written beside and moved into place, so that a killed process leaves the old file or the new one.
 */
export function fileStore(file: string): PhylloStore {
  return {
    read() {
      if (!existsSync(file)) return undefined;
      const { version, ...kept } = JSON.parse(readFileSync(file, 'utf8')) as PhylloKept & { version: number };
      return version === VERSION ? kept : undefined;
    },
    write(kept) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify({ version: VERSION, ...kept }), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}
