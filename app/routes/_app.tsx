import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import {
  Outlet,
  type ShouldRevalidateFunctionArgs,
  useLoaderData,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { AppShell } from '../features/shell/app-shell.tsx';
import { ErrorPage, StandaloneErrorPage } from '../features/shell/error-page.tsx';
import { shellOf } from '../features/shell/shell-of.ts';
import { paths } from '../lib/paths.ts';
import { readTheme } from '../lib/theme.ts';

/** Who is signed in, and where: what the frame around every page shows, and what the pages ask of it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  const [account, unread] = await load(context, () =>
    Promise.all([caller.account.me(), caller.notifications.unreadCount()]),
  );
  if (!account.current) throw redirect(paths.login());
  return { account, current: account.current, unread, theme: readTheme(request.headers.get('Cookie')) };
}

/** The frame changes with what is posted, not with where one goes. */
export function shouldRevalidate({
  formMethod,
  defaultShouldRevalidate,
  nextUrl,
  currentUrl,
}: ShouldRevalidateFunctionArgs) {
  return formMethod !== undefined || (nextUrl.href === currentUrl.href && defaultShouldRevalidate);
}

export default function AppLayout() {
  const { account, current, unread, theme } = useLoaderData<typeof loader>();
  return (
    <AppShell {...shellOf(account, current)} unread={unread} theme={theme}>
      <Outlet />
    </AppShell>
  );
}

/** A page's failure keeps the frame; only the frame's own failure stands alone. */
export function ErrorBoundary() {
  const error = useRouteError();
  const data = useRouteLoaderData<typeof loader>('routes/_app');
  if (!data) return <StandaloneErrorPage error={error} />;
  return (
    <AppShell {...shellOf(data.account, data.current)} unread={data.unread} theme={data.theme}>
      <ErrorPage error={error} />
    </AppShell>
  );
}
