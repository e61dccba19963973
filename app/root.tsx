import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react';
import interLatin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import type { ReactNode } from 'react';
import { useClientNavigation } from './features/shell/client-navigation.ts';
import { StandaloneErrorPage } from './features/shell/error-page.tsx';
import { useTheme } from './features/shell/theme-toggle.tsx';
import { useNonce } from './lib/nonce.tsx';
import { readTheme } from './lib/theme.ts';
import stylesheet from './styles/app.css?url';
import favicon from './styles/favicon.svg?url';
import { Toaster } from './ui/toaster.tsx';

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: stylesheet },
  { rel: 'preload', href: interLatin, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' },
  { rel: 'icon', href: favicon, type: 'image/svg+xml' },
];

export const meta: MetaFunction = () => [{ title: 'SpokeStack' }];

/** The theme alone: what the first byte of the document must know. */
export function loader({ request }: LoaderFunctionArgs) {
  return { theme: readTheme(request.headers.get('Cookie')) };
}

/** The document around pages and failures alike; a failed root loader leaves the system's theme. */
export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const theme = useTheme(useRouteLoaderData<typeof loader>('root')?.theme ?? 'system');
  useClientNavigation();
  return (
    <html lang="en" dir="ltr" data-theme={theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme === 'system' ? 'light dark' : theme} />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <Toaster />
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return <StandaloneErrorPage error={useRouteError()} />;
}
