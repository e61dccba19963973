import { createHash } from 'node:crypto';
import { HttpResponse } from 'msw';
import { CALL_KINDS, type Fault, type FaultKind } from '../control/faults.ts';
import { exchange } from '../control/transport.ts';
import { type SandboxState } from '../state.ts';
import { findPerson } from '../world/people.ts';
import { SANDBOX_GOOGLE_CLIENT_ID, SANDBOX_GOOGLE_CLIENT_SECRET } from './app.ts';
import { type PendingCode } from './memory.ts';
import { ACCESS_SECONDS, type Grant, readToken, writeIdToken, writeToken } from './tokens.ts';

const CODE_LIFE_MS = 10 * 60_000;

/** As RFC 6749, section 5.2, words a refusal; Google's descriptions beside it. */
class OauthFailure extends Error {
  constructor(
    readonly error: string,
    readonly description: string,
    readonly status = 400,
  ) {
    super(description);
    this.name = 'OauthFailure';
  }
}

const deadGrant = () => new OauthFailure('invalid_grant', 'Token has been expired or revoked.');

interface TokenCall {
  state: SandboxState;
  form: URLSearchParams;
  fault: Fault | undefined;
  at: Date;
}

function checkClient({ form }: TokenCall): void {
  if (form.get('client_id') !== SANDBOX_GOOGLE_CLIENT_ID) {
    throw new OauthFailure('invalid_client', 'The OAuth client was not found.', 401);
  }
  if (form.get('client_secret') !== SANDBOX_GOOGLE_CLIENT_SECRET) {
    throw new OauthFailure('invalid_client', 'The provided client secret is invalid.', 401);
  }
}

function checkVerifier({ form }: TokenCall, { codeChallenge }: PendingCode): void {
  if (codeChallenge === null) return;
  const verifier = form.get('code_verifier');
  if (verifier === null) throw new OauthFailure('invalid_grant', 'Missing code verifier.');
  if (createHash('sha256').update(verifier).digest('base64url') === codeChallenge) return;
  throw new OauthFailure('invalid_grant', 'Invalid code verifier.');
}

function issue({ state, at }: TokenCall, grant: Grant) {
  const fresh = { ...grant, issuedAt: at.getTime(), serial: state.google.nextSerial() };
  const person = findPerson(grant.personId);
  const isSignIn = grant.granted.includes('openid') && person !== undefined;
  const tokens = {
    ...{ access_token: writeToken('access', fresh), expires_in: ACCESS_SECONDS },
    ...{ scope: grant.granted.join(' '), token_type: 'Bearer' },
    ...(isSignIn ? { id_token: writeIdToken(person, grant.granted, at) } : {}),
  };
  return { fresh, tokens };
}

function exchangeCode(call: TokenCall) {
  const pending = call.state.google.codes.get(call.form.get('code') ?? '');
  if (!pending) throw new OauthFailure('invalid_grant', 'Malformed auth code.');
  const isOld = call.at.getTime() - pending.grant.issuedAt > CODE_LIFE_MS;
  if (pending.isUsed || isOld) throw new OauthFailure('invalid_grant', 'Bad Request');
  const redirectUri = call.form.get('redirect_uri') ?? '';
  if (!URL.canParse(redirectUri) || new URL(redirectUri).toString() !== pending.redirectUri) {
    throw new OauthFailure('redirect_uri_mismatch', 'Bad Request');
  }
  checkVerifier(call, pending);
  pending.isUsed = true;
  const { fresh, tokens } = issue(call, pending.grant);
  return pending.isOffline ? { ...tokens, refresh_token: writeToken('refresh', fresh) } : tokens;
}

/** A new access token. The refresh token stays the one, so that none comes back. */
function refresh(call: TokenCall) {
  if (call.fault?.kind === 'revoked_grant') throw deadGrant();
  const grant = readToken('refresh', call.form.get('refresh_token') ?? '');
  if (!grant || call.state.google.isRevoked(grant)) throw deadGrant();
  return issue(call, grant).tokens;
}

function giveToken(call: TokenCall) {
  checkClient(call);
  const kind = call.form.get('grant_type');
  if (kind === 'authorization_code') return exchangeCode(call);
  if (kind === 'refresh_token') return refresh(call);
  throw new OauthFailure('unsupported_grant_type', `Invalid grant_type: ${kind ?? ''}`);
}

/** Either token ends the whole grant of its person. */
function revoke({ state, form, at }: TokenCall) {
  const token = form.get('token') ?? '';
  const grant = readToken('refresh', token) ?? readToken('access', token);
  if (!grant || state.google.isRevoked(grant)) {
    throw new OauthFailure('invalid_token', 'Token expired or revoked');
  }
  state.google.revoke(grant.personId, at);
  return {};
}

function strike(fault: Fault | undefined): void {
  if (fault?.kind === 'error_500') throw new OauthFailure('internal_failure', 'Backend Error', 500);
  if (fault?.kind === 'rate_limited')
    throw new OauthFailure('rate_limit_exceeded', 'Rate Limit Exceeded', 429);
}

const OPEN_KINDS = CALL_KINDS.filter((kind) => kind !== 'expired_token' && kind !== 'revoked_grant');

function kindsOf(form: URLSearchParams): readonly FaultKind[] {
  return form.get('grant_type') === 'refresh_token' ? [...OPEN_KINDS, 'revoked_grant'] : OPEN_KINDS;
}

const NO_STORE = { 'cache-control': 'no-cache, no-store, max-age=0, must-revalidate', pragma: 'no-cache' };

async function answer(
  state: SandboxState,
  request: Request,
  work: (call: TokenCall) => object,
): Promise<Response> {
  const form = new URLSearchParams(await request.clone().text());
  for (const [name, value] of new URL(request.url).searchParams) form.append(name, value);
  const kind = form.get('grant_type');
  const question = kind === null ? {} : { grant_type: kind };
  return exchange(state, request, { platform: 'google', kinds: kindsOf(form), question }, (fault) => {
    try {
      strike(fault);
      return HttpResponse.json(work({ state, form, fault, at: state.now() }), { headers: NO_STORE });
    } catch (error) {
      if (!(error instanceof OauthFailure)) throw error;
      const body = { error: error.error, error_description: error.description };
      return HttpResponse.json(body, { status: error.status, headers: NO_STORE });
    }
  });
}

/** The token endpoint. Source: Google Identity, OAuth 2.0 for web server applications. */
export function answerToken(state: SandboxState, request: Request): Promise<Response> {
  return answer(state, request, giveToken);
}

export function answerRevoke(state: SandboxState, request: Request): Promise<Response> {
  return answer(state, request, revoke);
}
