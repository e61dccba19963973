import type { Api } from '../../bridge/api.server.ts';
import { campaignChoices } from '../../bridge/choices.server.ts';

const MOST = 200;

/** The addresses' own words for what a new campaign is made from. */
function originOf(search: URLSearchParams) {
  const of = (name: string) => search.get(name) ?? undefined;
  const [dealId, campaignTemplateId, copyOf] = [of('dealId'), of('templateId'), of('copyOf')];
  return { dealId, campaignTemplateId, copyOf };
}

/** Whether the address says how to begin. */
export function saysHowToBegin(search: URLSearchParams): boolean {
  return search.get('from') === 'scratch' || Object.values(originOf(search)).some((id) => id !== undefined);
}

/** What there is to begin from, for the first choice. */
export async function readBeginnings(caller: Api) {
  const { current } = await caller.account.me();
  const readsTemplates = current?.permissions.includes('campaign-templates.read') ?? false;
  const [deals, campaigns, templates] = await Promise.all([
    caller.deals.list({ limit: MOST, sort: '-updatedAt' }),
    caller.campaigns.list({ limit: MOST, sort: '-updatedAt' }),
    readsTemplates ? caller.campaignTemplates.list({ limit: MOST }) : null,
  ]);
  const named = (items: readonly { id: string; name: string }[]) =>
    items.map(({ id, name }) => ({ id, name }));
  return {
    deals: named(deals.items),
    campaigns: named(campaigns.items),
    templates: templates && templates.items.map(({ id, name, brandName }) => ({ id, name, brandName })),
  };
}

/** What the form begins with, and what it can choose from. */
export async function readNewCampaignForm(caller: Api, search: URLSearchParams) {
  const { dealId, campaignTemplateId, copyOf } = originOf(search);
  const [draft, choices, customFields] = await Promise.all([
    caller.campaigns.draft({ dealId, campaignTemplateId, copyOf }),
    campaignChoices(caller),
    caller.customFields.list({ noun: 'CAMPAIGN' }),
  ]);
  return { draft, choices, customFields: customFields.items, deal: await nameDeal(caller, draft.dealId) };
}

/** The deal that a draft belongs to, by name. */
async function nameDeal(caller: Api, dealId: string | null) {
  if (dealId === null) return null;
  const names = await caller.records.names({ ids: [dealId] });
  return { id: dealId, name: names[dealId] ?? 'Not yours to see' };
}
