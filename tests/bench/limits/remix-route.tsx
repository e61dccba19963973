import { PassThrough } from 'node:stream';
import { createRequestHandler } from '@remix-run/express';
import { createReadableStreamFromReadable, type EntryContext, type ServerBuild } from '@remix-run/node';
import {
  Links,
  Meta,
  Outlet,
  RemixServer,
  Scripts,
  ScrollRestoration,
  useLoaderData,
} from '@remix-run/react';
import express from 'express';
import type { AddressInfo } from 'node:net';
import { renderToPipeableStream } from 'react-dom/server';
import { type CompanyLine, CompanyTable, toLine } from './company-table.tsx';
import { openPool, readWork, runTogether } from './together.ts';

// What Remix alone can do: one route under a root, its loader's lines and its table. No session, no frame, no headers.
const work = readWork();
const pool = openPool(work);

async function loader(): Promise<{ companies: CompanyLine[] }> {
  const [rows = []] = await runTogether(pool, work, 'companies');
  return { companies: rows.slice(0, 50).map(toLine) };
}

function Root() {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <Meta />
        <Links />
      </head>
      <body>
        <Outlet />
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

function Companies() {
  return <CompanyTable companies={useLoaderData<typeof loader>().companies} />;
}

function handleDocument(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const stream = renderToPipeableStream(<RemixServer context={context} url={request.url} />, {
      onShellReady: () => {
        const body = new PassThrough();
        headers.set('content-type', 'text/html; charset=utf-8');
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
        stream.pipe(body);
      },
      onShellError: (error) => reject(error instanceof Error ? error : new Error(String(error))),
    });
  });
}

const plain = { hasAction: false, hasLoader: false, hasClientAction: false, hasClientLoader: false };
const noBoundary = { ...plain, hasErrorBoundary: false };
const companies = { id: 'routes/companies', parentId: 'root', path: 'companies' };

const build: ServerBuild = {
  mode: 'production',
  entry: { module: { default: handleDocument } },
  routes: {
    root: { id: 'root', path: '', module: { default: Root } },
    'routes/companies': { ...companies, module: { default: Companies, loader } },
  },
  assets: {
    version: '1',
    url: '/assets/manifest.js',
    entry: { module: '/assets/entry.client.js', imports: ['/assets/components.js'] },
    routes: {
      root: { ...noBoundary, id: 'root', path: '', module: '/assets/root.js' },
      'routes/companies': { ...noBoundary, ...companies, hasLoader: true, module: '/assets/companies.js' },
    },
  },
  publicPath: '/',
  assetsBuildDirectory: 'build/client',
  future: {
    v3_fetcherPersist: true,
    v3_lazyRouteDiscovery: true,
    v3_relativeSplatPath: true,
    v3_singleFetch: true,
    v3_throwAbortReason: true,
    v3_routeConfig: false,
    unstable_optimizeDeps: false,
  },
  isSpaMode: false,
} as ServerBuild;

const app = express();
app.disable('x-powered-by');
const handle = createRequestHandler({ build, mode: 'production' });
app.all('*', (request, response, next) => {
  Promise.resolve(handle(request, response, next)).catch(next);
});
const server = app.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('disconnect', () => process.exit(0));
