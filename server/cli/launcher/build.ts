import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const SOURCES = ['app', 'server', 'db', 'public', 'package-lock.json', 'remix.config.js', 'vite.config.ts'];

/** Whether the build is newer than everything it is made from, deletions included. */
export function isBuildFresh(root: string): boolean {
  const result = path.join(root, 'build/server/index.js');
  if (!existsSync(result)) return false;
  const builtAt = statSync(result).mtimeMs;
  return SOURCES.every((source) => newestChange(path.join(root, source)) < builtAt);
}

/** A folder's own time tells when something in it was added, renamed or deleted. */
function newestChange(target: string): number {
  if (!existsSync(target)) return 0;
  const stat = statSync(target);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(target).map((name) => newestChange(path.join(target, name))));
}
