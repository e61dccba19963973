import { fileURLToPath } from 'node:url';
import { createRequestHandler } from '@remix-run/express';
import type { ServerBuild } from '@remix-run/node';
import compression from 'compression';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { Registry } from 'prom-client';
import type { ViteDevServer } from 'vite';
import type { Services } from '../../server/api/context.ts';
import { apiDoors, unknownApi } from './api-doors.ts';
import { attachmentDoor, contentMediaDoor, contractFileDoor } from './attachment-door.ts';
import type { PageContext } from './load-context.ts';
import { requestGuard } from './request-guard.ts';
import { requestIdOf, requestLog } from './request-log.ts';
import { nonceOf, securityHeaders } from './security-headers.ts';
import { sessionCookieName } from './session-cookie.ts';
import { watching } from './watching.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The whole web: headers and guards first, then the API's doors, the files, and the pages. */
export async function createApp(services: Services, isDev: boolean): Promise<Express> {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  const { appUrl } = services.config.web;
  app.use(requestLog(services.log));
  app.use(securityHeaders(services.config, isDev));
  const registry = new Registry();
  app.use(watching(services, registry));
  app.use('/api', apiDoors(services, registry));
  app.use('/api', (request, response, next) => {
    if (request.path === '/docs') next();
    else unknownApi(services)(request, response);
  });
  const vite = isDev ? await startVite() : null;
  if (vite) app.use(vite.middlewares);
  else app.use(files());
  app.use(requestGuard(new URL(appUrl).origin, sessionCookieName(appUrl)));
  app.get('/attachments/:attachmentId', attachmentDoor(services));
  app.get('/contracts/:creatorContractId/file', contractFileDoor(services));
  app.get('/creator-contents/:creatorContentId/media', contentMediaDoor(services));
  app.use(compression({ threshold: 1024 }));
  app.all('*', await pages(services, vite));
  app.use(failure(services));
  return app;
}

/** What Vite built. Names with a hash never change; the rest is asked for again after an hour. */
function files(): RequestHandler {
  const assets = express.static(`${root}build/client/assets`, {
    immutable: true,
    maxAge: '1y',
    fallthrough: false,
  });
  const others = express.static(`${root}build/client`, { maxAge: '1h', index: false });
  const zipped = compression({ threshold: 1024 });
  return (request, response, next) => {
    // Every file has a dot in its name; a page asks the disk for nothing.
    if (!request.path.includes('.')) return next();
    const isAsset = request.path.startsWith('/assets/');
    zipped(request, response, () => {
      if (isAsset) request.url = request.url.slice('/assets'.length);
      void (isAsset ? assets : others)(request, response, next);
    });
  };
}

async function startVite(): Promise<ViteDevServer> {
  const { createServer } = await import('vite');
  return createServer({ root, server: { middlewareMode: true } });
}

async function pages(services: Services, vite: ViteDevServer | null): Promise<RequestHandler> {
  const build = vite
    ? () => vite.ssrLoadModule('virtual:remix/server-build') as unknown as Promise<ServerBuild>
    : ((await import(new URL('../../build/server/index.js', import.meta.url).href)) as ServerBuild);
  const handle = createRequestHandler({
    build,
    mode: vite ? 'development' : 'production',
    getLoadContext: (_request: Request, response: Response) => pageContext(services, response),
  });
  return (request, response, next) => {
    // Pages hold an agency's data: no cache keeps them.
    response.setHeader('cache-control', 'no-store');
    Promise.resolve(handle(request, response, next)).catch(next);
  };
}

function pageContext(services: Services, response: Response): PageContext {
  const requestId = requestIdOf(response);
  const report = (error: unknown) => services.log.error({ err: error, requestId }, 'page failed');
  const address = response.req.socket.remoteAddress ?? null;
  return { services, requestId, cspNonce: nonceOf(response), address, reportError: report };
}

/** The last resort: no stack, no reason, only the id under which the log tells it. */
function failure(services: Services): ErrorRequestHandler {
  return (error: Error & { status?: number }, _request, response, next) => {
    const status = error.status !== undefined && error.status < 500 ? error.status : 500;
    const requestId = requestIdOf(response);
    if (status >= 500) services.log.error({ err: error, requestId }, 'request failed');
    if (response.headersSent) return next(error);
    const text =
      status === 404 ? 'There is nothing here.' : `Something went wrong on our side (request ${requestId}).`;
    response.status(status).type('text/plain').send(text);
  };
}
