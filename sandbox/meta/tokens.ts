import { createHmac, timingSafeEqual } from 'node:crypto';

/** Every permission that this stand-in knows, in an order that tokens depend on: append only. */
export const SCOPES = [
  'public_profile',
  'ads_read',
  'ads_management',
  'business_management',
  'email',
  'leads_retrieval',
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_metadata',
  'pages_manage_ads',
  'read_insights',
] as const;

export type Scope = (typeof SCOPES)[number];

/** What a person allowed. Times are milliseconds since the epoch. */
export interface Grant {
  personId: string;
  requested: readonly Scope[];
  granted: readonly Scope[];
  issuedAt: number;
  serial: number;
}

export interface Token extends Grant {
  expiresAt: number;
  life: 'short' | 'long';
}

const SHORT_LIFE_SECONDS = 5_400;
/** Meta's own example of a long-lived token. Source: Facebook Login, long-lived access tokens. */
const LONG_LIFE_SECONDS = 5_183_944;

const PREFIX = 'EAAS';
const SIGNATURE_LENGTH = 32;
/** Constant, so that a token outlives the process that gave it. It guards nothing but invented figures. */
const SIGNING_KEY = 'SpokeStack sandbox, token signature 1';

export function lifeSeconds(life: Token['life']): number {
  return life === 'short' ? SHORT_LIFE_SECONDS : LONG_LIFE_SECONDS;
}

const bits = (scopes: readonly Scope[]): number =>
  scopes.reduce((sum, scope) => sum | (1 << SCOPES.indexOf(scope)), 0);

const fromBits = (sum: number): Scope[] => SCOPES.filter((_, index) => (sum & (1 << index)) !== 0);

const sign = (payload: string): string =>
  createHmac('sha256', SIGNING_KEY).update(payload).digest('hex').slice(0, SIGNATURE_LENGTH);

/** Writes a token: letters and digits alone, its whole content inside, signed. */
export function writeToken(grant: Grant, life: Token['life']): string {
  const expiresAt = grant.issuedAt + lifeSeconds(life) * 1000;
  const { personId, requested, granted, issuedAt, serial } = grant;
  const content = [personId, bits(requested), bits(granted), issuedAt, serial, expiresAt, life];
  const payload = Buffer.from(JSON.stringify(content)).toString('hex');
  return `${PREFIX}${payload}${sign(payload)}`;
}

/** Reads a token back; undefined when it was not written here. Says nothing about its age or its revocation. */
export function readToken(text: string): Token | undefined {
  if (!text.startsWith(PREFIX) || text.length <= PREFIX.length + SIGNATURE_LENGTH) return undefined;
  const payload = text.slice(PREFIX.length, -SIGNATURE_LENGTH);
  const given = Buffer.from(text.slice(-SIGNATURE_LENGTH));
  const right = Buffer.from(sign(payload));
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  const [personId, requested, granted, issuedAt, serial, expiresAt, life] = JSON.parse(
    Buffer.from(payload, 'hex').toString(),
  ) as [string, number, number, number, number, number, Token['life']];
  return {
    ...{ personId, issuedAt, serial, expiresAt, life },
    requested: fromBits(requested),
    granted: fromBits(granted),
  };
}
