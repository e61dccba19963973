import type { Campaign } from '../../../server/domain/campaigns/schema.ts';
import type { Api } from '../../bridge/api.server.ts';
import { isBeingPlanned, type NextStep, nextSteps } from './next-steps.ts';

/** The steps of a plan that are still to be done, with those that are; null where none is, or the reader plans nothing. */
export async function readNextSteps(caller: Api, campaign: Campaign): Promise<NextStep[] | null> {
  if (!campaign.isActive || !isBeingPlanned(campaign)) return null;
  const { current } = await caller.account.me();
  const permissions = current?.permissions ?? [];
  if (!permissions.includes('campaigns.write') || !permissions.includes('budgets.read')) return null;
  const { id: campaignId } = campaign;
  const [attached, creators, budgets] = await Promise.all([
    caller.platformCampaigns.list({ campaignId, limit: 1 }),
    caller.campaignCreators.list({ campaignId, limit: 1 }),
    caller.budgets.list({ campaignId }),
  ]);
  const steps = nextSteps(campaign, {
    hasPlatformCampaigns: attached.items.length > 0,
    hasCreators: creators.items.length > 0,
    hasBudgetLines: [budgets.standing, budgets.open].some((version) => (version?.lines.length ?? 0) > 0),
  });
  return steps.every(({ isDone }) => isDone) ? null : steps;
}
