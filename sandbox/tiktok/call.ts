import { CALL_KINDS, type Fault, type FaultKind } from '../control/faults.ts';
import { type JsonObject } from '../meta/json.ts';
import { type SandboxState } from '../state.ts';
import { findPerson, type Person } from '../world/people.ts';
import { deadToken, invalidParameter, noPermission } from './failures.ts';
import { SCOPES, type ScopeId } from './scopes.ts';
import { type Grant, readToken } from './tokens.ts';

/** One call of the API for Business. */
export interface TiktokCall {
  state: SandboxState;
  url: URL;
  query: URLSearchParams;
  /** The JSON body of a POST; empty for a GET. */
  body: Readonly<Record<string, unknown>>;
  at: Date;
  fault: Fault | undefined;
  /** The header `Access-Token` as sent; null without one. */
  accessToken: string | null;
}

export interface TiktokRoute {
  method: 'GET' | 'POST';
  /** The path behind the version, without slashes around it. */
  path: string;
  kinds: readonly FaultKind[];
  /** Answers the envelope's `data`. */
  answer(call: TiktokCall): JsonObject;
}

/** The faults of a call that carries no token. */
export const OPEN_KINDS = CALL_KINDS.filter((kind) => kind !== 'expired_token' && kind !== 'revoked_grant');
export const LIST_KINDS: readonly FaultKind[] = [...CALL_KINDS, 'empty_page_with_next'];

export interface Bearer {
  grant: Grant;
  person: Person;
}

/** A token that holds, or the failure that TikTok answers. */
export function liveToken(state: SandboxState, raw: string): Bearer {
  const grant = readToken(raw);
  const person = grant && findPerson(grant.personId);
  if (!grant || !person || state.tiktok.isRevoked(grant)) throw deadToken('incorrect');
  return { grant, person };
}

/** The person behind a call. The token stands bare in its header: with `Bearer ` before it, it is another text. */
export function bearerOf(call: TiktokCall): Bearer {
  const raw = call.accessToken ?? '';
  if (raw === '') throw deadToken('empty');
  if (call.fault?.kind === 'expired_token') throw deadToken('expired');
  if (call.fault?.kind === 'revoked_grant') throw deadToken('incorrect');
  return liveToken(call.state, raw);
}

/** The person behind a call, whose token must carry the permission. */
export function bearerWith(call: TiktokCall, scopeId: ScopeId): Bearer {
  const bearer = bearerOf(call);
  if (bearer.grant.granted.includes(scopeId)) return bearer;
  const { name } = SCOPES.find(({ id }) => id === scopeId) ?? { name: String(scopeId) };
  throw noPermission(`Permission error: the access token lacks the scope for this endpoint (${name}).`);
}

/** A query parameter that must be there. */
export function needed(call: TiktokCall, name: string): string {
  const value = call.query.get(name) ?? '';
  if (value === '') throw invalidParameter(`${name}: Missing data for required field.`);
  return value;
}

/** A parameter that carries JSON inside of its text, as every array and object does. */
export function jsonParameter(call: TiktokCall, name: string): unknown {
  const text = call.query.get(name) ?? '';
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw invalidParameter(`${name}: must be a JSON text.`);
  }
}

/** A parameter that carries a JSON array of texts; undefined where it is left out. */
export function listParameter(call: TiktokCall, name: string): string[] | undefined {
  const value = jsonParameter(call, name);
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string')) {
    throw invalidParameter(`${name}: must be a list of strings.`);
  }
  return value;
}

/** Refuses the parameters that this stand-in does not know, rather than ignoring them. */
export function refuseOthers(call: TiktokCall, known: readonly string[]): void {
  const other = [...call.query.keys()].find((name) => !known.includes(name));
  if (other !== undefined) throw invalidParameter(`${other}: the sandbox does not know this parameter.`);
}
