import { type Fault } from '../control/faults.ts';
import { type SandboxState } from '../state.ts';
import { findPerson, type Person } from '../world/people.ts';
import { AdsFailure, headerError, unauthenticated } from './failures.ts';
import { ADS_SCOPE } from './scopes.ts';
import { isOver, readToken } from './tokens.ts';

/** One call of the Google Ads API. */
export interface AdsCall {
  state: SandboxState;
  request: Request;
  /** `v25`. */
  version: string;
  /** The JSON body of a POST. */
  body: Readonly<Record<string, unknown>>;
  at: Date;
  fault: Fault | undefined;
  requestId: string;
}

const MISSING =
  'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential.';

/** The front end refuses a token that is over or revoked without asking Google Ads: no details, and in turn a reason. */
function refuseToken(fault: Fault): AdsFailure {
  if (fault.kind === 'revoked_grant') {
    return unauthenticated('OAUTH_TOKEN_REVOKED', 'OAuth token in the header has been revoked.');
  }
  if (fault.struck % 2 === 0) return new AdsFailure({ status: 'UNAUTHENTICATED' });
  return unauthenticated('OAUTH_TOKEN_EXPIRED', 'OAuth token in the header has expired.');
}

/** The person behind a call. Throws what Google answers when there is none. */
export function personOf({ state, request, at, fault }: AdsCall): Person {
  const [, raw] = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (raw === undefined) throw new AdsFailure({ status: 'UNAUTHENTICATED', message: MISSING });
  if (fault?.kind === 'expired_token' || fault?.kind === 'revoked_grant') throw refuseToken(fault);
  const grant = readToken('access', raw);
  const person = grant && findPerson(grant.personId);
  if (!grant || !person || state.google.isRevoked(grant) || isOver(grant, at)) {
    throw new AdsFailure({ status: 'UNAUTHENTICATED' });
  }
  if (grant.granted.includes(ADS_SCOPE)) return person;
  const message = 'Request had insufficient authentication scopes.';
  throw new AdsFailure({ status: 'PERMISSION_DENIED', reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT', message });
}

/** The header login-customer-id, digits alone; null without it. */
export function loginIdOf({ request }: AdsCall): string | null {
  const loginId = request.headers.get('login-customer-id');
  if (loginId === null || /^\d{10}$/.test(loginId)) return loginId;
  throw headerError('INVALID_LOGIN_CUSTOMER_ID', 'The login customer ID must be ten digits without dashes.');
}
