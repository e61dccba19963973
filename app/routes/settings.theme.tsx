import { redirect, type ActionFunctionArgs } from '@remix-run/node';
import { paths, safeReturnTo } from '../lib/paths.ts';
import { isTheme, writeTheme } from '../lib/theme.ts';
import { readFormData } from '../bridge/forms.server.ts';

/** Keeps the chosen theme in a cookie. No session is asked for: the sign-in page has a theme too. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const theme = form.get('theme');
  if (!isTheme(theme)) throw new Response('Unknown theme', { status: 400 });
  return redirect(safeReturnTo(form.get('returnTo'), paths.home()), {
    headers: { 'Set-Cookie': writeTheme(theme) },
  });
}

/** The address exists for the form alone; a reader who types it goes to where settings are. */
export function loader() {
  return redirect(paths.settingsAccount());
}
