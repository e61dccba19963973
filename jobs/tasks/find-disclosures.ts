import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { Database } from '../../db/client.ts';
import { withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { findDisclosuresAnew } from '../../server/domain/creator-contents/find-disclosures.ts';

const payloadSchema = z.object({ organizationId: z.uuid() });

/** `find-disclosures`: reads an agency's captions anew after its own words of disclosure changed. */
export function findDisclosuresTask({ jobsDb }: { jobsDb: Database }): Task {
  return async (payload, { abortSignal }) => {
    const { organizationId } = payloadSchema.parse(payload);
    await readCaptionsAnew(jobsDb, organizationId, abortSignal);
  };
}

/** A batch at a time; cut off, it fails, and the queue begins it anew. */
export async function readCaptionsAnew(
  jobsDb: Database,
  organizationId: string,
  signal?: AbortSignal,
): Promise<void> {
  const principal = jobPrincipal(organizationId);
  let afterId: string | null = null;
  do {
    signal?.throwIfAborted();
    const from: string | null = afterId;
    afterId = await withTenant(jobsDb, principal, 'write', (tx) => findDisclosuresAnew(tx, from));
  } while (afterId !== null);
}
