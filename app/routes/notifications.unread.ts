import type { LoaderFunctionArgs } from '@remix-run/node';
import { api, load } from '../bridge/api.server.ts';

/** How many notifications the reader has not read, for the frame's bell. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const caller = await api(request, context);
  return { unread: await load(context, () => caller.notifications.unreadCount()) };
}
