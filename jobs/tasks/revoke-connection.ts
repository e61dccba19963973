import type { Task } from 'graphile-worker';
import { z } from 'zod';
import { revokeConnection } from '../../server/domain/ad-accounts/revoke.ts';
import type { JobServices } from '../services.ts';

const payloadSchema = z.object({ organizationId: z.uuid(), subjectId: z.uuid() });

/** About an hour and a half of tries; then the tokens are destroyed whether the platform answered or not. */
const MOST_TRIES = 9;

/** `revoke-connection`: ends a disconnected grant at its platform and destroys its tokens. */
export function revokeConnectionTask(services: JobServices): Task {
  return async (payload, { job }) => {
    const { organizationId, subjectId: connectionId } = payloadSchema.parse(payload);
    const isLast = job.attempts >= MOST_TRIES;
    await revokeConnection(services, { organizationId, connectionId, isLast });
  };
}
