import { HttpResponse } from 'msw';
import { CALL_KINDS, type Fault, type FaultKind } from '../control/faults.ts';
import { exchange } from '../control/transport.ts';
import { type Json } from '../meta/json.ts';
import { type SandboxState } from '../state.ts';
import { NEWEST_VERSION, OLDEST_VERSION } from './app.ts';
import { type AdsCall, personOf } from './call.ts';
import { accessibleTo } from './customers.ts';
import {
  AdsFailure,
  overQuota,
  requestError,
  serviceTrouble,
  tooMuchAtOnce,
  unauthenticated,
} from './failures.ts';
import { search, searchStream } from './search.ts';

interface Route {
  method: 'GET' | 'POST';
  /** Over the path behind the version. */
  path: RegExp;
  isStream: boolean;
  hasPages: boolean;
  answer(call: AdsCall, customerId: string): Json;
}

/** Those into which the person was let, whatever the header says. Source: CustomerService.ListAccessibleCustomers. */
function listAccessible(call: AdsCall): Json {
  const accessible = accessibleTo(call.state.world, personOf(call));
  if (accessible.length === 0) {
    throw unauthenticated(
      'NOT_ADS_USER',
      'The Google account is not associated with any Google Ads account.',
    );
  }
  return { resourceNames: accessible.map(({ id }) => `customers/${id}`) };
}

const plain = { isStream: false, hasPages: false };

const ROUTES: readonly Route[] = [
  { ...plain, method: 'GET', path: /^customers:listAccessibleCustomers$/, answer: listAccessible },
  {
    ...plain,
    hasPages: true,
    method: 'POST',
    path: /^customers\/([\d-]+)\/googleAds:search$/,
    answer: search,
  },
  {
    ...plain,
    isStream: true,
    method: 'POST',
    path: /^customers\/([\d-]+)\/googleAds:searchStream$/,
    answer: searchStream,
  },
];

/** A version that ended refuses every call; one that does not exist yet is no path at all. */
function checkVersion(version: string): void {
  if (Number(version.slice(1)) >= OLDEST_VERSION) return;
  throw requestError(
    'UNSUPPORTED_VERSION',
    `Version ${version} is deprecated. Requests to this version will be blocked.`,
  );
}

function strike(fault: Fault | undefined): void {
  if (fault?.kind === 'error_500') throw serviceTrouble(fault.struck);
  if (fault?.kind === 'rate_limited') throw overQuota(fault.struck, fault.delayMs);
}

const asksFigures = ({ query }: AdsCall['body']): boolean =>
  typeof query === 'string' && /\b(segments|metrics)\./.test(query);

function kindsOf(route: Route | undefined, body: AdsCall['body']): readonly FaultKind[] {
  return [
    ...CALL_KINDS,
    ...(route && asksFigures(body) ? (['reduce_data'] as const) : []),
    ...(route?.hasPages ? (['empty_page_with_next'] as const) : []),
  ];
}

/** The body of a POST as an object; undefined where it is none. */
async function bodyOf(request: Request): Promise<AdsCall['body'] | undefined> {
  if (request.method !== 'POST') return {};
  try {
    const body: unknown = await request.clone().json();
    return typeof body === 'object' && body !== null && !Array.isArray(body)
      ? (body as AdsCall['body'])
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function callRoute(route: Route, call: AdsCall, path: string): Json {
  strike(call.fault);
  checkVersion(call.version);
  const [, customerId = ''] = route.path.exec(path) ?? [];
  if (customerId.includes('-'))
    throw requestError('INVALID_CUSTOMER_ID', `Invalid customer ID '${customerId}'.`);
  // Tokens are looked at before the question is.
  personOf(call);
  if (call.fault?.kind === 'reduce_data') throw tooMuchAtOnce();
  return route.answer(call, customerId);
}

/** What a call asks, for the list of calls: its body is not in its address. */
function questionOf(request: Request, body: AdsCall['body']): Record<string, string> {
  const loginId = request.headers.get('login-customer-id');
  return {
    ...(typeof body['query'] === 'string' ? { query: body['query'] } : {}),
    ...(typeof body['pageToken'] === 'string' ? { pageToken: body['pageToken'] } : {}),
    ...(loginId === null ? {} : { 'login-customer-id': loginId }),
  };
}

const notFound = (): Response =>
  HttpResponse.html('<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title>', { status: 404 });

/** Answers one call of the Google Ads API, whatever it asks and whatever fault it meets. */
export async function answerAds(state: SandboxState, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const [, version = '', path = ''] = /\/(v\d+)\/(.+?)\/?$/.exec(decodeURIComponent(pathname)) ?? [];
  const isKnown = Number(version.slice(1)) <= NEWEST_VERSION;
  const route = isKnown
    ? ROUTES.find((each) => each.method === request.method && each.path.test(path))
    : undefined;
  const body = (await bodyOf(request)) ?? {};
  const exchanged = {
    platform: 'google',
    kinds: kindsOf(route, body),
    question: questionOf(request, body),
  } as const;
  return exchange(state, request, exchanged, (fault) => {
    if (!route) return notFound();
    const requestId = `sb${state.google.nextSerial().toString(36).padStart(20, '0')}`;
    const headers = { 'request-id': requestId, 'cache-control': 'private' };
    try {
      const answer = callRoute(
        route,
        { state, request, version, body, fault, requestId, at: state.now() },
        path,
      );
      return HttpResponse.json(answer, { headers });
    } catch (error) {
      if (!(error instanceof AdsFailure)) throw error;
      const failure = error.toBody({ version, requestId });
      // A stream's error is an element of its array.
      return HttpResponse.json(route.isStream ? [failure] : failure, { status: error.httpStatus, headers });
    }
  });
}
