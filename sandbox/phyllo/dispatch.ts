import { createHash, timingSafeEqual } from 'node:crypto';
import { HttpResponse } from 'msw';
import { ANSWER_KINDS, type Fault, type FaultKind } from '../control/faults.ts';
import { exchange } from '../control/transport.ts';
import { type SandboxState } from '../state.ts';
import { ACCOUNT_ROUTES } from './accounts.ts';
import { SANDBOX_PHYLLO_CLIENT_ID, SANDBOX_PHYLLO_CLIENT_SECRET } from './app.ts';
import { type PhylloAnswer, type PhylloCall, type PhylloRoute } from './call.ts';
import { CONTENT_ROUTES } from './contents.ts';
import { invalid, PhylloFailure, tooManyCalls, trouble, unauthorized } from './failures.ts';
import { uuidOf } from './ids.ts';
import { advance } from './life.ts';
import { USER_ROUTES } from './users.ts';
import { WEBHOOK_ROUTES } from './webhooks.ts';

const ROUTES: readonly PhylloRoute[] = [
  ...USER_ROUTES,
  ...ACCOUNT_ROUTES,
  ...CONTENT_ROUTES,
  ...WEBHOOK_ROUTES,
];

const CALL_KINDS: readonly FaultKind[] = [...ANSWER_KINDS, 'rate_limited', 'unauthorized'];
const NO_STORE = { 'cache-control': 'no-store' };

interface Match {
  route: PhylloRoute;
  part: string;
}

/** The route of a path: one written out goes before one with a place for an id. */
function match(method: string, pathname: string): Match | undefined {
  const path = pathname.replace(/^.*?\/v1\//, '').replace(/\/+$/, '');
  for (const route of ROUTES) {
    if (route.method !== method) continue;
    const pattern = new RegExp(`^${route.path.replaceAll('*', '([^/]+)')}$`);
    const found = pattern.exec(path);
    if (found) return { route, part: found[1] ?? '' };
  }
  return undefined;
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

function isAuthentic(request: Request): boolean {
  const [scheme = '', value = ''] = (request.headers.get('authorization') ?? '').split(' ');
  const pair = `${SANDBOX_PHYLLO_CLIENT_ID}:${SANDBOX_PHYLLO_CLIENT_SECRET}`;
  const given = Buffer.from(value, 'base64').toString();
  return scheme.toLowerCase() === 'basic' && timingSafeEqual(hashOf(given), hashOf(pair));
}

async function bodyOf(request: Request): Promise<PhylloCall['body']> {
  if (request.method === 'GET' || request.method === 'DELETE') return {};
  const text = await request.clone().text();
  if (text === '') return {};
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as PhylloCall['body'];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw invalid('invalid_body', 'The request body must be a JSON object.');
}

/** Throws what strikes a call whatever it asks. */
function strike(fault: Fault | undefined, request: Request): void {
  if (fault?.kind === 'error_500') throw trouble();
  if (fault?.kind === 'rate_limited') throw tooManyCalls();
  if (fault?.kind === 'unauthorized' || !isAuthentic(request)) throw unauthorized();
}

/** A refusal with the fields of the live service and those of its older documents. */
function refusal(state: SandboxState, { type, code, status, message }: PhylloFailure): Response {
  const requestId = uuidOf('request', state.now().getTime(), state.phyllo.nextSerial());
  const numbers = { status_code: status, http_status_code: status };
  const error = { type, code, error_code: code, message, ...numbers, request_id: requestId };
  return HttpResponse.json({ error }, { status, headers: NO_STORE });
}

function respond({ status, body }: PhylloAnswer): Response {
  if (status === 204) return new HttpResponse(null, { status });
  return HttpResponse.json(body, { status, headers: NO_STORE });
}

async function answer(state: SandboxState, request: Request, fault: Fault | undefined): Promise<Response> {
  const url = new URL(request.url);
  try {
    strike(fault, request);
    const found = match(request.method, url.pathname);
    if (!found) throw new PhylloFailure(404, 'RECORD_NOT_FOUND', 'incorrect_path', 'Nothing is there.');
    advance(state);
    const call: PhylloCall = {
      ...{ state, query: url.searchParams, part: found.part, body: await bodyOf(request) },
      ...{ origin: url.origin, isEmptied: fault?.kind === 'empty_page' },
    };
    return respond(found.route.answer(call));
  } catch (error) {
    if (!(error instanceof PhylloFailure)) throw error;
    return refusal(state, error);
  }
}

/** Answers one call of the API, whatever it asks and whatever fault it meets. */
export async function answerApi(state: SandboxState, request: Request): Promise<Response> {
  const found = match(request.method, new URL(request.url).pathname);
  const isList = found?.route.method === 'GET' && found.part === '' && found.route.path !== 'audience';
  const kinds: FaultKind[] = [
    ...CALL_KINDS,
    ...(isList ? ['empty_page' as const] : (found?.route.kinds ?? [])),
  ];
  return exchange(state, request, { platform: 'phyllo', kinds }, (fault) => answer(state, request, fault));
}
