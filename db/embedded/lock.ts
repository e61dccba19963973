import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { commandLineOf, identify, isSameProcess, type ProcessIdentity } from './processes.ts';

/** Another live process holds the lock. */
export class LockHeldError extends Error {
  override readonly name = 'LockHeldError';
  readonly holder: ProcessIdentity;

  constructor(file: string, holder: ProcessIdentity) {
    super(`${file} is held by process ${holder.pid} (${commandLineOf(holder.pid)})`);
    this.holder = holder;
  }
}

/**
 * Makes `file` this process's own until the returned function is called; a holder that died holds nothing.
 * Throws LockHeldError when another live process has it.
 */
export function acquireLock(file: string): () => void {
  const self = identify(process.pid);
  if (!self) throw new Error('This system does not say when a process started.');
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(self), { mode: 0o600 });
  try {
    while (!tryLink(draft, file)) {
      const holder = readHolder(file);
      if (holder && isSameProcess(holder)) throw new LockHeldError(file, holder);
      discard(file, holder);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true });
  };
}

/** Linking either makes the whole lock file at once or fails because there is one. */
function tryLink(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Who holds the lock, or held it when it died; null when nobody does. */
export function readHolder(file: string): ProcessIdentity | null {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as Partial<ProcessIdentity>;
    return holder.pid && holder.startedAt ? { pid: holder.pid, startedAt: holder.startedAt } : null;
  } catch {
    return null; // Removed in the meantime, or not a lock of ours: nobody holds it.
  }
}

/** Takes a dead holder's lock away; when another process was faster, its fresh lock is put back. */
function discard(file: string, dead: ProcessIdentity | null): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const taken = readHolder(aside);
  if (taken && taken.startedAt !== dead?.startedAt) tryLink(aside, file);
  rmSync(aside, { force: true });
}
