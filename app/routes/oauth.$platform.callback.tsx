import { json, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useLoaderData, useRouteError } from '@remix-run/react';
import { type CallbackInput, isLinkState } from '../../server/domain/ad-accounts/schema.ts';
import { api } from '../bridge/api.server.ts';
import { submit } from '../bridge/forms.server.ts';
import { endReconnection } from '../bridge/reconnect.server.ts';
import { findSignedIn } from '../bridge/session.server.ts';
import { platformLabels } from '../features/ad-accounts/labels.ts';
import { StandaloneErrorPage } from '../features/shell/error-page.tsx';
import { paths } from '../lib/paths.ts';
import { ErrorState } from '../ui/error-state.tsx';

export const meta: MetaFunction = () => [{ title: 'Connect an ad platform · SpokeStack' }];

type Platform = CallbackInput['platform'];

/** The platforms by the segment of their callback address, which is their id in lower case. */
const platforms = new Map(Object.keys(platformLabels).map((id) => [id.toLowerCase(), id as Platform]));

/**
 * Where a platform sends the person back. What comes in is used up and never shown; what goes wrong is said in words,
 * as an answer of its own status, since a reload would find the state used.
 */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const platform = platforms.get(params.platform ?? '');
  if (!platform) throw new Response('Not found', { status: 404 });
  const answer = readAnswer(platform, new URL(request.url).searchParams);
  // Whoever came by a link needs no login, and is told nothing of the agency.
  if (isLinkState(answer.state)) {
    const ended = await endReconnection({ request, context }, answer);
    if ('response' in ended) return ended.response;
    const { status, message, headers } = ended.refused;
    return failed(platform, { status, message, headers, isGuest: true });
  }
  if (!(await findSignedIn(request, context))) {
    const message = 'You were signed out while you were away. Sign in, then begin again.';
    return failed(platform, { status: 400, message });
  }
  const caller = await api(request, context);
  const result = await submit(context, new FormData(), () => caller.adAccounts.callback(answer));
  if ('failure' in result)
    return failed(platform, { status: result.status, message: result.failure.message });
  return redirect(paths.pickAdAccounts(result.value.connectionId));
}

/** TikTok calls its code auth_code; a `code` beside it belongs to another of its flows. */
function readAnswer(platform: Platform, search: URLSearchParams): CallbackInput {
  const state = search.get('state');
  const code = search.get('auth_code') ?? search.get('code');
  const error = search.get('error');
  return {
    platform,
    ...(state ? { state } : {}),
    ...(code ? { code } : {}),
    ...(error ? { error } : {}),
  };
}

interface Failure {
  status: number;
  message: string;
  headers?: Record<string, string>;
  isGuest?: boolean;
}

function failed(platform: Platform, { status, message: reason, headers = {}, isGuest = false }: Failure) {
  const title = `${platformLabels[platform]} was not connected`;
  // The reason may begin with what the title says already.
  const rest = reason.startsWith(`${title}: `) ? reason.slice(title.length + 2) : reason;
  const message = rest.charAt(0).toUpperCase() + rest.slice(1);
  return json({ title, status, message, isGuest }, { status, headers });
}

export default function OauthCallback() {
  const { title, status, message, isGuest } = useLoaderData<typeof loader>();
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorState
        mark={String(status)}
        title={title}
        description={message}
        {...(isGuest ? {} : { action: { label: 'Back to ad accounts', href: paths.adAccounts() } })}
      />
    </main>
  );
}

export function ErrorBoundary() {
  return <StandaloneErrorPage error={useRouteError()} />;
}
