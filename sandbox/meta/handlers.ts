import { http, type HttpHandler } from 'msw';
import { addressPattern } from '../address.ts';
import { exchange } from '../control/transport.ts';
import { type SandboxState } from '../state.ts';
import { answerDialog } from './dialog.ts';
import { answerGraph } from './dispatch.ts';

/**
 * The Meta stand-in as msw handlers: the consent dialog and the Graph API, both under `baseUrl` or, without one,
 * under any origin. Behaviour follows Meta's documentation as noted at each part.
 */
export function createMetaHandlers(state: SandboxState, { baseUrl }: { baseUrl?: string }): HttpHandler[] {
  const dialog = addressPattern(baseUrl, '/v\\d+\\.\\d+/dialog/oauth');
  const graph = addressPattern(baseUrl, '/v\\d+\\.\\d+/.+');
  const consent = ({ request }: { request: Request }) =>
    exchange(state, request, { platform: 'meta', kinds: [] }, () => answerDialog(state, request));
  return [
    http.get(dialog, consent),
    http.post(dialog, consent),
    http.all(graph, ({ request }) => answerGraph(state, request)),
  ];
}
