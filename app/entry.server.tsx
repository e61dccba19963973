import { PassThrough } from 'node:stream';
import {
  createReadableStreamFromReadable,
  type ActionFunctionArgs,
  type AppLoadContext,
  type EntryContext,
  type LoaderFunctionArgs,
} from '@remix-run/node';
import { isRouteErrorResponse, RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { NonceProvider } from './lib/nonce.tsx';

/** How long a loader's deferred data may keep a document open, in milliseconds. */
export const streamTimeout = 5_000;
/** Rendering gets a little longer, so that the timeout's own rejection still reaches the reader. */
const abortMs = streamTimeout + 1_000;

interface Rendering {
  request: Request;
  status: number;
  headers: Headers;
  remixContext: EntryContext;
  nonce: string;
  report: (error: unknown) => void;
}

/**
 * Streams the document. People get the shell as soon as it stands; crawlers wait for the whole page.
 * A failure before the first byte rejects (Remix answers 500); a later one is shown by the page's own boundary.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  const report = readReporter(context);
  return renderDocument({ request, status, headers, remixContext, nonce: readNonce(context), report });
}

/** Loaders' and actions' unexpected errors. A reader who walked away is none, and an address that isn't there neither. */
export function handleError(
  error: unknown,
  { request, context }: LoaderFunctionArgs | ActionFunctionArgs,
): void {
  const isRefusal = isRouteErrorResponse(error) && error.status < 500;
  if (!isRefusal && !request.signal.aborted) readReporter(context)(error);
}

function readNonce(context: AppLoadContext): string {
  const nonce: unknown = context.cspNonce;
  if (typeof nonce !== 'string' || nonce === '') throw new Error('The load context carries no cspNonce.');
  return nonce;
}

function isReporter(value: unknown): value is (error: unknown) => void {
  return typeof value === 'function';
}

/** The server's log, which the HTTP layer hands in as `reportError`; without one Node prints the error itself. */
function readReporter(context: AppLoadContext): (error: unknown) => void {
  const report: unknown = context.reportError;
  return isReporter(report) ? report : (error) => process.emitWarning(toError(error));
}

function renderDocument({
  request,
  headers,
  remixContext,
  nonce,
  report,
  ...rendering
}: Rendering): Promise<Response> {
  const waitForAll = isbot(request.headers.get('user-agent') ?? '') || remixContext.isSpaMode;
  return new Promise((resolve, reject) => {
    let status = rendering.status;
    const answer = () => {
      const body = new PassThrough();
      headers.set('Content-Type', 'text/html; charset=utf-8');
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
      stream.pipe(body);
      body.on('close', () => clearTimeout(timer));
    };
    const stream = renderToPipeableStream(
      <NonceProvider value={nonce}>
        <RemixServer context={remixContext} url={request.url} nonce={nonce} />
      </NonceProvider>,
      {
        nonce,
        [waitForAll ? 'onAllReady' : 'onShellReady']: answer,
        onShellError: (error: unknown) => reject(toError(error)),
        onError: (error: unknown) => {
          status = 500;
          report(error);
        },
      },
    );
    const timer = setTimeout(() => stream.abort(), abortMs);
  });
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error('The document could not be rendered.', { cause: error });
}
