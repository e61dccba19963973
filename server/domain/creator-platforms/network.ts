import type { CreatorNetwork } from '../../integrations/creator-network.ts';
import { PlatformError } from '../../integrations/errors.ts';
import { AppError } from '../../kernel/errors.ts';

/** Errors: `unprocessable`, saying which settings turn it on. */
export function requireNetwork(network: CreatorNetwork | null): CreatorNetwork {
  if (network) return network;
  throw new AppError(
    'unprocessable',
    'Phyllo is off here: an administrator sets PHYLLO_CLIENT_ID and PHYLLO_CLIENT_SECRET.',
  );
}

/** What a service refuses, as a person who waits for it is told. Errors: `upstream`; `unprocessable`. */
export async function asking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    const isPassing = error.kind === 'retry';
    // A job tries again by itself; of what a person waits for they do.
    const message = error.message.replace('We try again by ourselves.', 'Try again in a moment.');
    throw new AppError(isPassing ? 'upstream' : 'unprocessable', message, { cause: error });
  }
}
