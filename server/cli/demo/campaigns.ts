import { plusDays } from '../../kernel/time-zones.ts';
import type { PlatformCampaign } from '../../domain/platform-campaigns/schema.ts';
import type { DemoBrand, DemoCampaign } from './agency.ts';
import type { Actor } from './context.ts';

/** A campaign that is switched on, as Meta, Google and TikTok call it. */
const RUNNING: readonly (string | null)[] = ['ACTIVE', 'ENABLED', 'CAMPAIGN_STATUS_ENABLE'];

interface Place {
  brand: DemoBrand;
  brandId: string;
  dealId: string;
  today: string;
}

/** Makes a campaign and attaches some of the campaigns that run for its brand on each platform. Answers its id. */
export async function makeCampaign(actor: Actor, campaign: DemoCampaign, at: Place): Promise<string> {
  const { api } = actor;
  const { brandId, dealId, today } = at;
  const { id: campaignId } = await api.campaigns.create({
    name: campaign.name,
    brandId,
    dealId,
    objective: campaign.objective,
    status: campaign.status,
    budget: { amount: campaign.budget, currency: campaign.currency },
    startsOn: plusDays(today, campaign.startsInDays),
    endsOn: plusDays(today, campaign.endsInDays),
    categories: [...(campaign.categories ?? [])],
    hashtags: [...(campaign.hashtags ?? [])],
    mentions: [...(campaign.mentions ?? [])],
  });
  const running = await runningFor(actor, at);
  const platforms = new Set(running.map(({ platform }) => platform));
  const taken = [...platforms].flatMap((platform) =>
    running.filter((each) => each.platform === platform).slice(0, campaign.takes),
  );
  // Under another seed the sandbox's accounts bear other names and no brand is found.
  if (taken.length > 0)
    await api.platformCampaigns.attach({ campaignId, platformCampaignIds: taken.map(({ id }) => id) });
  return campaignId;
}

/** What runs in the brand's own accounts, and of the shared ones what bears its name. */
async function runningFor({ api }: Actor, { brand, brandId }: Place): Promise<PlatformCampaign[]> {
  const { items: accounts } = await api.adAccounts.list({ limit: 200 });
  const found: PlatformCampaign[] = [];
  for (const { id: adAccountId, brandId: owner, name: account } of accounts) {
    const isShared = owner === null && account.includes(brand.name);
    if (owner !== brandId && !isShared) continue;
    const { items } = await api.platformCampaigns.list({ adAccountId, isAttached: false, limit: 200 });
    const isMeant = ({ name }: PlatformCampaign) =>
      !isShared || name.startsWith(`${brand.code}_`) || name.includes(brand.name);
    found.push(...items.filter((item) => RUNNING.includes(item.nativeStatus) && isMeant(item)));
  }
  return found;
}
