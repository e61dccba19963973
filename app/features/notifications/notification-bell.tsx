import { Bell } from 'lucide-react';
import { paths } from '../../lib/paths.ts';
import { buttonClass } from '../../ui/button.tsx';

/** The way to the notifications, with how many are unread. */
export function NotificationBell({ unread }: { unread: number }) {
  const count = unread > 99 ? '99+' : String(unread);
  const label = unread === 0 ? 'Notifications' : `Notifications, ${count} unread`;
  return (
    <a
      href={paths.notifications()}
      className={`${buttonClass({ variant: 'quiet', iconOnly: true })} bell`}
      aria-label={label}
      title={label}
    >
      <Bell aria-hidden="true" />
      {unread > 0 && (
        <span className="bell-count figures" aria-hidden="true">
          {count}
        </span>
      )}
    </a>
  );
}
