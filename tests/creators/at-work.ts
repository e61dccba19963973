import { randomUUID } from 'node:crypto';
import { attributeCampaign } from '../../jobs/tasks/attribute-contents.ts';
import { withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { ingestContents } from '../../server/domain/creator-contents/ingest.ts';
import type { NetworkContent } from '../../server/integrations/creator-network.ts';
import { type MadeCreator, makeCreator } from '../support/creators.ts';
import { caller, type World } from '../support/world.ts';

/** The days of a campaign, unless said. */
const DAYS = { startsOn: '2026-11-01', endsOn: '2026-11-20' };

/** Creators at work on campaigns of the demo agency, and what a sync would bring of theirs. */
export function workOf(worldOf: () => World) {
  const services = () => ({ jobsDb: worldOf().jobsDb, log: worldOf().services.log });
  const owner = () => caller(worldOf(), worldOf().demo.people.owner.principal);

  async function ingest(creator: MadeCreator, contents: readonly NetworkContent[]): Promise<string[]> {
    const principal = jobPrincipal(worldOf().demo.organizationId);
    const { contentIds } = await withTenant(worldOf().jobsDb, principal, 'write', (tx) =>
      ingestContents(tx, principal, {
        creatorPlatformId: creator.creatorPlatformId,
        contents,
        fetchedAt: new Date('2026-11-20T08:00:00Z'),
        isComplete: false,
        range: { from: null, to: null },
      }),
    );
    return contentIds;
  }

  const attribute = (campaignId: string) =>
    attributeCampaign(services(), { organizationId: worldOf().demo.organizationId, campaignId });

  /** A creator on a campaign that knows its pieces by #glow. */
  async function atWork(creator?: MadeCreator, brand: 'first' | 'second' = 'first') {
    const one = creator ?? (await makeCreator(worldOf(), worldOf().demo));
    const campaign = await owner().campaigns.create({
      name: `Campaign ${randomUUID()}`,
      brandId: worldOf().demo.brands[brand],
      hashtags: ['#Glow'],
      ...DAYS,
    });
    const work = await owner().campaignCreators.assign({
      campaignId: campaign.id,
      creatorId: one.creatorId,
      deliverables: [{ platform: 'INSTAGRAM', type: 'REEL', dueOn: '2026-11-12' }],
    });
    return { creator: one, campaign, campaignId: campaign.id, work };
  }

  return { services, ingest, attribute, atWork };
}
