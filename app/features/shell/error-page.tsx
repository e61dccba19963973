import { isRouteErrorResponse } from '@remix-run/react';
import { paths } from '../../lib/paths.ts';
import { ErrorState, type ErrorStateProps } from '../../ui/error-state.tsx';

const home = { label: 'Go home', href: paths.home() };

type Words = Pick<ErrorStateProps, 'title' | 'description' | 'action'>;

const byStatus: Record<number, Words> = {
  401: {
    title: 'Please sign in',
    description: 'Your session has ended. Sign in again, and you will be back where you were.',
    action: { label: 'Sign in', href: paths.login() },
  },
  403: {
    title: 'You may not see this',
    description: 'Your role doesn’t include it. An owner or an admin of your agency can change that.',
    action: home,
  },
  404: {
    title: 'There is nothing here',
    description: 'The address may be mistyped, or the record is archived or belongs to another agency.',
    action: home,
  },
  429: {
    title: 'Too many requests',
    description: 'Please wait a minute, then load the page again.',
  },
};

const failure: Words = {
  title: 'Something went wrong on our side',
  description: 'The failure stands in our log. Load the page again in a moment.',
  action: home,
};

const offline: Words = {
  title: 'You are offline',
  description: 'The page could not be fetched. It will work again once the connection is back.',
};

/** A thrown answer may be JSON of our own making; a failure of ours shows nothing of it but its request. */
function readText(data: unknown, key: 'requestId' | 'message'): string | undefined {
  const value: unknown =
    typeof data === 'object' && data !== null ? (data as Partial<Record<string, unknown>>)[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** What is the reader's to mend or to wait for (a platform, the database); any other failure is ours alone. */
function isTold(status: number): boolean {
  return status < 500 || status === 502 || status === 503;
}

/** Other refusals (400, 409, 412, 422 …) carry their own reason in words meant for the reader. */
function refusal(data: unknown): Words {
  const description = readText(data, 'message') ?? 'The request could not be understood.';
  return { title: 'That didn’t work', description, action: home };
}

/** A failure where no shell stands around it: at the root, or where the shell's own loader failed. */
export function StandaloneErrorPage({ error }: { error: unknown }) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorPage error={error} />
    </main>
  );
}

/** Any route's failure in words. Use it in a route's ErrorBoundary to keep the shell around it. */
export function ErrorPage({ error }: { error: unknown }) {
  if (isRouteErrorResponse(error)) {
    const words = byStatus[error.status] ?? (isTold(error.status) ? refusal(error.data) : failure);
    return (
      <ErrorState mark={String(error.status)} {...words} requestId={readText(error.data, 'requestId')} />
    );
  }
  const isOffline = typeof navigator !== 'undefined' && !navigator.onLine;
  return isOffline ? <ErrorState mark="Offline" {...offline} /> : <ErrorState mark="500" {...failure} />;
}
