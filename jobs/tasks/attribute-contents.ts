import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { Database } from '../../db/client.ts';
import { withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { attributeContents, creatorsToAttribute } from '../../server/domain/creator-contents/attribute.ts';
import { watchWork, type WatchServices } from '../../server/domain/creator-contracts/watch.ts';
import type { Logger } from '../../server/kernel/log.ts';

export interface AttributeServices {
  jobsDb: Database;
  log: Logger;
}

const payloadSchema = z.object({ organizationId: z.uuid(), subjectId: z.uuid() });

/** `attribute-campaign`: matches a campaign's contents anew, after what they are recognised by changed. */
export function attributeCampaignTask(services: WatchServices): Task {
  return async (payload) => {
    const { organizationId, subjectId: campaignId } = payloadSchema.parse(payload);
    await attributeCampaign(services, { organizationId, campaignId });
    await watchWork(services, { organizationId, of: { campaignId } });
  };
}

/** `attribute-content`: matches a piece that somebody added or brought back. */
export function attributeContentTask(services: WatchServices): Task {
  return async (payload) => {
    const { organizationId, subjectId: creatorContentId } = payloadSchema.parse(payload);
    await attributeContent(services, { organizationId, creatorContentId });
    await watchWork(services, { organizationId, of: { creatorContentId } });
  };
}

/** A creator at a time, so that no sync waits for a whole campaign; cut off, it begins anew. */
export async function attributeCampaign(
  { jobsDb, log }: AttributeServices,
  { organizationId, campaignId }: { organizationId: string; campaignId: string },
): Promise<void> {
  const principal = jobPrincipal(organizationId);
  const creatorIds = await withTenant(jobsDb, principal, 'read', (tx) => creatorsToAttribute(tx, campaignId));
  const done = { added: 0, removed: 0 };
  for (const creatorId of creatorIds) {
    const { added, removed } = await withTenant(jobsDb, principal, 'write', (tx) =>
      attributeContents(tx, { creatorId, campaignId }),
    );
    done.added += added;
    done.removed += removed;
  }
  if (done.added + done.removed > 0) log.info({ organizationId, campaignId, ...done }, 'contents matched');
}

export async function attributeContent(
  { jobsDb }: AttributeServices,
  { organizationId, creatorContentId }: { organizationId: string; creatorContentId: string },
): Promise<void> {
  await withTenant(jobsDb, jobPrincipal(organizationId), 'write', async (tx) => {
    const content = await tx
      .selectFrom('creator_contents')
      .select('creator_id')
      .where('id', '=', creatorContentId)
      .executeTakeFirst();
    // It went with its creator meanwhile.
    if (!content) return;
    await attributeContents(tx, { creatorId: content.creator_id, contentIds: [creatorContentId] });
  });
}
