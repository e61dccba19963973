import type { Services } from '../../server/api/context.ts';

/** What the process hands to each page request; the bridge reads it, and nothing else of app/ does. */
export type PageContext = {
  services: Services;
  requestId: string;
  cspNonce: string;
  address: string | null;
  /** Where the document's rendering says what failed. */
  reportError: (error: unknown) => void;
};

declare module '@remix-run/server-runtime' {
  // Merging an interface is how Remix learns the type of its load context.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface AppLoadContext extends PageContext {}
}
