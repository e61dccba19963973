import { HttpResponse } from 'msw';
import { type Fault } from '../control/faults.ts';
import { exchange, type Verdict } from '../control/transport.ts';
import { type Json } from '../meta/json.ts';
import { type SandboxState } from '../state.ts';
import { ADVERTISER_ROUTES } from './advertisers.ts';
import { type TiktokCall, type TiktokRoute, OPEN_KINDS } from './call.ts';
import { CAMPAIGN_ROUTES } from './campaigns.ts';
import { CENTER_ROUTES } from './centers.ts';
import { invalidParameter, serviceTrouble, TiktokFailure, tooManyCalls } from './failures.ts';
import { OAUTH_ROUTES } from './oauth.ts';
import { REPORT_ROUTES } from './report.ts';

const ROUTES: readonly TiktokRoute[] = [
  ...OAUTH_ROUTES,
  ...ADVERTISER_ROUTES,
  ...CENTER_ROUTES,
  ...CAMPAIGN_ROUTES,
  ...REPORT_ROUTES,
];

const API = /^.*?\/open_api\/(v\d+\.\d+)\//;

function requestId(state: SandboxState): string {
  const time = state.now().toISOString().replace(/\D/g, '').slice(0, 14);
  return `${time}${state.tiktok.nextSerial().toString(16).toUpperCase().padStart(18, '0')}`;
}

/** The envelope. Its HTTP status is 200 whatever its code says. */
function envelope(
  state: SandboxState,
  { code, message, data }: { code: number; message: string; data: Json },
) {
  const body = { code, message, request_id: requestId(state), data };
  return { response: HttpResponse.json(body, { headers: { 'cache-control': 'no-store' } }), code };
}

/** What stands in front of the API when that does not answer: no envelope and no JSON. */
function gatewayTimeout(): Response {
  const body =
    '<html><head><title>504 Gateway Time-out</title></head><body>504 Gateway Time-out</body></html>';
  return HttpResponse.html(body, { status: 504 });
}

async function bodyOf(request: Request): Promise<TiktokCall['body']> {
  if (request.method !== 'POST') return {};
  try {
    const body: unknown = await request.clone().json();
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as TiktokCall['body'];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw invalidParameter('The request body must be a JSON object.');
}

/** Throws the faults that strike a call whatever it asks, and the limit that every call counts against. */
function strike(state: SandboxState, fault: Fault | undefined): void {
  if (fault?.kind === 'error_500') throw serviceTrouble();
  if (fault?.kind === 'rate_limited' || state.tiktok.limiter?.take() === false) throw tooManyCalls();
}

async function callRoute(
  state: SandboxState,
  request: Request,
  route: TiktokRoute | undefined,
  fault?: Fault,
) {
  const url = new URL(request.url);
  strike(state, fault);
  const [, version] = API.exec(url.pathname) ?? [];
  if (version !== 'v1.3') throw invalidParameter(`The API version ${version ?? ''} is not supported.`);
  if (!route) throw invalidParameter(`The path ${url.pathname} is not known.`);
  const call: TiktokCall = {
    ...{ state, url, fault, query: url.searchParams, at: state.now() },
    body: await bodyOf(request),
    accessToken: request.headers.get('access-token'),
  };
  return route.answer(call);
}

async function answerEnvelope(
  state: SandboxState,
  request: Request,
  { route, fault }: { route: TiktokRoute | undefined; fault: Fault | undefined },
): Promise<Verdict> {
  try {
    const data = await callRoute(state, request, route, fault);
    return envelope(state, { code: 0, message: 'OK', data });
  } catch (error) {
    if (!(error instanceof TiktokFailure)) throw error;
    return envelope(state, { code: error.code, message: error.message, data: {} });
  }
}

/** Answers one call of the API for Business, whatever it asks and whatever fault it meets. */
export async function answerApi(state: SandboxState, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const path = pathname.replace(API, '').replace(/\/+$/, '');
  const route = ROUTES.find((each) => each.method === request.method && each.path === path);
  const kinds = route?.kinds ?? OPEN_KINDS;
  return exchange(state, request, { platform: 'tiktok', kinds }, (fault) => {
    // Every path ends with a slash. That one without it is sent on is said of it, not documented.
    if (!pathname.endsWith('/')) {
      return new HttpResponse(null, { status: 301, headers: { location: `${pathname}/${search}` } });
    }
    if (fault?.kind === 'error_500' && fault.struck % 2 === 0) return gatewayTimeout();
    return answerEnvelope(state, request, { route, fault });
  });
}
