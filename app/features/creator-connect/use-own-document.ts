import { useEffect, useRef } from 'react';
import { useHasScript } from '../../lib/use-has-script.ts';

/**
 * The connect window's script is allowed in the documents of its own pages alone. Whoever came here from another page
 * by the router still stands in that page's document, and gets this one's. What was hydrated came with its document:
 * its first render is the server's, without a script.
 */
export function useOwnDocument(): void {
  const cameByRouter = useRef(useHasScript());
  useEffect(() => {
    if (cameByRouter.current) location.reload();
  }, []);
}
