import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import type { AppRouter } from '../../server/api/root.ts';

/** The door asks for this header, which a form of another site cannot send. */
const headers = { 'x-spokestack': '1' };

/**
 * The procedures over HTTP, for the parts of a page that keep themselves fresh. Runs in the browser; it is fetched when
 * such a part needs it. Errors: a TRPCClientError with the door's own words.
 */
export const liveApi = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: ({ type }) => type === 'subscription',
      true: httpSubscriptionLink({ url: '/api/trpc' }),
      false: httpBatchLink({ url: '/api/trpc', headers, maxItems: 10 }),
    }),
  ],
});
