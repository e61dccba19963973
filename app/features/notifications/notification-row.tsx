import {
  AlarmClock,
  AtSign,
  BellRing,
  CalendarClock,
  CircleAlert,
  CircleCheck,
  CircleX,
  type LucideIcon,
  MailCheck,
  ShieldAlert,
  Stamp,
  Undo2,
  Unplug,
  UserPlus,
} from 'lucide-react';
import type { Notification } from '../../../server/domain/notifications/schema.ts';
import { formatDateTime, formatRelative } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';

const icons: Readonly<Record<Notification['kind'], LucideIcon>> = {
  MENTIONED: AtSign,
  TASK_ASSIGNED: UserPlus,
  TASK_REMINDER: AlarmClock,
  TASK_OVERDUE: CircleAlert,
  RECORD_CHANGED: BellRing,
  CONTRACT_ENDING: CalendarClock,
  CONTRACT_CONFLICT: ShieldAlert,
  WORK_CONFLICT: ShieldAlert,
  CREATOR_CONNECTION_ENDED: Unplug,
  CAMPAIGN_SUBMITTED: Stamp,
  CAMPAIGN_APPROVED: CircleCheck,
  CAMPAIGN_RETURNED: Undo2,
  CAMPAIGN_CANCELLED: CircleX,
  BRIEF_ANSWERED: MailCheck,
};

export interface NotificationRowProps {
  notification: Notification;
  now: string;
  timeZone: string;
  returnTo: string;
  /** Told when the reader follows its link. */
  onOpen: (notificationId: string) => void;
}

/** One notification: what happened, leading to what it is about, and a button that marks it as read. */
export function NotificationRow({ notification, now, timeZone, returnTo, onOpen }: NotificationRowProps) {
  const { id, kind, text, isRead, createdAt } = notification;
  const Icon = icons[kind];
  const href = hrefOf(notification);
  return (
    <li className="notice-row" data-unread={!isRead}>
      <Icon aria-hidden="true" className="mt-0.5 size-4 flex-none text-muted" />
      <div className="min-w-0 flex-1">
        <p className="break-words">
          {!isRead && <span className="sr-only">Unread: </span>}
          {href ? (
            <a
              href={href}
              data-row-link=""
              className="font-medium hover:underline"
              onClick={() => onOpen(id)}
            >
              {text}
            </a>
          ) : (
            <span className="text-muted">{text}</span>
          )}
        </p>
        <time className="text-sm text-muted" dateTime={createdAt} title={formatDateTime(createdAt, timeZone)}>
          {formatRelative(createdAt, now)}
        </time>
      </div>
      {!isRead && (
        <form method="post" action={paths.notifications()} className="flex-none">
          <input type="hidden" name="notificationId" value={id} />
          <input type="hidden" name="returnTo" value={returnTo} />
          <Button type="submit" size="small" variant="quiet" name="intent" value="read">
            Mark as read
          </Button>
        </form>
      )}
    </li>
  );
}

const pathOf = {
  task: paths.task,
  deal: (dealId: string) => paths.deal(dealId),
  campaign: paths.campaign,
  contact: (contactId: string) => paths.contact(contactId),
  company: (companyId: string) => paths.company(companyId),
  creatorContract: paths.creatorContract,
} as const;

/** Where it leads; null where the reader does not see any more what it is about. */
function hrefOf({ subject }: Notification): string | null {
  return subject && pathOf[subject.noun](subject.id);
}
