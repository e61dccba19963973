import type { AppLoadContext } from '@remix-run/node';
import type { Services } from '../../server/api/context.ts';

/** What the process hands to each page request; the bridge reads it, and nothing else of app/ does. */
export type PageContext = AppLoadContext;

declare module '@remix-run/server-runtime' {
  interface AppLoadContext {
    services: Services;
    requestId: string;
    cspNonce: string;
    address: string | null;
    /** Where the document's rendering says what failed. */
    reportError: (error: unknown) => void;
  }
}
