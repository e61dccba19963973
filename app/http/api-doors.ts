import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { type Request, type Response, Router } from 'express';
import type { Registry } from 'prom-client';
import type { RequestContext, Services } from '../../server/api/context.ts';
import { openApiDocument } from '../../server/api/openapi.ts';
import { answerRest, errorAnswer, type RestAnswer } from '../../server/api/rest.ts';
import { appRouter } from '../../server/api/root.ts';
import { findApiKeyPrincipal } from '../../server/auth/api-keys.ts';
import { AppError } from '../../server/kernel/errors.ts';
import { noteOf, requestIdOf } from './request-log.ts';
import { isSameOrigin, readBody } from './request-guard.ts';
import { holdStream } from './stream-limit.ts';
import { readSessionToken, sessionCookieName } from './session-cookie.ts';
import { webhookDoors } from './webhook-doors.ts';

const MAX_BATCH = 10;
const EVENT_STREAM = 'text/event-stream';

/**
 * The doors that answer JSON: REST with API keys, tRPC for the pages' live parts, the platforms' webhooks, and the OpenAPI
 * document.
 */
export function apiDoors(services: Services, registry?: Registry): Router {
  const doors = Router();
  doors.use(
    '/webhooks',
    webhookDoors(services, { contextOf: (request) => baseContext(services, request), registry }),
  );
  doors.get('/openapi.json', (_request, response) => {
    response.set('cache-control', 'public, max-age=300').json(openApiDocument(services.config.web.appUrl));
  });
  doors.use('/social-media', (request, response, next) => {
    answerRestRequest(services, request).then((answer) => send(response, answer), next);
  });
  doors.use('/trpc', (request, response, next) => {
    answerTrpc(services, request)
      .then((answer) =>
        answer instanceof globalThis.Response ? sendWeb(response, answer) : send(response, answer),
      )
      .catch(next);
  });
  return doors;
}

/** What every unknown address under /api answers. */
export function unknownApi(services: Services) {
  return (_request: Request, response: Response) => {
    const error = new AppError('not_found', 'There is no such address.');
    send(response, errorAnswer(error, { log: services.log, requestId: requestIdOf(response) }));
  };
}

async function answerRestRequest(services: Services, request: Request): Promise<RestAnswer> {
  const context = baseContext(services, request);
  try {
    const body = await readBody(request);
    if (!body) throw new AppError('too_large', 'The body is over 1 MiB.');
    const key = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const principal = key ? await findApiKeyPrincipal(services.db, key) : null;
    if (principal) noteOf(request.res as Response, principal);
    const url = new URL(request.url, 'http://door');
    const header = (name: string) => request.get(name);
    return await answerRest(
      {
        method: request.method,
        path: url.pathname.replace(/\/$/, ''),
        query: url.searchParams,
        header,
        body,
      },
      { ...context, principal },
    );
  } catch (error) {
    return errorAnswer(error, context);
  }
}

async function answerTrpc(services: Services, request: Request): Promise<RestAnswer | globalThis.Response> {
  const context = baseContext(services, request);
  try {
    refuseForeign(services, request);
    const body = await readBody(request);
    if (!body) throw new AppError('too_large', 'The body is over 1 MiB.');
    const token = readSessionToken(request.headers.cookie, services.config.web.appUrl);
    const signedIn = token ? await services.sessions.find(token) : null;
    if (signedIn?.principal) noteOf(request.res as Response, signedIn.principal);
    if (isOwnStream(request)) holdStream(request, signedIn?.principal?.userId ?? null);
    const url = new URL(request.originalUrl, services.config.web.appUrl);
    const hasBody = request.method === 'POST';
    return await fetchRequestHandler({
      endpoint: '/api/trpc',
      router: appRouter,
      req: new globalThis.Request(url, {
        method: request.method,
        headers: { 'content-type': 'application/json', accept: request.get('accept') ?? '*/*' },
        signal: whileOpen(request),
        ...(hasBody ? { body: new Uint8Array(body) } : {}),
      }),
      createContext: () => ({ ...context, signedIn, principal: signedIn?.principal ?? null }),
      onError: ({ error, path }) => {
        if (error.code === 'INTERNAL_SERVER_ERROR')
          services.log.error({ err: error, path, requestId: context.requestId }, 'procedure failed');
      },
      allowBatching: true,
      allowMethodOverride: false,
    });
  } catch (error) {
    return errorAnswer(error, context);
  }
}

/** JSON alone, from our own pages alone, and few calls at once: a form of another site can send none of this. */
function refuseForeign(services: Services, request: Request): void {
  const { config } = services;
  const isOwn = isSameOrigin(
    request,
    new URL(config.web.appUrl).origin,
    sessionCookieName(config.web.appUrl),
  );
  if (!isOwn || (request.get('x-spokestack') !== '1' && !isOwnStream(request))) {
    throw new AppError('forbidden', 'This address serves the pages of this site alone.');
  }
  if (request.method === 'POST' && request.get('content-type')?.split(';')[0] !== 'application/json') {
    throw new AppError('invalid', 'Send JSON with Content-Type: application/json.');
  }
  const names = decodeURIComponent(request.path.slice(1)).split(',');
  // Signing in hands out the session's token, and reconnecting a browser's nonce, which no script may hold; what
  // links open is for their pages alone.
  if (names.some((name) => /^(auth|reconnect|creatorInvitations|briefInvitations)\./.test(name)))
    throw new AppError('not_found', 'There is no such address.');
  if (names.length > MAX_BATCH) throw new AppError('invalid', `At most ${MAX_BATCH} calls at once.`);
}

/** A browser's EventSource sends no header of ours; that it is asked by our own page it says by itself. */
function isOwnStream(request: Request): boolean {
  return (
    request.method === 'GET' &&
    request.get('sec-fetch-site') === 'same-origin' &&
    request.get('accept') === EVENT_STREAM &&
    request.path === '/metrics.changes'
  );
}

/** Aborts when the one who asked is gone. */
function whileOpen(request: Request): AbortSignal {
  const gone = new AbortController();
  request.res?.once('close', () => gone.abort());
  return gone.signal;
}

/** A request of nobody yet. */
export function baseContext(services: Services, request: Request): RequestContext {
  const requestId = requestIdOf(request.res as Response);
  return {
    services,
    requestId,
    log: services.log.child({ requestId }),
    address: request.socket.remoteAddress ?? null,
    userAgent: request.get('user-agent') ?? null,
    signedIn: null,
    principal: null,
  };
}

function send(response: Response, answer: RestAnswer): void {
  response.status(answer.status).set(answer.headers).end(answer.body);
}

async function sendWeb(response: Response, answer: globalThis.Response): Promise<void> {
  response.status(answer.status);
  answer.headers.forEach((value, name) => response.setHeader(name, value));
  response.setHeader('cache-control', 'no-store');
  if (!answer.headers.get('content-type')?.startsWith(EVENT_STREAM)) {
    response.end(Buffer.from(await answer.arrayBuffer()));
    return;
  }
  // A proxy that collects what it passes on would hold back what happens until the stream ends.
  response.setHeader('x-accel-buffering', 'no');
  response.flushHeaders();
  await pipeline(Readable.fromWeb(answer.body as ReadableStream), response).catch(passOverGone);
}

/** Whoever listens may go at any time. */
function passOverGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE' && error.name !== 'AbortError') throw error;
}
