import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData, useParams, useRouteError } from '@remix-run/react';
import { answerInvitation, readCreatorInvitation } from '../bridge/creator-connect.server.ts';
import { readFormData } from '../bridge/forms.server.ts';
import { InvitationView } from '../features/creator-connect/invitation-view.tsx';
import { StandaloneErrorPage } from '../features/shell/error-page.tsx';
import { SignInFrame } from '../features/shell/sign-in-frame.tsx';
import { paths } from '../lib/paths.ts';

export const meta: MetaFunction = () => [
  { title: 'Connect your accounts · SpokeStack' },
  { name: 'robots', content: 'noindex' },
];

/** Opening a link connects nothing: mail programs open links to look at them. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const read = await readCreatorInvitation({ request, context }, params.token ?? '');
  if ('invitation' in read) return json({ invitation: read.invitation, reason: null });
  const { status, message, headers } = read.refused;
  return json({ invitation: null, reason: message }, { status, headers });
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const form = await readFormData(request);
  return json(await answerInvitation({ request, context }, params.token ?? '', form));
}

export default function CreatorConnect() {
  const { invitation, reason } = useLoaderData<typeof loader>();
  const { token = '' } = useParams();
  if (!invitation)
    return (
      <SignInFrame title="This link opens nothing">
        <p className="text-center text-pretty text-muted">{reason}</p>
      </SignInFrame>
    );
  return (
    <SignInFrame title={`${invitation.creatorName}, connect your accounts to ${invitation.agencyName}`}>
      <InvitationView invitation={invitation} action={paths.creatorConnect(token)} />
    </SignInFrame>
  );
}

export function ErrorBoundary() {
  return <StandaloneErrorPage error={useRouteError()} />;
}
