import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { publicApi } from '../bridge/api.server.ts';
import { findSignedIn, sessionCookie } from '../bridge/session.server.ts';
import { paths } from '../lib/paths.ts';
import { readFormData } from '../bridge/forms.server.ts';

/** Ends this session, or with `everywhere` all of the person's. */
export async function action({ request, context }: ActionFunctionArgs) {
  const isEverywhere = (await readFormData(request)).get('everywhere') === 'true';
  if (await findSignedIn(request, context)) {
    const { account } = await publicApi(request, context);
    await (isEverywhere ? account.signOutEverywhere() : account.signOut());
  }
  return redirect(paths.login(), {
    headers: { 'Set-Cookie': sessionCookie(context, null), 'Clear-Site-Data': '"cache", "storage"' },
  });
}

/** Signing out is a change: a link alone does not do it. */
export function loader() {
  return redirect(paths.home());
}
