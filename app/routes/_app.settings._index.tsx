import { redirect } from '@remix-run/node';
import { paths } from '../lib/paths.ts';

/** The settings begin with the person's own. */
export function loader() {
  return redirect(paths.settingsAccount());
}
