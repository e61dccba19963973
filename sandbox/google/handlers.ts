import { http, type HttpHandler } from 'msw';
import { addressPattern } from '../address.ts';
import { exchange } from '../control/transport.ts';
import { type SandboxState } from '../state.ts';
import { answerAuth } from './auth.ts';
import { answerAds } from './dispatch.ts';
import { answerRevoke, answerToken } from './oauth.ts';

/**
 * The Google stand-in as msw handlers: the consent page, the token endpoints, and the Google Ads API over REST, all
 * under `baseUrl` or, without one, under any origin. Behaviour follows Google's documentation as noted at each part.
 */
export function createGoogleHandlers(state: SandboxState, { baseUrl }: { baseUrl?: string }): HttpHandler[] {
  const at = (path: string) => addressPattern(baseUrl, path);
  const consent = ({ request }: { request: Request }) =>
    exchange(state, request, { platform: 'google', kinds: [] }, () => answerAuth(state, request));
  return [
    http.get(at('/o/oauth2/v2/auth'), consent),
    http.post(at('/o/oauth2/v2/auth'), consent),
    http.post(at('/google/token'), ({ request }) => answerToken(state, request)),
    http.post(at('/google/revoke'), ({ request }) => answerRevoke(state, request)),
    http.all(at('/v\\d+/.+'), ({ request }) => answerAds(state, request)),
  ];
}
