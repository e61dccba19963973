import type { TenantTx } from '../../../db/tenant.ts';
import { may, type Principal } from '../../auth/principal.ts';
import { plusDays } from '../../kernel/time-zones.ts';
import { findStandingBudget } from '../budgets/queries.ts';
import { listMatchRules } from '../campaign-match-rules/queries.ts';
import { getCampaignTemplate } from '../campaign-templates/queries.ts';
import { getDeal, readAgency } from '../deals/queries.ts';
import { toMoney } from '../records/money.ts';
import { endOfPeriod, shiftedRange } from './draft-rules.ts';
import { getCampaign, type StoredCampaign } from './queries.ts';
import type { CampaignDraft, DraftCampaignInput } from './schema.ts';

const EMPTY: CampaignDraft = {
  name: '',
  description: null,
  brandId: null,
  ownerId: null,
  dealId: null,
  objective: null,
  budget: null,
  startsOn: null,
  endsOn: null,
  contacts: [],
  tags: [],
  categories: [],
  competitors: [],
  territories: [],
  hashtags: [],
  mentions: [],
  links: [],
  carries: [],
  origin: null,
};

/**
 * What the builder's form begins with. A deal's own values come before those of the template or the campaign that it is
 * made from. Nothing is written. Errors: `not_found` of the deal, the template or the campaign.
 */
export async function draftCampaign(
  tx: TenantTx,
  principal: Principal,
  input: DraftCampaignInput,
): Promise<CampaignDraft> {
  const { copyOf, campaignTemplateId, dealId } = input;
  const begun = copyOf
    ? await fromCampaign(tx, principal, { copyOf, startsOn: input.startsOn })
    : campaignTemplateId
      ? await fromTemplate(tx, { campaignTemplateId, startsOn: input.startsOn })
      : { ...EMPTY, brandId: principal.brandId, startsOn: input.startsOn ?? null };
  return dealId ? withDeal(tx, begun, { dealId, startsOn: input.startsOn }) : begun;
}

async function fromCampaign(
  tx: TenantTx,
  principal: Principal,
  { copyOf, startsOn }: { copyOf: string; startsOn: string | undefined },
): Promise<CampaignDraft> {
  const campaign = await getCampaign(tx, copyOf);
  const { id, name } = campaign;
  return {
    ...EMPTY,
    ...recognitionOf(campaign),
    name: `${name} (copy)`,
    description: campaign.description,
    brandId: campaign.brandId,
    ownerId: campaign.ownerId,
    dealId: campaign.dealName === null ? null : campaign.dealId,
    objective: campaign.objective,
    budget: campaign.budget,
    contacts: campaign.contacts,
    tags: campaign.tags,
    ...shiftedRange(campaign, startsOn),
    carries: await carriesOf(tx, principal, campaign),
    origin: { kind: 'CAMPAIGN', id, name },
  };
}

async function carriesOf(
  tx: TenantTx,
  principal: Principal,
  campaign: StoredCampaign,
): Promise<CampaignDraft['carries']> {
  const isOfAgency = principal.brandId === null;
  const [rules, work, standing] = await Promise.all([
    isOfAgency ? listMatchRules(tx, campaign.id) : { rules: [] },
    isOfAgency ? workToCarry(tx, campaign.id) : [],
    may(principal, 'budgets.read') ? findStandingBudget(tx, principal, campaign.id) : null,
  ]);
  const words = Object.values(recognitionOf(campaign)).reduce((total, list) => total + list.length, 0);
  return onlyWhatThereIs([
    { part: 'rules', count: rules.rules.length },
    { part: 'creators', count: work.length },
    { part: 'budget', count: standing?.lines.length ?? 0 },
    { part: 'recognition', count: words },
  ]);
}

/** The work that a copy takes along: of creators who neither declined nor were taken off it. */
export async function workToCarry(tx: TenantTx, campaignId: string): Promise<{ creator_id: string }[]> {
  return tx
    .selectFrom('campaign_creators')
    .select('creator_id')
    .where('campaign_id', '=', campaignId)
    .where('is_active', '=', true)
    .where('status', 'not in', ['DECLINED', 'CANCELLED'])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

async function fromTemplate(
  tx: TenantTx,
  { campaignTemplateId, startsOn }: { campaignTemplateId: string; startsOn: string | undefined },
): Promise<CampaignDraft> {
  const [template, agency] = await Promise.all([getCampaignTemplate(tx, campaignTemplateId), readAgency(tx)]);
  const { plan, id, name } = template;
  const first = startsOn ?? agency.today;
  return {
    ...EMPTY,
    ...recognitionOf({
      categories: plan.categories ?? [],
      competitors: plan.competitors ?? [],
      territories: plan.territories ?? [],
      hashtags: plan.hashtags ?? [],
      mentions: plan.mentions ?? [],
      links: plan.links ?? [],
    }),
    name,
    brandId: template.brandId,
    objective: plan.objective ?? null,
    budget: toMoney(plan.budget ?? null, plan.currency ?? agency.currency),
    startsOn: first,
    endsOn: plan.durationDays ? plusDays(first, plan.durationDays - 1) : null,
    carries: onlyWhatThereIs([
      { part: 'rules', count: plan.rules.length },
      { part: 'budget', count: plan.budgetSplit.length },
    ]),
    origin: { kind: 'TEMPLATE', id, name },
  };
}

/** A deal says whose the campaign is, what it costs and when it is; what it does not say stays as it was begun. */
async function withDeal(
  tx: TenantTx,
  begun: CampaignDraft,
  { dealId, startsOn }: { dealId: string; startsOn: string | undefined },
): Promise<CampaignDraft> {
  const [deal, agency] = await Promise.all([getDeal(tx, dealId), readAgency(tx)]);
  const first = startsOn ?? deal.closedOn ?? deal.expectedCloseOn ?? agency.today;
  const length = begun.origin === null ? null : shiftedRange(begun, first).endsOn;
  return {
    ...begun,
    name: deal.name,
    brandId: deal.brandId ?? begun.brandId,
    ownerId: deal.ownerId ?? begun.ownerId,
    dealId,
    budget: deal.amount ?? begun.budget,
    startsOn: first,
    endsOn: length ?? endOfPeriod(first, deal.recurringType),
    contacts: await contactOf(tx, deal.contactId, begun.contacts),
    tags: deal.tags.length > 0 ? deal.tags : begun.tags,
    origin: begun.origin ?? { kind: 'DEAL', id: deal.id, name: deal.name },
  };
}

async function contactOf(
  tx: TenantTx,
  contactId: string | null,
  otherwise: CampaignDraft['contacts'],
): Promise<CampaignDraft['contacts']> {
  if (contactId === null) return otherwise;
  const row = await tx
    .selectFrom('contacts')
    .select(['id', 'name', 'title'])
    .where('id', '=', contactId)
    .where('is_active', '=', true)
    .executeTakeFirst();
  return row ? [{ contactId: row.id, name: row.name, title: row.title }] : otherwise;
}

/** The words by which contents of a campaign are recognised and exclusivity is checked. */
export type Recognition = Pick<
  CampaignDraft,
  'categories' | 'competitors' | 'territories' | 'hashtags' | 'mentions' | 'links'
>;

/** How contents of a campaign are recognised, alone. */
export function recognitionOf(of: Recognition): Recognition {
  const { categories, competitors, territories, hashtags, mentions, links } = of;
  return { categories, competitors, territories, hashtags, mentions, links };
}

function onlyWhatThereIs(parts: CampaignDraft['carries']): CampaignDraft['carries'] {
  return parts.filter(({ count }) => count > 0);
}
