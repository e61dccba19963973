import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { api, load } from '../bridge/api.server.ts';
import { readFormData, readForm } from '../bridge/forms.server.ts';
import { paths } from '../lib/paths.ts';

/** Moves this session to another of the person's agencies. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { organizationId = '' } = readForm(await readFormData(request));
  const caller = await api(request, context);
  await load(context, () => caller.account.switchOrganization({ organizationId }));
  return redirect(paths.home());
}

export function loader() {
  return redirect(paths.home());
}
