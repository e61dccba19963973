import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Person } from '../world/people.ts';
import { SANDBOX_GOOGLE_CLIENT_ID, SANDBOX_GOOGLE_CLIENT_SECRET } from './app.ts';
import { type Scope, SCOPES, tellsEmail } from './scopes.ts';

/** What a person allowed. Times are milliseconds since the epoch. */
export interface Grant {
  /** Google's number for the person. */
  personId: string;
  granted: readonly Scope[];
  issuedAt: number;
  serial: number;
}

export type TokenKind = 'access' | 'refresh';

/** Google says a second less than the hour. */
export const ACCESS_SECONDS = 3_599;
const ACCESS_LIFE_MS = 3_600_000;

const PREFIXES: Record<TokenKind, string> = { access: 'ya29.a0', refresh: '1//0' };
const SIGNATURE_LENGTH = 32;
/** Constant, so that a token outlives the process that gave it. It guards nothing but invented figures. */
const SIGNING_KEY = 'SpokeStack sandbox, Google token signature 1';

const bits = (scopes: readonly Scope[]): number =>
  scopes.reduce((sum, scope) => sum | (1 << SCOPES.indexOf(scope)), 0);

const fromBits = (sum: number): Scope[] => SCOPES.filter((_, index) => (sum & (1 << index)) !== 0);

const sign = (payload: string): string =>
  createHmac('sha256', SIGNING_KEY).update(payload).digest('hex').slice(0, SIGNATURE_LENGTH);

/** Writes a token with its whole content inside, signed. */
export function writeToken(kind: TokenKind, { personId, granted, issuedAt, serial }: Grant): string {
  const content = [kind, personId, bits(granted), issuedAt, serial];
  const payload = Buffer.from(JSON.stringify(content)).toString('base64url');
  return `${PREFIXES[kind]}${payload}${sign(payload)}`;
}

/** Reads a token back; undefined when it was not written here as that kind. Says nothing of its age or revocation. */
export function readToken(kind: TokenKind, text: string): Grant | undefined {
  const prefix = PREFIXES[kind];
  if (!text.startsWith(prefix) || text.length <= prefix.length + SIGNATURE_LENGTH) return undefined;
  const payload = text.slice(prefix.length, -SIGNATURE_LENGTH);
  const given = Buffer.from(text.slice(-SIGNATURE_LENGTH));
  const right = Buffer.from(sign(payload));
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  const content = JSON.parse(Buffer.from(payload, 'base64url').toString()) as unknown[];
  const [written, personId, granted, issuedAt, serial] = content as [string, string, number, number, number];
  return written === kind ? { personId, granted: fromBits(granted), issuedAt, serial } : undefined;
}

/** An access token lives an hour; a refresh token until it is revoked. */
export function isOver({ issuedAt }: Grant, at: Date): boolean {
  return at.getTime() >= issuedAt + ACCESS_LIFE_MS;
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** Says who signed in. Signed with the client's secret (HS256), where Google's are signed with its own key. */
export function writeIdToken(person: Person, granted: readonly Scope[], at: Date): string {
  const iat = Math.floor(at.getTime() / 1000);
  const claims = {
    ...{ iss: 'https://accounts.google.com', azp: SANDBOX_GOOGLE_CLIENT_ID, aud: SANDBOX_GOOGLE_CLIENT_ID },
    sub: person.googleId,
    ...(tellsEmail(granted) ? { email: person.email, email_verified: true } : {}),
    ...{ iat, exp: iat + 3_600 },
  };
  const body = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`;
  return `${body}.${createHmac('sha256', SANDBOX_GOOGLE_CLIENT_SECRET).update(body).digest('base64url')}`;
}
