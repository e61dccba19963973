import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useFetcher, useLoaderData } from '@remix-run/react';
import { listNotificationsInput } from '../../server/domain/notifications/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { readForm, readFormData, readQuery } from '../bridge/forms.server.ts';
import { NotificationRow } from '../features/notifications/notification-row.tsx';
import { useTimeZone } from '../features/shell/use-account.ts';
import { formatCapped } from '../lib/format.ts';
import { listQuery, pageLinks, pageUrl } from '../lib/paging.ts';
import { paths, safeReturnTo, withQuery } from '../lib/paths.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Pagination } from '../ui/pagination.tsx';
import { Tabs } from '../ui/tabs.tsx';

export const meta: MetaFunction = () => [{ title: 'Notifications · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const caller = await api(request, context);
  const input = readQuery(listNotificationsInput, listQuery(url, ['unread']));
  const [page, unread] = await load(context, () =>
    Promise.all([caller.notifications.list(input), caller.notifications.unreadCount()]),
  );
  return {
    items: page.items,
    unread,
    isUnreadAlone: input.unread === true,
    links: pageLinks(url, page.nextCursor),
    here: url.pathname + url.search,
    now: new Date().toISOString(),
  };
}

/** Marks one or all as read. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { intent, notificationId = '', returnTo } = readForm(await readFormData(request));
  if (intent !== 'read' && intent !== 'readAll') throw new Response('Unknown intent', { status: 400 });
  const caller = await api(request, context);
  const which = intent === 'readAll' ? { all: true as const } : { notificationIds: [notificationId] };
  await load(context, () => caller.notifications.markRead(which));
  // A script that follows a link goes its own way.
  return returnTo === undefined ? null : redirect(safeReturnTo(returnTo, paths.notifications()));
}

export default function Notifications() {
  const { items, unread, isUnreadAlone, links, here, now } = useLoaderData<typeof loader>();
  const timeZone = useTimeZone();
  const { submit } = useFetcher();
  const onOpen = (notificationId: string) =>
    submit({ intent: 'read', notificationId }, { method: 'post', action: paths.notifications() });
  return (
    <>
      <PageHeader
        title="Notifications"
        actions={
          unread > 0 && (
            <Form method="post" action={paths.notifications()}>
              <input type="hidden" name="returnTo" value={here} />
              <Button type="submit" name="intent" value="readAll">
                Mark all as read
              </Button>
            </Form>
          )
        }
      />
      <Tabs
        label="Notifications"
        currentId={isUnreadAlone ? 'unread' : 'all'}
        tabs={[
          { id: 'all', label: 'All', href: paths.notifications() },
          {
            id: 'unread',
            label: 'Unread',
            href: withQuery(paths.notifications(), { unread: true }),
            ...(unread > 0 && { count: unread > 99 ? '99+' : unread }),
          },
        ]}
      />
      {items.length === 0 ? (
        <NoNotifications isUnreadAlone={isUnreadAlone} />
      ) : (
        <>
          <ul>
            {items.map((notification) => (
              <NotificationRow
                key={notification.id}
                notification={notification}
                now={now}
                timeZone={timeZone}
                returnTo={here}
                onOpen={onOpen}
              />
            ))}
          </ul>
          <Pagination
            label="Notifications"
            {...links}
            summary={formatCapped(unread, 'unread', 'unread', 99)}
          />
        </>
      )}
    </>
  );
}

function NoNotifications({ isUnreadAlone }: { isUnreadAlone: boolean }) {
  if (isUnreadAlone) {
    return (
      <EmptyState
        kind="no-result"
        title="Everything is read"
        description="What you were told before stands under All."
        action={{ label: 'Show all', href: paths.notifications() }}
      />
    );
  }
  return (
    <EmptyState
      kind="unused"
      title="Nothing to tell you yet"
      description="When somebody mentions you, gives you a task or changes what you follow, it stands here; so do your reminders."
    />
  );
}
