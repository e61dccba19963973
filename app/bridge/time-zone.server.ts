import { type AppLoadContext, json, redirect } from '@remix-run/node';
import { paths, withQuery } from '../lib/paths.ts';
import { api } from './api.server.ts';
import { readForm, submit } from './forms.server.ts';

/** Answers the form of a person's own time zone; the empty choice is their agency's. */
export async function answerTimeZone(
  { request, context }: { request: Request; context: AppLoadContext },
  form: FormData,
) {
  const { timeZone = null } = readForm(form);
  const caller = await api(request, context);
  const result = await submit(context, form, () => caller.account.setTimeZone({ timeZone }));
  if ('failure' in result) return json(result.failure, { status: result.status, headers: result.headers });
  return redirect(withQuery(paths.settingsAccount(), { changed: 'time-zone' }));
}
