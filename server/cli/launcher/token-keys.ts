import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The value of TOKEN_ENCRYPTION_KEYS that belongs to an embedded database: made once, kept in the data folder
 * for this user alone. Without it the stored tokens are lost, as they should be.
 */
export function embeddedTokenKeys(dataDirectory: string): string {
  mkdirSync(dataDirectory, { recursive: true });
  const file = path.join(dataDirectory, 'token-encryption-keys');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const keys = `embedded-${randomBytes(4).toString('hex')}:${randomBytes(32).toString('base64')}`;
  writeFileSync(file, `${keys}\n`, { mode: 0o600, flag: 'wx' });
  return keys;
}
