import type { Api } from '../../bridge/api.server.ts';

const MOST = 100;

/** A piece with the campaigns that its creator works on: what it can be added to and what it can deliver. */
export async function readPiece(caller: Api, creatorContentId: string) {
  const content = await caller.creatorContents.byId({ creatorContentId });
  const { items } = await caller.campaignCreators.ofCreator({ creatorId: content.creatorId, limit: MOST });
  const campaigns = items.map(({ campaignId, campaignName, deliverables }) => ({
    campaignId,
    campaignName,
    deliverables,
  }));
  return { content, campaigns, now: new Date().toISOString() };
}
