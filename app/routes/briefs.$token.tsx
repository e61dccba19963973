import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData, useRouteError } from '@remix-run/react';
import { readBrief, sendBriefAnswer } from '../bridge/briefs.server.ts';
import { type FormFailure, readFormData } from '../bridge/forms.server.ts';
import { BriefPage } from '../features/campaign-briefs/brief-page.tsx';
import { StandaloneErrorPage } from '../features/shell/error-page.tsx';
import { SignInFrame } from '../features/shell/sign-in-frame.tsx';
import { paths } from '../lib/paths.ts';

export const meta: MetaFunction = () => [
  { title: 'A brief for you · SpokeStack' },
  { name: 'robots', content: 'noindex' },
];

/** Opening a link answers nothing: mail programs open links to look at them. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const read = await readBrief({ request, context }, params.token ?? '');
  if ('invitation' in read) return json({ invitation: read.invitation, reason: null });
  const { status, failure, headers } = read.refused;
  return json({ invitation: null, reason: failure.message }, { status, headers });
}

/** Answers, and shows the page anew: reloading it sends nothing twice. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const token = params.token ?? '';
  const form = await readFormData(request);
  const sent = await sendBriefAnswer({ request, context }, token, form);
  if ('invitation' in sent) return redirect(paths.brief(token));
  const { status, failure, headers } = sent.refused;
  return json<FormFailure>(failure, { status, headers });
}

export default function Brief() {
  const { invitation, reason } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  if (!invitation)
    return (
      <SignInFrame title="This link opens nothing">
        <p className="text-center text-pretty text-muted">{reason}</p>
      </SignInFrame>
    );
  return <BriefPage invitation={invitation} failure={failure} />;
}

export function ErrorBoundary() {
  return <StandaloneErrorPage error={useRouteError()} />;
}
