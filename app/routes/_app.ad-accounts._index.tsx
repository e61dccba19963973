import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { type ShouldRevalidateFunctionArgs, useActionData, useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { type FormFailure, readFormData, submit } from '../bridge/forms.server.ts';
import { readNotice, redirectDone, redirectWithNotice } from '../bridge/notice.server.ts';
import { AccountTabs } from '../features/ad-accounts/account-tabs.tsx';
import { AccountsNotice } from '../features/ad-accounts/accounts-notice.tsx';
import { actOnAccounts, readAccounts } from '../features/ad-accounts/accounts.server.ts';
import { BrandlessList } from '../features/ad-accounts/brandless-list.tsx';
import { ConnectMenu } from '../features/ad-accounts/connect-menu.tsx';
import { FoundLists } from '../features/ad-accounts/found-lists.tsx';
import { CLOSED } from '../features/ad-accounts/tree-lines.ts';
import { TreeView } from '../features/ad-accounts/tree-view.tsx';
import { VanishedLists } from '../features/ad-accounts/vanished-lists.tsx';
import { useAccount, useMay, useTimeZone } from '../features/shell/use-account.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { LinkButton } from '../ui/button.tsx';
import { FormErrorSummary } from '../ui/form-error-summary.tsx';
import { PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Ad accounts · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const caller = await api(request, context);
  const data = await load(context, () => readAccounts(caller, url));
  return { ...data, notice: readNotice(request), address: url.href, now: new Date().toISOString() };
}

/** Opening and closing a manager needs nothing of the server. */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs): boolean {
  const isAsked = formMethod !== undefined && formMethod.toUpperCase() !== 'GET';
  if (isAsked || currentUrl.href === nextUrl.href) return defaultShouldRevalidate;
  const same = [currentUrl, nextUrl].map((url) => {
    const search = new URLSearchParams(url.search);
    search.delete(CLOSED);
    return `${url.pathname}?${search}`;
  });
  return same[0] === same[1] ? false : defaultShouldRevalidate;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const result = await submit(context, form, () => actOnAccounts(caller, form));
  if ('failure' in result) return json<FormFailure>(result.failure, { status: result.status });
  const { to, notice } = result.value;
  return notice === null ? redirectDone(to) : redirectWithNotice(to, notice);
}

export default function AdAccounts() {
  const { list, counts, platforms, people, notice, address, now } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { brands } = useAccount().current;
  const timeZone = useTimeZone();
  const canConnect = useMay('ad-accounts.connect');
  const message = failure && 'message' in failure ? failure.message : undefined;
  return (
    <>
      <PageHeader
        title="Ad accounts"
        actions={
          canConnect && (
            <>
              <LinkButton href={paths.settingsPlatforms()} variant="quiet">
                Platform settings
              </LinkButton>
              <LinkButton href={paths.connectAdAccounts()}>Connections</LinkButton>
              <ConnectMenu platforms={platforms} />
            </>
          )
        }
      />
      <AccountTabs current={list.tab} counts={counts} canConnect={canConnect} />
      <AccountsNotice notice={notice} />
      {message && (
        <div className="px-4 pt-4 md:px-5">
          <FormErrorSummary formError={message} />
        </div>
      )}
      {list.tab === 'in-use' && (
        <TreeView
          url={new URL(address)}
          lines={list.lines}
          running={list.running}
          people={people}
          platforms={platforms}
          now={now}
        />
      )}
      {list.tab === 'found' && (
        <FoundLists found={list.found} brands={brands} timeZone={timeZone} canConnect={canConnect} />
      )}
      {list.tab === 'no-brand' && <BrandlessList accounts={list.accounts} brands={brands} />}
      {list.tab === 'vanished' && (
        <VanishedLists vanished={list.vanished} timeZone={timeZone} canArchive={canConnect} />
      )}
    </>
  );
}
