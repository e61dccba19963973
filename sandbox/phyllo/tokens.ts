import { createHmac, timingSafeEqual } from 'node:crypto';

/** What an SDK token says. Times are in ms since the epoch. */
export interface SdkToken {
  userId: string;
  products: readonly string[];
  environment: string;
  expiresAt: number;
}

/** Constant, so that a token outlives the process that gave it. It guards nothing but invented accounts. */
const SIGNING_KEY = 'SpokeStack sandbox, Phyllo SDK token signature 1';
const HEADER = Buffer.from(JSON.stringify({ typ: 'JWT', alg: 'HS256' })).toString('base64url');

const sign = (text: string): string => createHmac('sha256', SIGNING_KEY).update(text).digest('base64url');

export function writeToken({ userId, products, environment, expiresAt }: SdkToken): string {
  const claims = { user_id: userId, products, environment, exp: expiresAt / 1_000 };
  const body = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${body}.${sign(body)}`;
}

/** Reads a token back, expired or not; undefined when it was not written here. */
export function readToken(text: string): SdkToken | undefined {
  const [header = '', claims = '', signature = '', ...rest] = text.split('.');
  if (rest.length > 0) return undefined;
  const given = Buffer.from(signature);
  const right = Buffer.from(sign(`${header}.${claims}`));
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  const { user_id, products, environment, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as {
    user_id: string;
    products: string[];
    environment: string;
    exp: number;
  };
  return { userId: user_id, products, environment, expiresAt: exp * 1_000 };
}
