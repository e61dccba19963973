import { createHmac, timingSafeEqual } from 'node:crypto';
import { CALL_KINDS, type Fault, type FaultKind } from '../control/faults.ts';
import { type SandboxState } from '../state.ts';
import { type AdAccount } from '../world/accounts.ts';
import { findPerson, type Person } from '../world/people.ts';
import { accountsSeenBy } from '../world/world.ts';
import { SANDBOX_META_APP_SECRET } from './app.ts';
import { deadToken, GraphFailure, invalidParameter, missingPermission, noSuchObject } from './failures.ts';
import { type Json } from './json.ts';
import { readToken, type Scope, type Token } from './tokens.ts';

export interface Bearer {
  raw: string;
  token: Token;
  person: Person;
}

/** One call of the Graph API. `params` holds the query and the form together. */
export interface GraphCall {
  state: SandboxState;
  method: string;
  url: URL;
  params: URLSearchParams;
  /** What the route's expression captured. */
  captured: readonly string[];
  at: Date;
  fault: Fault | undefined;
  /** The token as sent, wherever it was sent; null without one. */
  accessToken: string | null;
}

export interface GraphAnswer {
  body: Json;
  /** The ad account whose limits the call counts against. */
  account?: AdAccount;
}

export interface GraphRoute {
  method: 'GET' | 'POST' | 'DELETE';
  /** Over the path behind the version. */
  path: RegExp;
  usage: 'application' | 'management' | 'insights';
  kinds: readonly FaultKind[];
  answer(call: GraphCall): GraphAnswer;
}

/** The faults of a call that carries no token. */
export const OPEN_KINDS = CALL_KINDS.filter((kind) => kind !== 'expired_token' && kind !== 'revoked_grant');

function checkProof(call: GraphCall, raw: string): void {
  const proof = call.params.get('appsecret_proof');
  if (proof === null) return;
  const right = Buffer.from(createHmac('sha256', SANDBOX_META_APP_SECRET).update(raw).digest('hex'));
  const given = Buffer.from(proof);
  if (given.length === right.length && timingSafeEqual(given, right)) return;
  throw new GraphFailure({
    ...{ status: 400, code: 100, type: 'GraphMethodException' },
    message: 'Invalid appsecret_proof provided in the API argument',
  });
}

/** A token that holds at this moment, or the failure that Meta answers. */
export function liveToken(state: SandboxState, raw: string, at: Date): Bearer {
  const token = readToken(raw);
  const person = token && findPerson(token.personId);
  if (!token || !person) throw deadToken('unreadable');
  if (state.meta.isRevoked(token)) throw deadToken('revoked');
  if (token.expiresAt <= at.getTime()) throw deadToken('expired');
  return { raw, token, person };
}

/** The person behind a call. Throws what Meta answers when there is none. */
export function bearerOf(call: GraphCall): Bearer {
  const raw = call.accessToken;
  if (raw === null || raw === '') {
    const message = 'An access token is required to request this resource.';
    throw new GraphFailure({ status: 400, code: 104, message });
  }
  if (call.fault?.kind === 'expired_token') throw deadToken('expired');
  if (call.fault?.kind === 'revoked_grant') throw deadToken('revoked');
  const bearer = liveToken(call.state, raw, call.at);
  checkProof(call, raw);
  return bearer;
}

const ADS_SCOPES: readonly Scope[] = ['ads_read', 'ads_management'];

/** The person behind a call about ads, who must have left one of the ads permissions ticked. */
export function adsBearerOf(call: GraphCall): Bearer {
  const bearer = bearerOf(call);
  if (bearer.token.granted.some((scope) => ADS_SCOPES.includes(scope))) return bearer;
  throw missingPermission('Requires ads_management or ads_read permission to manage the object');
}

/** An ad account (digits alone) that the person of the call may see. */
export function seenAccount(call: GraphCall, accountId: string): AdAccount {
  const { person } = adsBearerOf(call);
  const account = accountsSeenBy(call.state.world, 'meta', person).find(
    (seen) => seen.accountId === accountId,
  );
  if (!account) throw noSuchObject(`act_${accountId}`, call.method);
  return account;
}

/** A whole number parameter within bounds. */
export function wholeParameter(params: URLSearchParams, name: string, fallback: number): number {
  const text = params.get(name);
  if (text === null || text === '') return fallback;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1)
    throw invalidParameter(`param ${name} must be a positive integer.`);
  return Number(text);
}
