import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useRouteError } from '@remix-run/react';
import type { ReconnectInvitation } from '../../server/domain/ad-accounts/schema.ts';
import { beginReconnection, readInvitation, type Refused } from '../bridge/reconnect.server.ts';
import { StandaloneErrorPage } from '../features/shell/error-page.tsx';
import { SignInFrame } from '../features/shell/sign-in-frame.tsx';
import { formatDateTime } from '../lib/format.ts';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';

export const meta: MetaFunction = () => [
  { title: 'Allow access · SpokeStack' },
  { name: 'robots', content: 'noindex' },
];

/** Opening a link changes nothing: mail programs open links to look at them. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const read = await readInvitation({ request, context }, params.token ?? '');
  if ('refused' in read) return refuse(read.refused);
  return json({ invitation: read.invitation, reason: null });
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const begun = await beginReconnection({ request, context }, params.token ?? '');
  return 'response' in begun ? begun.response : refuse(begun.refused);
}

function refuse({ status, message, headers }: Refused) {
  return json({ invitation: null, reason: message }, { status, headers });
}

export default function Reconnect() {
  const loaded = useLoaderData<typeof loader>();
  const { invitation } = loaded;
  const reason = useActionData<typeof action>()?.reason ?? loaded.reason;
  if (!invitation)
    return (
      <SignInFrame title="This link opens nothing">
        <p className="text-center text-pretty text-muted">{reason}</p>
      </SignInFrame>
    );
  return (
    <SignInFrame title={`${invitation.agencyName} asks for access to ${invitation.platformName}`}>
      {reason && (
        <Callout tone="danger" title="That didn’t work" isAnswer>
          {reason}
        </Callout>
      )}
      <Invitation invitation={invitation} />
    </SignInFrame>
  );
}

function Invitation({ invitation }: { invitation: ReconnectInvitation }) {
  const { agencyName, platformName, accountNames, accountCount, askedBy, expiresAt, timeZone } = invitation;
  const more = accountCount - accountNames.length;
  return (
    <div className="grid gap-5">
      <p className="text-pretty">
        {askedBy ? `${askedBy} of ${agencyName}` : agencyName} can no longer read the figures of your ad
        accounts, or soon will not. Continue to {platformName}, sign in there, and allow access again.
        SpokeStack reads figures; it changes nothing there.
      </p>
      {accountCount > 0 && (
        <div>
          <h2 className="pb-1 text-md">{accountCount === 1 ? 'The ad account' : 'The ad accounts'}</h2>
          <ul className="grid gap-1 break-words text-muted">
            {accountNames.map((name, index) => (
              <li key={`${index} ${name}`}>{name}</li>
            ))}
            {more > 0 && <li>and {more} more</li>}
          </ul>
        </div>
      )}
      <Form method="post" reloadDocument className="grid">
        <Button type="submit" variant="primary">
          Continue to {platformName}
        </Button>
      </Form>
      <p className="text-sm text-pretty text-muted">
        This link works once, until {formatDateTime(expiresAt, timeZone)} ({timeZone.replaceAll('_', ' ')}).
        If you did not expect it, close this page: nothing happens.
      </p>
    </div>
  );
}

export function ErrorBoundary() {
  return <StandaloneErrorPage error={useRouteError()} />;
}
