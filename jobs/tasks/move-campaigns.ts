import type { Task } from 'graphile-worker';
import type { Database } from '../../db/client.ts';
import { withSystem, withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import {
  type CampaignToMove,
  listCampaignsToMove,
  moveOnItsDay,
} from '../../server/domain/campaigns/dates.ts';
import type { Logger } from '../../server/kernel/log.ts';

export interface MoveServices {
  jobsDb: Database;
  log: Logger;
  now: () => Date;
}

/** What one run takes on; after a long stop the following runs take the rest. */
const MOST_CAMPAIGNS = 500;

/** `move-campaigns`: launches, pauses, goes on with and completes campaigns on the days they name. */
export function moveCampaignsTask(services: MoveServices): Task {
  return async (_payload, { abortSignal }) => {
    await moveCampaigns(services, { signal: abortSignal });
  };
}

/**
 * Moves what is due by each agency's own day. A campaign that fails stays as it is and comes again; the others go on.
 * Answers how many moves were made.
 */
export async function moveCampaigns(
  services: MoveServices,
  { signal, most = MOST_CAMPAIGNS }: { signal?: AbortSignal | undefined; most?: number } = {},
): Promise<number> {
  const now = services.now();
  const campaigns = await withSystem(services.jobsDb, (tx) => listCampaignsToMove(tx, now, most));
  let moves = 0;
  for (const campaign of campaigns) {
    if (signal?.aborted) break;
    moves += await moveOne(services, campaign, now);
  }
  if (moves > 0) services.log.info({ moves }, 'campaigns moved by their dates');
  return moves;
}

async function moveOne(
  { jobsDb, log }: MoveServices,
  { organizationId, campaignId }: CampaignToMove,
  now: Date,
): Promise<number> {
  const principal = jobPrincipal(organizationId);
  try {
    const through = await withTenant(jobsDb, principal, 'write', (tx) =>
      moveOnItsDay(tx, principal, { campaignId, now }),
    );
    return through.length;
  } catch (error) {
    log.error({ organizationId, campaignId, err: error }, 'a campaign could not be moved by its dates');
    return 0;
  }
}
