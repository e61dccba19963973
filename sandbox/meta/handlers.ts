import { http, type HttpHandler } from 'msw';
import { addressPattern } from '../address.ts';
import { exchange } from '../control/transport.ts';
import { type SandboxState } from '../state.ts';
import { answerDialog } from './dialog.ts';
import { answerGraph } from './dispatch.ts';
import { createLeadControl } from './leads-control.ts';

/**
 * The Meta stand-in as msw handlers: the consent dialog and the Graph API, both under `baseUrl` or, without one,
 * under any origin. Behaviour follows Meta's documentation as noted at each part.
 */
export function createMetaHandlers(state: SandboxState, place: { baseUrl?: string }): HttpHandler[] {
  const { baseUrl } = place;
  const dialog = addressPattern(baseUrl, '/v\\d+\\.\\d+/dialog/oauth');
  const graph = addressPattern(baseUrl, '/v\\d+\\.\\d+/.+');
  const consent = ({ request }: { request: Request }) =>
    exchange(state, request, { platform: 'meta', kinds: [] }, () => answerDialog(state, request));
  return [
    createLeadControl(state, place),
    http.get(dialog, consent),
    http.post(dialog, consent),
    http.all(graph, ({ request }) => answerGraph(state, request)),
  ];
}
