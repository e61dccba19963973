import type { Task } from 'graphile-worker';
import { z } from 'zod';
import { keepStoryMedia } from '../../server/domain/creator-contents/keep-media.ts';
import { createMediaFetcher } from '../../server/integrations/media.ts';
import type { JobServices } from '../services.ts';

const payloadSchema = z.object({ organizationId: z.uuid(), subjectId: z.uuid() });
/** A stuck download frees its worker; the story is tried again. */
const TIMEOUT_MS = 60_000;

/** `keep-story-media`: copies a story's picture or video before it goes. */
export function keepStoryMediaTask(services: JobServices): Task {
  const { log, config } = services;
  // A stand-in shows its pictures where it answers.
  const trustedOrigin = services.creatorNetwork?.isStandIn ? (config.phyllo?.apiUrl ?? null) : null;
  const media = createMediaFetcher({ log, timeoutMs: TIMEOUT_MS, trustedOrigin });
  return async (payload, { abortSignal }) => {
    const { organizationId, subjectId: creatorContentId } = payloadSchema.parse(payload);
    await keepStoryMedia({ ...services, media }, { organizationId, creatorContentId }, abortSignal);
  };
}
