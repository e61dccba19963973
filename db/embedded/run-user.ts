import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSetupError } from '../roles.ts';

/** The user that PostgreSQL runs as; null where it is the one that runs this process. */
export type RunUser = { uid: number; gid: number } | null;

const USER_NAME = 'postgres';

/**
 * PostgreSQL refuses to run as root, so root lets it run as the owner of `existingData`, else as the user
 * postgres, which is made when it is missing. Throws with what to do when it cannot be made.
 */
export function findRunUser(existingData: string): RunUser {
  if (process.getuid?.() !== 0) return null;
  if (existsSync(existingData)) {
    const { uid, gid } = statSync(existingData);
    if (uid !== 0) return { uid, gid };
  }
  return lookUp() ?? create();
}

/** Whether `user` may read (and enter) `target`, judged by the modes of it and of every folder above it. */
export function mayReach(target: string, user: RunUser): boolean {
  if (!user) return true;
  const resolved = path.resolve(target);
  const ancestors: string[] = [];
  for (let folder = path.dirname(resolved); ; folder = path.dirname(folder)) {
    ancestors.push(folder);
    if (folder === path.dirname(folder)) break;
  }
  return ancestors.every((folder) => permits(folder, user, 1)) && permits(resolved, user, 4);
}

/** Gives `target` to the user, where there is one to give it to. */
export function giveTo(user: RunUser, target: string): void {
  if (user) chownSync(target, user.uid, user.gid);
}

/** `bit` is 4 for reading, 1 for entering or executing. What does not exist yet is judged by what is above it. */
function permits(target: string, user: { uid: number; gid: number }, bit: 1 | 4): boolean {
  if (!existsSync(target)) return true;
  const { mode, uid, gid } = statSync(target);
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return (mode & (bit << shift)) !== 0;
}

function lookUp(): RunUser {
  // Read rather than asked of `id`, which a slim image may lack; initdb itself looks the user up here.
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${USER_NAME}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

function create(): RunUser {
  try {
    execFileSync(
      'useradd',
      ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', USER_NAME],
      {
        stdio: 'pipe',
      },
    );
  } catch (cause) {
    throw new DatabaseSetupError(
      `PostgreSQL does not run as root, and the user ${USER_NAME} could not be made. ` +
        'Make it (useradd --system postgres), start as another user, or set DATABASE_URL.',
      { cause },
    );
  }
  return lookUp();
}
