import { TRPCError } from '@trpc/server';
import type { RequestContext } from './context.ts';
import { toPublicError } from './errors.ts';
import { Replay } from './idempotency.ts';
import { matchRoute, type RestRoute, routesOf } from './rest-routes.ts';
import { readInput } from './rest-input.ts';
import { appRouter, createCaller } from './root.ts';

/** A request as the REST door takes it: the path without its prefix, the raw body. */
export interface RestRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  header(name: string): string | undefined;
  body: Buffer;
}

export interface RestAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const routes = routesOf(appRouter);

/**
 * REST from the procedures' own meta: one table of routes, one reading of input, one shape of errors. Every answer is
 * JSON; an error is { code, message, issues?, requestId }.
 */
export async function answerRest(request: RestRequest, context: RequestContext): Promise<RestAnswer> {
  try {
    if (!context.principal)
      throw new TRPCError({
        code: 'UNAUTHORIZED',
        message: 'Send a valid API key: Authorization: Bearer <key>.',
      });
    const found = matchRoute(routes, request.method, request.path);
    if (!found) throw new TRPCError({ code: 'NOT_FOUND', message: 'There is no such address.' });
    if ('allow' in found) return methodNotAllowed(found.allow, context);
    const { input, idempotency } = readInput(request, found.route, found.params);
    const output = await call(found.route, input, { ...context, idempotency });
    return answer(found.route.status, output);
  } catch (error) {
    if (error instanceof TRPCError && error.cause instanceof Replay) {
      return answer(error.cause.status, error.cause.response, { 'idempotent-replayed': 'true' });
    }
    return errorAnswer(error, context);
  }
}

type Callable = (input: unknown) => Promise<unknown>;

async function call(route: RestRoute, input: unknown, context: RequestContext): Promise<unknown> {
  const caller = createCaller(context) as unknown as Record<string, Record<string, Callable>>;
  const procedure = caller[route.noun]?.[route.verb];
  if (!procedure) throw new Error(`No procedure stands behind ${route.method} ${route.template}.`);
  return procedure(input);
}

function answer(status: number, output: unknown, extra: Record<string, string> = {}): RestAnswer {
  const headers: Record<string, string> = { ...JSON_HEADERS, ...extra };
  const tag = etagOf(output);
  // For If-Match. No 304: an answer also shows what other records say, so a version that stands promises no same body.
  if (tag) headers.etag = tag;
  return { status, headers, body: JSON.stringify(output) };
}

/** The record's version is its ETag. */
function etagOf(output: unknown): string | null {
  if (typeof output !== 'object' || output === null || !('version' in output)) return null;
  return typeof output.version === 'number' ? `"${output.version}"` : null;
}

/** The REST shape of any error. What is not the caller's fault is logged with the request's id. */
export function errorAnswer(error: unknown, context: Pick<RequestContext, 'log' | 'requestId'>): RestAnswer {
  const known = toPublicError(error);
  if (known.status >= 500) context.log.error({ err: error, requestId: context.requestId }, 'request failed');
  const headers: Record<string, string> = { ...JSON_HEADERS };
  if (known.retryAfterSeconds !== undefined) headers['retry-after'] = String(known.retryAfterSeconds);
  if (known.status === 401) headers['www-authenticate'] = 'Bearer realm="spokestack"';
  const { code, message, issues } = known;
  const body = { code, message, ...(issues.length > 0 ? { issues } : {}), requestId: context.requestId };
  return { status: known.status, headers, body: JSON.stringify(body) };
}

function methodNotAllowed(allow: string, context: RequestContext): RestAnswer {
  const body = { code: 'invalid', message: `This address takes ${allow}.`, requestId: context.requestId };
  return { status: 405, headers: { ...JSON_HEADERS, allow }, body: JSON.stringify(body) };
}

const JSON_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
} as const;
