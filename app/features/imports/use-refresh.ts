import { useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';

const everyMs = 2_000;

/** Loads the page's figures again while something goes on. Without a script a reload does the same. */
export function useRefresh(isGoingOn: boolean): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!isGoingOn || state !== 'idle') return;
    const timer = setTimeout(() => {
      if (document.visibilityState === 'visible') revalidate();
      else document.addEventListener('visibilitychange', revalidate, { once: true });
    }, everyMs);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', revalidate);
    };
  }, [isGoingOn, state, revalidate]);
}
