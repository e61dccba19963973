import { redirect, type ActionFunctionArgs } from '@remix-run/node';
import { paths, safeReturnTo } from '../lib/paths.ts';
import { isDensity, writeDensity } from '../lib/density.ts';
import { readFormData } from '../bridge/forms.server.ts';

/** Keeps the chosen height of rows in a cookie. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const density = form.get('density');
  if (!isDensity(density)) throw new Response('Unknown density', { status: 400 });
  return redirect(safeReturnTo(form.get('returnTo'), paths.home()), {
    headers: { 'Set-Cookie': writeDensity(density) },
  });
}

/** The address exists for the form alone; a reader who types it goes to where settings are. */
export function loader() {
  return redirect(paths.settingsAccount());
}
