import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { Database } from '../../db/client.ts';
import { withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { matchCampaign } from '../../server/domain/campaign-match-rules/commands.ts';
import { campaignsToMatch } from '../../server/domain/campaign-match-rules/queries.ts';
import type { Logger } from '../../server/kernel/log.ts';

export interface MatchServices {
  jobsDb: Database;
  log: Logger;
}

const payloadSchema = z.object({ organizationId: z.uuid(), subjectId: z.uuid() });

/**
 * `match-platform-campaigns`: attaches what the rules of an agency's campaigns claim in an ad account, or in all where
 * the subject is the agency itself.
 */
export function matchPlatformCampaignsTask(services: MatchServices): Task {
  return async (payload, { abortSignal }) => {
    const { organizationId, subjectId } = payloadSchema.parse(payload);
    const adAccountId = subjectId === organizationId ? null : subjectId;
    await matchPlatformCampaigns(services, { organizationId, adAccountId, signal: abortSignal });
  };
}

/** A campaign at a time, each held while it is matched; cut off, it begins anew and finds what is left. */
export async function matchPlatformCampaigns(
  { jobsDb, log }: MatchServices,
  {
    organizationId,
    adAccountId,
    signal,
  }: { organizationId: string; adAccountId: string | null; signal?: AbortSignal | undefined },
): Promise<number> {
  const principal = jobPrincipal(organizationId);
  const campaignIds = await withTenant(jobsDb, principal, 'read', (tx) => campaignsToMatch(tx, adAccountId));
  let attached = 0;
  for (const campaignId of campaignIds) {
    signal?.throwIfAborted();
    attached += await withTenant(jobsDb, principal, 'write', (tx) =>
      matchCampaign(tx, principal, campaignId),
    );
  }
  if (attached > 0) log.info({ organizationId, adAccountId, attached }, 'platform campaigns matched');
  return attached;
}
