import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirectDocument,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { readFormData, submit } from '../bridge/forms.server.ts';
import { actOnAccounts, answerConnect, readAccounts } from '../features/creators/profile/accounts.server.ts';
import { AccountsView } from '../features/creators/profile/accounts-view.tsx';
import { ProfilePage } from '../features/creators/profile/profile-page.tsx';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Accounts of ${data?.creator.name ?? 'a creator'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { creatorId = '' } = params;
  const caller = await api(request, context);
  return load(context, () => readAccounts(caller, creatorId, pageUrl(request)));
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { creatorId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const connected = await answerConnect({ context, caller, creatorId, form });
  if (connected) return json(connected);
  const result = await submit(context, form, () => actOnAccounts(caller, creatorId, form));
  if ('failure' in result) return json({ refused: result.failure.message }, { status: result.status });
  // The link's secret is shown this once; anything else is read anew.
  return result.value ? json(result.value) : redirectDocument(paths.creatorPlatforms(creatorId));
}

export default function CreatorAccountsPage() {
  const { mayWriteAccounts: _may, ...data } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <ProfilePage {...data} tab="accounts" refused={answer && 'refused' in answer ? answer.refused : null}>
      <AccountsView {...data} made={answer && 'made' in answer ? answer.made : null} />
    </ProfilePage>
  );
}
