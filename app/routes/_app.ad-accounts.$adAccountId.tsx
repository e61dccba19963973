import {
  type ActionFunctionArgs,
  json,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { readFormData, submit } from '../bridge/forms.server.ts';
import { AccountCampaigns } from '../features/ad-accounts/account-campaigns.tsx';
import { AccountOverview } from '../features/ad-accounts/account-overview.tsx';
import { actOnAccount, readAccountPage } from '../features/ad-accounts/account-page.server.ts';
import { AccountPageTabs } from '../features/ad-accounts/account-page-tabs.tsx';
import { AccountTree } from '../features/ad-accounts/account-tree.tsx';
import { AccountTrouble } from '../features/ad-accounts/account-trouble.tsx';
import { AccountActions } from '../features/ad-accounts/ad-account-forms.tsx';
import { readRefusal } from '../features/ad-accounts/refusal.ts';
import { SandboxBadge } from '../features/ad-accounts/sandbox-badge.tsx';
import { SettingsView } from '../features/ad-accounts/settings-view.tsx';
import { useAccount, useMay, useTimeZone } from '../features/shell/use-account.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.account.name ?? 'Ad account'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { adAccountId = '' } = params;
  const caller = await api(request, context);
  return load(context, () => readAccountPage(caller, adAccountId, pageUrl(request)));
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { adAccountId = '' } = params;
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => actOnAccount(caller, adAccountId, form));
  if ('failure' in result) return json({ failure: result.failure }, { status: result.status });
  return 'to' in result.value ? redirect(result.value.to) : json({ previewed: result.value });
}

export default function AdAccountPage() {
  const data = useLoaderData<typeof loader>();
  const { account, platform, now } = data;
  const { failure, refused } = readRefusal(useActionData<typeof action>());
  return (
    <>
      <PageHeader
        title={account.name}
        crumbs={[{ label: 'Ad accounts', href: paths.adAccounts() }]}
        meta={account.isSandbox && <SandboxBadge />}
        actions={<AccountActions account={account} now={now} />}
      />
      <AccountPageTabs account={account} current={data.view.tab} />
      <PageBody>
        <FormErrorSummary formError={refused === null ? failure?.message : undefined} />
        <AccountTrouble account={account} platform={platform} now={now} />
        <View {...data} />
      </PageBody>
    </>
  );
}

function View({ view, ...data }: ReturnType<typeof useLoaderData<typeof loader>>) {
  const { failure, refused, typed, preview } = readRefusal(useActionData<typeof action>());
  const { account, members, now } = data;
  const brands = Object.fromEntries(useAccount().current.brands.map(({ id, name }) => [id, name]));
  const people = Object.fromEntries(members.map(({ id, name }) => [id, name]));
  const timeZone = useTimeZone();
  const canConnect = useMay('ad-accounts.connect');
  switch (view.tab) {
    case 'overview':
      return <AccountOverview {...data} {...view} people={people} />;
    case 'campaigns':
      return <AccountCampaigns {...view} account={account} brands={brands} />;
    case 'settings':
      return (
        <SettingsView
          account={account}
          members={members}
          failure={failure}
          refused={refused}
          rules={typed ?? view.rules}
          preview={preview}
        />
      );
    case 'below':
      return (
        <AccountTree
          {...{ brands, people, timeZone, now, canConnect }}
          lines={view.lines}
          runs={[]}
          canChange={false}
        />
      );
  }
}
