import { json, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useLoaderData, useRouteError } from '@remix-run/react';
import type { CallbackInput } from '../../server/domain/ad-accounts/schema.ts';
import { api } from '../bridge/api.server.ts';
import { submit } from '../bridge/forms.server.ts';
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
  if (!(await findSignedIn(request, context))) {
    return failed(platform, 400, 'You were signed out while you were away. Sign in, then begin again.');
  }
  const search = new URL(request.url).searchParams;
  // TikTok calls its code auth_code; a `code` beside it belongs to another of its flows.
  const answer = {
    state: search.get('state'),
    code: search.get('auth_code') ?? search.get('code'),
    error: search.get('error'),
  };
  const given = Object.fromEntries(
    Object.entries(answer).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  const caller = await api(request, context);
  const result = await submit(context, new FormData(), () =>
    caller.adAccounts.callback({ platform, ...given }),
  );
  if ('failure' in result) return failed(platform, result.status, result.failure.message);
  return redirect(paths.pickAdAccounts(result.value.connectionId));
}

function failed(platform: Platform, status: number, reason: string) {
  const title = `${platformLabels[platform]} was not connected`;
  // The reason may begin with what the title says already.
  const rest = reason.startsWith(`${title}: `) ? reason.slice(title.length + 2) : reason;
  const message = rest.charAt(0).toUpperCase() + rest.slice(1);
  return json({ title, status, message }, { status });
}

export default function OauthCallback() {
  const { title, status, message } = useLoaderData<typeof loader>();
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorState
        mark={String(status)}
        title={title}
        description={message}
        action={{ label: 'Back to ad accounts', href: paths.adAccounts() }}
      />
    </main>
  );
}

export function ErrorBoundary() {
  return <StandaloneErrorPage error={useRouteError()} />;
}
