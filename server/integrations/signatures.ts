import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../kernel/crypto.ts';

const HEX_DIGEST = /^[0-9a-f]{64}$/i;
/** While a secret is changed a sender signs with the old and the new one; nobody has reason for more. */
const MOST_SIGNATURES = 10;

export interface SignedBody {
  /** The bytes as they came: parsing and writing again changes escapes and so the signature. */
  body: Uint8Array;
  /** One or several hexadecimal digests, comma-separated. */
  header: string | undefined;
  /** What must stand before each digest: `sha256=`. */
  prefix?: string;
}

/**
 * Whether a body carries an HMAC-SHA256 made with this secret. Digests are compared in constant time, and only once
 * they have the right form and length. An empty secret verifies nothing.
 */
export function isSignedWith(secret: Secret, { body, header, prefix = '' }: SignedBody): boolean {
  const key = secret.reveal();
  if (key === '' || header === undefined || header === '') return false;
  const expected = createHmac('sha256', key).update(body).digest();
  const given = header.split(',').slice(0, MOST_SIGNATURES);
  // Every one is looked at, so that the time tells nothing of which fits.
  return given.map((text) => fits(expected, text.trim(), prefix)).includes(true);
}

function fits(expected: Buffer, text: string, prefix: string): boolean {
  if (!text.startsWith(prefix)) return false;
  const digest = text.slice(prefix.length);
  if (!HEX_DIGEST.test(digest)) return false;
  const given = Buffer.from(digest, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
