import { json, type LoaderFunctionArgs } from '@remix-run/node';
import { api, load } from '../bridge/api.server.ts';
import { readTimeline } from '../bridge/timeline.server.ts';
import { timelineOf } from '../lib/timeline-address.ts';

/** Older entries for a timeline that is on the screen already. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const caller = await api(request, context);
  return json(await load(context, () => readTimeline({ caller, of: timelineOf(url.searchParams), url })));
}
