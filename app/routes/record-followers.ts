import { type ActionFunctionArgs, json, redirect } from '@remix-run/node';
import type { FollowedRef } from '../../server/domain/record-followers/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { readForm, readFormData } from '../bridge/forms.server.ts';
import { safeReturnTo } from '../lib/paths.ts';

/** Follows a record or stops it, and shows the page again that asked; a script gets what is so now. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const { intent, returnTo, answer, ...ref } = readForm(form);
  const caller = await api(request, context);
  const now = await load(context, () =>
    intent === 'unfollow'
      ? caller.recordFollowers.unfollow(ref as FollowedRef)
      : caller.recordFollowers.follow(ref as FollowedRef),
  );
  return answer === 'json' ? json(now) : redirect(safeReturnTo(returnTo, '/'));
}
