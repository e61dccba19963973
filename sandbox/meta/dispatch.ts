import { HttpResponse } from 'msw';
import { exchange } from '../control/transport.ts';
import { type Fault } from '../control/faults.ts';
import { type SandboxState } from '../state.ts';
import { findAccount } from '../world/world.ts';
import { ACCOUNT_ROUTES } from './accounts.ts';
import { NEWEST_VERSION } from './app.ts';
import { BUSINESS_ROUTES } from './businesses.ts';
import { CAMPAIGN_ROUTES } from './campaigns.ts';
import { GraphFailure, noSuchObject, rateLimited, serviceTrouble } from './failures.ts';
import { type GraphAnswer, type GraphCall, type GraphRoute, OPEN_KINDS } from './graph.ts';
import { INSIGHTS_ROUTES } from './insights.ts';
import { LEAD_ROUTES } from './leads.ts';
import { OAUTH_ROUTES } from './oauth.ts';
import { PERSON_ROUTES } from './persons.ts';
import { NODE_ROUTES } from './nodes.ts';
import { usageHeaders } from './usage.ts';

/** The first that fits answers: named edges stand before the nodes that are only digits. */
const ROUTES: readonly GraphRoute[] = [
  ...OAUTH_ROUTES,
  ...PERSON_ROUTES,
  ...ACCOUNT_ROUTES,
  ...BUSINESS_ROUTES,
  ...CAMPAIGN_ROUTES,
  ...INSIGHTS_ROUTES,
  ...LEAD_ROUTES,
  ...NODE_ROUTES,
];

async function formOf(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type') ?? '';
  const text = await request.clone().text();
  if (!type.includes('json') || text === '') return new URLSearchParams(text);
  const body = JSON.parse(text) as Record<string, unknown>;
  const texts = Object.entries(body).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(texts);
}

async function paramsOf(request: Request, url: URL): Promise<URLSearchParams> {
  const params = new URLSearchParams(url.searchParams);
  if (request.method !== 'POST') return params;
  try {
    for (const [name, value] of await formOf(request)) params.set(name, value);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new GraphFailure({ status: 400, code: 100, message: '(#100) The request body is not valid JSON.' });
  }
  return params;
}

function accessTokenOf(request: Request, params: URLSearchParams): string | null {
  const [, bearer] = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  return params.get('access_token') ?? bearer ?? null;
}

/** Throws the faults that strike a call whatever it asks. The limit alternates, as either may be hit first. */
function strike(fault: Fault | undefined, route: GraphRoute): void {
  if (fault?.kind === 'error_500') throw serviceTrouble();
  if (fault?.kind !== 'rate_limited') return;
  if (route.usage === 'application') throw rateLimited('application');
  throw rateLimited(fault.struck % 2 === 1 ? 'account' : route.usage);
}

interface Matched {
  route: GraphRoute;
  captured: string[];
}

function routeOf(method: string, path: string): Matched | undefined {
  for (const route of ROUTES) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match) return { route, captured: match.slice(1) };
  }
  return undefined;
}

async function callRoute(state: SandboxState, request: Request, matched: Matched, fault: Fault | undefined) {
  const url = new URL(request.url);
  strike(fault, matched.route);
  const params = await paramsOf(request, url);
  const call: GraphCall = {
    ...{ state, url, params, fault, method: request.method, captured: matched.captured, at: state.now() },
    accessToken: accessTokenOf(request, params),
  };
  return matched.route.answer(call);
}

function graphResponse(
  state: SandboxState,
  url: URL,
  route: GraphRoute | undefined,
  outcome: GraphAnswer | GraphFailure,
): Response {
  const [, accountId = ''] = /\/act_(\d+)/.exec(url.pathname) ?? [];
  const named = findAccount(state.world, 'meta', accountId);
  const failure = outcome instanceof GraphFailure ? outcome : undefined;
  const account = outcome instanceof GraphFailure ? named : (outcome.account ?? named);
  const isLimited = failure !== undefined && [4, 17, 80000, 80004].includes(failure.detail.code);
  const traceId = `A${state.meta.nextSerial().toString(36).padStart(10, '0')}`;
  const headers = {
    ...usageHeaders({ state, at: state.now(), use: route?.usage ?? 'application', account, isLimited }),
    'facebook-api-version': /v\d+\.\d+/.exec(url.pathname)?.[0] ?? NEWEST_VERSION,
    'x-fb-trace-id': traceId,
    'cache-control': 'private, no-cache, no-store, must-revalidate',
  };
  const body = outcome instanceof GraphFailure ? outcome.toBody(traceId) : outcome.body;
  return HttpResponse.json(body, { status: failure?.detail.status ?? 200, headers });
}

/** Answers one call of the Graph API, whatever it asks and whatever fault it meets. */
export async function answerGraph(state: SandboxState, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const path = url.pathname.replace(/^.*?\/v\d+\.\d+\//, '').replace(/\/+$/, '');
  const matched = routeOf(request.method, path);
  const kinds = matched?.route.kinds ?? OPEN_KINDS;
  return exchange(state, request, { platform: 'meta', kinds }, async (fault) => {
    try {
      if (!matched) throw noSuchObject(path, request.method);
      return graphResponse(state, url, matched.route, await callRoute(state, request, matched, fault));
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      return graphResponse(state, url, matched?.route, error);
    }
  });
}
