import { createHmac, timingSafeEqual } from 'node:crypto';
import { type ScopeId } from './scopes.ts';

/** What a person allowed. TikTok's tokens for advertisers do not expire: they end when they are revoked. */
export interface Grant {
  personId: string;
  granted: readonly ScopeId[];
  /** Milliseconds since the epoch. */
  issuedAt: number;
  serial: number;
}

const SIGNATURE_LENGTH = 32;
/** Constant, so that a token outlives the process that gave it. It guards nothing but invented figures. */
const SIGNING_KEY = 'SpokeStack sandbox, TikTok token signature 1';

const sign = (payload: string): string =>
  createHmac('sha256', SIGNING_KEY).update(payload).digest('hex').slice(0, SIGNATURE_LENGTH);

/** Writes a token: hexadecimal digits alone, its whole content inside, signed. */
export function writeToken({ personId, granted, issuedAt, serial }: Grant): string {
  const payload = Buffer.from(JSON.stringify([personId, granted, issuedAt, serial])).toString('hex');
  return `${payload}${sign(payload)}`;
}

/** Reads a token back; undefined when it was not written here. Says nothing about its revocation. */
export function readToken(text: string): Grant | undefined {
  if (text.length <= SIGNATURE_LENGTH) return undefined;
  const payload = text.slice(0, -SIGNATURE_LENGTH);
  const given = Buffer.from(text.slice(-SIGNATURE_LENGTH));
  const right = Buffer.from(sign(payload));
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  const [personId, granted, issuedAt, serial] = JSON.parse(Buffer.from(payload, 'hex').toString()) as [
    string,
    ScopeId[],
    number,
    number,
  ];
  return { personId, granted, issuedAt, serial };
}
