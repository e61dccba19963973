import { http, type HttpHandler } from 'msw';
import { addressPattern } from '../address.ts';
import { exchange } from '../control/transport.ts';
import { type SandboxState } from '../state.ts';
import { answerApi } from './dispatch.ts';
import { answerPortal } from './portal.ts';

/**
 * The TikTok stand-in as msw handlers: the page on which a person authorizes, and the API for Business v1.3, both
 * under `baseUrl` or, without one, under any origin. Behaviour follows TikTok's documentation as noted at each part.
 */
export function createTiktokHandlers(state: SandboxState, { baseUrl }: { baseUrl?: string }): HttpHandler[] {
  const portal = addressPattern(baseUrl, '/portal/auth');
  const api = addressPattern(baseUrl, '/open_api/v\\d+\\.\\d+/.+');
  const consent = ({ request }: { request: Request }) =>
    exchange(state, request, { platform: 'tiktok', kinds: [] }, () => answerPortal(state, request));
  return [
    http.get(portal, consent),
    http.post(portal, consent),
    http.all(api, ({ request }) => answerApi(state, request)),
  ];
}
