import { http, type HttpHandler, HttpResponse } from 'msw';
import { addressPattern } from '../address.ts';
import { exchange } from '../control/transport.ts';
import { type SandboxState } from '../state.ts';
import { answerSession } from './connect.ts';
import { framePage } from './connect-page.ts';
import { CONNECT_SCRIPT, EVENT_SCRIPT, FRAME_SCRIPT } from './connect-script.ts';
import { createPhylloControl } from './control.ts';
import { answerApi } from './dispatch.ts';
import { answerLasting, answerPicture } from './media.ts';

/** The families of Phyllo's API: the stand-in for Google answers below `/vN/` too. */
const FAMILIES = 'users|sdk-tokens|work-platforms|accounts|profiles|audience|social|webhooks';

const script = (body: string) => () =>
  new HttpResponse(body, {
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' },
  });

/**
 * The Phyllo stand-in as msw handlers: the API, the Connect SDK with its pages, the pictures and the control, all
 * under `baseUrl` or, without one, under any origin. Behaviour follows Phyllo's documents and live answers as noted
 * at each part.
 */
export function createPhylloHandlers(state: SandboxState, { baseUrl }: { baseUrl?: string }): HttpHandler[] {
  const at = (path: string) => addressPattern(baseUrl, path);
  const connect = '/connect/v2';
  return [
    ...createPhylloControl(state, baseUrl === undefined ? {} : { baseUrl }),
    http.all(at(`/v1/(${FAMILIES})(/.*)?`), ({ request }) => answerApi(state, request)),
    http.get(at(`${connect}/phyllo-connect\\.js`), script(CONNECT_SCRIPT)),
    http.get(at(`${connect}/frame\\.js`), script(FRAME_SCRIPT)),
    http.get(at(`${connect}/event\\.js`), script(EVENT_SCRIPT)),
    http.get(at(`${connect}/frame`), () => HttpResponse.html(framePage())),
    http.post(at(`${connect}/session`), ({ request }) =>
      exchange(state, request, { platform: 'phyllo', kinds: [] }, () => answerSession(state, request)),
    ),
    http.get(at('/phyllo-media/.+'), ({ request }) => answerPicture(state, request)),
    http.get(at('/public/acc_cont_[^/]+/thumbnail_url'), ({ request }) => answerLasting(request)),
  ];
}
