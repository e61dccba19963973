import { useFetcher, useLocation } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { paths } from '../../lib/paths.ts';

/** Often enough to be fresh where one looks, and no more: nobody asks while nobody navigates. */
const AT_MOST_EVERY_MS = 15_000;

/** How many notifications are unread: as the frame was loaded, then asked anew on navigation and on coming back. */
export function useUnread(loaded: number): number {
  const { load, data } = useFetcher<{ unread: number }>();
  const { key } = useLocation();
  const asked = useRef<number | null>(null);

  useEffect(() => {
    const ask = () => {
      const now = performance.now();
      // What the frame was loaded with is fresh enough for the first time.
      if (asked.current === null) asked.current = now;
      if (document.hidden || now - asked.current < AT_MOST_EVERY_MS) return;
      asked.current = now;
      load(paths.unreadNotifications());
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    window.addEventListener('focus', ask);
    return () => {
      document.removeEventListener('visibilitychange', ask);
      window.removeEventListener('focus', ask);
    };
  }, [key, load]);

  return data?.unread ?? loaded;
}
