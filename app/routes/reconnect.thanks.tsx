import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useRouteError } from '@remix-run/react';
import { platformLabels } from '../features/ad-accounts/labels.ts';
import { StandaloneErrorPage } from '../features/shell/error-page.tsx';
import { SignInFrame } from '../features/shell/sign-in-frame.tsx';

export const meta: MetaFunction = () => [
  { title: 'Thank you · SpokeStack' },
  { name: 'robots', content: 'noindex' },
];

/** Where a reconnecting ends. It knows no more than the platform's name. */
export function loader({ request }: LoaderFunctionArgs) {
  const wanted = new URL(request.url).searchParams.get('platform')?.toUpperCase() ?? '';
  const known = Object.entries(platformLabels).find(([id]) => id === wanted);
  return { platformName: known?.[1] ?? null };
}

export default function ReconnectThanks() {
  const { platformName } = useLoaderData<typeof loader>();
  return (
    <SignInFrame title="Thank you">
      <p className="text-center text-pretty text-muted">
        Access{platformName ? ` to ${platformName}` : ''} is back, and the figures come by themselves. You may
        close this page.
      </p>
    </SignInFrame>
  );
}

export function ErrorBoundary() {
  return <StandaloneErrorPage error={useRouteError()} />;
}
