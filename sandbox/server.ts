import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { createMiddleware } from '@mswjs/http-middleware';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { createSandbox, type Sandbox } from './handlers.ts';
import { startClock } from './phyllo/clock.ts';
import { fileStore } from './phyllo/store.ts';

export interface SandboxServerOptions {
  /** 0 takes a free port. */
  port: number;
  host: string;
  seed?: number;
  now?: () => Date;
  isLimited?: boolean;
  /** Where Phyllo's users, accounts and webhooks outlive the process; left out: nowhere. */
  phylloFile?: string;
  /** Hears what failed between two calls; left out, that ends the process. */
  onFailure?: (error: unknown) => void;
}

export interface SandboxServer {
  url: string;
  port: number;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** The middleware answers asynchronously and Express 4 does not wait: without this a failure would end the process. */
function settled(middleware: RequestHandler): RequestHandler {
  return (request, response, next) => {
    const work = middleware(request, response, next) as unknown;
    Promise.resolve(work).catch(next);
  };
}

const answerUnknown: RequestHandler = (request, response) => {
  response.status(404).json({ error: `the sandbox has nothing at ${request.method} ${request.path}` });
};

const answerFailure: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error);
  const message = error instanceof Error ? error.message : 'unknown failure';
  response.status(500).json({ error: `the sandbox failed: ${message}` });
};

function createApp({ handlers }: Sandbox): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(settled(createMiddleware(...handlers)));
  app.use(answerUnknown);
  app.use(answerFailure);
  return app;
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server.address() as AddressInfo);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}

function rethrow(error: unknown): void {
  throw error;
}

/**
 * Serves the sandbox over HTTP. Rejects with Node's own error (`code` EADDRINUSE for a taken port) when it cannot
 * listen. Pages link to whatever host they were asked under.
 */
export async function startSandbox(options: SandboxServerOptions): Promise<SandboxServer> {
  const { phylloFile, onFailure = rethrow, ...rest } = options;
  const store = phylloFile === undefined ? {} : { phylloStore: fileStore(phylloFile) };
  // Over HTTP the limits hold as they do at the platforms; under msw a test asks for them.
  const sandbox = createSandbox({ isLimited: true, ...rest, ...store });
  const server = createServer(createApp(sandbox));
  const { port } = await listen(server, options.port, options.host);
  const stopClock = startClock(sandbox.state, onFailure);
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  const close = () => {
    stopClock();
    return closeServer(server);
  };
  return { port, url: `http://${host}:${port}`, close };
}
