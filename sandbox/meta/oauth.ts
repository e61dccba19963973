import { CALL_KINDS } from '../control/faults.ts';
import { SANDBOX_META_APP_ID, SANDBOX_META_APP_NAME, SANDBOX_META_APP_SECRET } from './app.ts';
import { GraphFailure, invalidParameter } from './failures.ts';
import { type GraphAnswer, type GraphCall, type GraphRoute, liveToken, OPEN_KINDS } from './graph.ts';
import { type Grant, lifeSeconds, readToken, type Token, writeToken } from './tokens.ts';

const CODE_LIFE_MS = 10 * 60_000;

function checkApplication({ params }: GraphCall): void {
  if (params.get('client_id') !== SANDBOX_META_APP_ID) {
    throw new GraphFailure({
      status: 400,
      code: 101,
      message: 'Error validating application. Invalid application ID.',
    });
  }
  if (params.get('client_secret') !== SANDBOX_META_APP_SECRET) {
    throw new GraphFailure({ status: 400, code: 1, message: 'Error validating client secret.' });
  }
}

function issue(call: GraphCall, grant: Grant, life: Token['life']): GraphAnswer {
  const fresh = { ...grant, issuedAt: call.at.getTime(), serial: call.state.meta.nextSerial() };
  const access_token = writeToken(fresh, life);
  return { body: { access_token, token_type: 'bearer', expires_in: lifeSeconds(life) } };
}

function exchangeCode(call: GraphCall): GraphAnswer {
  const pending = call.state.meta.codes.get(call.params.get('code') ?? '');
  if (!pending) throw invalidParameter('Invalid verification code format.', 36009);
  if (pending.isUsed) throw invalidParameter('This authorization code has been used.', 36009);
  if (call.at.getTime() - pending.issuedAt > CODE_LIFE_MS) {
    throw invalidParameter('This authorization code has expired.', 36007);
  }
  const redirectUri = call.params.get('redirect_uri') ?? '';
  if (!URL.canParse(redirectUri) || new URL(redirectUri).toString() !== pending.redirectUri) {
    throw invalidParameter(
      'Error validating verification code: the redirect_uri is not that of the dialog.',
      36008,
    );
  }
  pending.isUsed = true;
  return issue(call, pending.grant, 'short');
}

function exchangeToken(call: GraphCall): GraphAnswer {
  const { token } = liveToken(call.state, call.params.get('fb_exchange_token') ?? '', call.at);
  return issue(call, token, 'long');
}

function giveToken(call: GraphCall): GraphAnswer {
  checkApplication(call);
  const kind = call.params.get('grant_type') ?? 'authorization_code';
  if (kind === 'fb_exchange_token') return exchangeToken(call);
  if (kind === 'authorization_code') return exchangeCode(call);
  throw invalidParameter(`Unsupported grant_type ${kind}.`);
}

function problemOf(call: GraphCall, raw: string): GraphFailure | undefined {
  try {
    liveToken(call.state, raw, call.at);
    return undefined;
  } catch (error) {
    if (error instanceof GraphFailure) return error;
    throw error;
  }
}

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** Introspection, for the application itself or for whoever holds a living token. */
function debugToken(call: GraphCall): GraphAnswer {
  const asking = call.accessToken ?? '';
  if (asking !== `${SANDBOX_META_APP_ID}|${SANDBOX_META_APP_SECRET}`) liveToken(call.state, asking, call.at);
  const raw = call.params.get('input_token');
  if (raw === null) throw invalidParameter('The parameter input_token is required');
  const problem = problemOf(call, raw);
  const token = readToken(raw);
  const error = problem && {
    code: problem.detail.code,
    message: problem.message,
    subcode: problem.detail.subcode ?? 0,
  };
  return {
    body: {
      data: {
        ...{ app_id: SANDBOX_META_APP_ID, type: 'USER', application: SANDBOX_META_APP_NAME },
        ...(error ? { error } : {}),
        is_valid: problem === undefined,
        ...(token
          ? {
              ...{ issued_at: seconds(token.issuedAt), expires_at: seconds(token.expiresAt) },
              ...{ data_access_expires_at: seconds(token.issuedAt) + 90 * 86_400 },
              ...{ scopes: token.granted, user_id: token.personId },
            }
          : { scopes: [] }),
      },
    },
  };
}

/** Source: Facebook Login, manual flow and long-lived access tokens; Graph API, debug_token. */
export const OAUTH_ROUTES: readonly GraphRoute[] = [
  {
    method: 'GET',
    path: /^oauth\/access_token$/,
    usage: 'application',
    kinds: OPEN_KINDS,
    answer: giveToken,
  },
  {
    method: 'POST',
    path: /^oauth\/access_token$/,
    usage: 'application',
    kinds: OPEN_KINDS,
    answer: giveToken,
  },
  { method: 'GET', path: /^debug_token$/, usage: 'application', kinds: CALL_KINDS, answer: debugToken },
];
