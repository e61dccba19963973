import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findRunUser, mayReach, type RunUser } from './run-user.ts';
import { DatabaseSetupError } from '../roles.ts';

/** Where an embedded database lives: `home` holds its `cluster` (PGDATA), its passwords and its lock. */
export type Place = { home: string; cluster: string; user: RunUser };

type PlaceRecord = { id: string; home: string };

const RECORD_FILE = 'embedded.json';
const INSIDE = 'postgres';

/**
 * Finds the place that belongs to a data folder, or chooses one: inside it, else, where the database's user may
 * not enter it, in /var/lib/spokestack or the temporary folder. The choice is written into the data folder,
 * so that it stays what it was whatever modes change, and so that deleting the data folder begins anew.
 */
export function findPlace(dataFolder: string): Place {
  mkdirSync(dataFolder, { recursive: true });
  const record = readRecord(dataFolder) ?? choose(dataFolder);
  const home = path.resolve(dataFolder, record.home);
  const cluster = path.join(home, 'cluster');
  const user = findRunUser(cluster);
  if (!mayReach(home, user)) {
    throw new DatabaseSetupError(
      `The database's files in ${home} belong to another user, who may not enter a folder above them any more. ` +
        'Let others enter it (chmod o+x), or move the clone.',
    );
  }
  makeFolder(home);
  return { home, cluster, user };
}

function readRecord(dataFolder: string): PlaceRecord | null {
  const file = path.join(dataFolder, RECORD_FILE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PlaceRecord) : null;
}

function choose(dataFolder: string): PlaceRecord {
  const id = randomUUID();
  const record = { id, home: chooseHome(dataFolder, id) };
  writeFileSync(path.join(dataFolder, RECORD_FILE), JSON.stringify(record), { mode: 0o600 });
  return record;
}

function chooseHome(dataFolder: string, id: string): string {
  const inside = path.join(dataFolder, INSIDE);
  const user = findRunUser(path.join(inside, 'cluster'));
  if (mayReach(inside, user)) return INSIDE;
  const outside = ['/var/lib/spokestack', path.join(os.tmpdir(), `spokestack-${id}`)];
  const base = outside.find((folder) => mayReach(folder, user) && isOursToFill(folder));
  if (!base) {
    throw new DatabaseSetupError(
      `The database's user may not enter ${dataFolder}, and neither ${outside.join(' nor ')} can be used. ` +
        'Set SPOKESTACK_DATA_DIR to a folder that others may enter, or set DATABASE_URL.',
    );
  }
  return path.join(base, id);
}

/** A folder that another user made could be swapped under us. */
function isOursToFill(folder: string): boolean {
  try {
    makeFolder(folder);
    return statSync(folder).uid === process.getuid?.();
  } catch {
    return false; // A read-only file system, for instance: the next place is tried.
  }
}

/** Others may pass through, not look around: the cluster inside is its user's alone. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
}
