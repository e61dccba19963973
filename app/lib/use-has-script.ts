import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** False in the server's markup and the first render, true once the page's script has taken over. */
export function useHasScript(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
