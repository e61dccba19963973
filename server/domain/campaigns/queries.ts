import { type Selectable, sql } from 'kysely';
import { cappedCount, keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Campaigns } from '../../../db/types.ts';
import { may, type Principal } from '../../auth/principal.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { toMoney } from '../records/money.ts';
import { resolveFilter, type Resolved } from '../records/filter-queries.ts';
import { filterRecords, toRecord } from '../records/queries.ts';
import { planList } from '../records/sort.ts';
import { contactsOf } from './contacts.ts';
import { nextStatuses } from './rules.ts';
import type { Campaign, ListCampaignsInput } from './schema.ts';

/** A campaign as anybody who sees it reads it; what the reader may do with it comes on top. */
export type StoredCampaign = Omit<Campaign, 'nextStatuses'>;

/** One campaign. Errors: `not_found`, the same for a foreign id and a nonsense one. */
export async function getCampaign(tx: TenantTx, campaignId: string): Promise<StoredCampaign> {
  const campaign = await findCampaign(tx, campaignId);
  if (!campaign) throw notFound('campaign');
  return campaign;
}

/** One campaign; undefined where the reader sees none. */
export async function findCampaign(tx: TenantTx, campaignId: string): Promise<StoredCampaign | undefined> {
  const row = await tx
    .selectFrom('campaigns')
    .selectAll()
    .select(beside())
    .where('id', '=', campaignId)
    .executeTakeFirst();
  return row && toCampaign(row);
}

/** As getCampaign, with the moves that the reader may make. */
export async function readCampaign(
  tx: TenantTx,
  principal: Principal,
  campaignId: string,
): Promise<Campaign> {
  return forReader(principal, await getCampaign(tx, campaignId));
}

export async function listCampaigns(
  tx: TenantTx,
  principal: Principal,
  input: ListCampaignsInput,
): Promise<Page<Campaign>> {
  const { filters, keyset } = await planList(tx, 'campaigns', input);
  const query = matchingCampaigns(tx, filters).selectAll('campaigns').select(beside());
  const page = await keysetPage(query, keyset);
  const items = page.items.map((row) => forReader(principal, toCampaign(row)));
  return { items, nextCursor: page.nextCursor };
}

/** What lies in the recycle bin moves nowhere, and a client's own login steers no campaign. */
function forReader(principal: Principal, campaign: StoredCampaign): Campaign {
  const isMovable = campaign.isActive && may(principal, 'campaigns.write') && principal.brandId === null;
  const next = isMovable ? nextStatuses(campaign.status, may(principal, 'campaigns.approve')) : [];
  return { ...campaign, nextStatuses: next };
}

/** How many campaigns match, counted to 10,001. */
export async function countCampaigns(tx: TenantTx, input: ListCampaignsInput): Promise<number> {
  const filters = await resolveFilter(tx, 'campaigns', input);
  return cappedCount(tx, matchingCampaigns(tx, filters).select('campaigns.id'));
}

/** What a change of what hangs on a campaign needs to know of it. */
export type LockedCampaign = Pick<Selectable<Campaigns>, 'id' | 'name' | 'brand_id' | 'deal_id'>;

/**
 * Holds a campaign for the rest of the transaction, so that linking and unlinking its accounts cannot cross.
 * Errors: `not_found`; `conflict` where it lies in the recycle bin.
 */
export async function lockCampaign(tx: TenantTx, campaignId: string): Promise<LockedCampaign> {
  const row = await tx
    .selectFrom('campaigns')
    .select(['id', 'name', 'brand_id', 'deal_id', 'is_active'])
    .where('id', '=', campaignId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('campaign');
  if (!row.is_active) {
    throw new AppError('conflict', `The campaign ${row.name} is in the recycle bin; restore it first.`);
  }
  return row;
}

export type CampaignFilters = Partial<Resolved<ListCampaignsInput>>;

/** The campaigns that a list shows, without columns yet. Hand a list's input through resolveFilter first. */
export function matchingCampaigns(tx: TenantTx, input: CampaignFilters) {
  let query = filterRecords(tx.selectFrom('campaigns'), 'campaigns', input);
  if (input.status) query = query.where('campaigns.status', '=', input.status);
  if (input.objective) query = query.where('campaigns.objective', '=', input.objective);
  if (input.dealId) query = query.where('campaigns.deal_id', '=', input.dealId);
  return query;
}

/** What stands beside a campaign, each where the reader sees it. What was said of a move is the agency's own. */
function beside() {
  const nameOf = (column: string) =>
    sql<string | null>`(select u.name from users u where u.id = ${sql.ref(`campaigns.${column}`)})`;
  return [
    sql<string | null>`(select d.name from deals d
      where d.organization_id = campaigns.organization_id and d.id = campaigns.deal_id)`.as('deal_name'),
    sql<string | null>`(select o.id from campaigns o
      where o.organization_id = campaigns.organization_id and o.id = campaigns.copied_from_id)`.as(
      'origin_id',
    ),
    sql<string | null>`(select t.id from campaign_templates t
      where t.organization_id = campaigns.organization_id and t.id = campaigns.campaign_template_id)`.as(
      'template_id',
    ),
    sql<boolean>`(select app.scope()) = 'brand'`.as('is_client'),
    nameOf('submitted_by_id').as('submitted_by_name'),
    nameOf('approved_by_id').as('approved_by_name'),
    contactsOf(),
  ] as const;
}

interface Beside {
  deal_name: string | null;
  origin_id: string | null;
  template_id: string | null;
  is_client: boolean;
  submitted_by_name: string | null;
  approved_by_name: string | null;
  contacts: Campaign['contacts'];
}

function toCampaign(row: Selectable<Campaigns> & Beside): StoredCampaign {
  return {
    name: row.name,
    description: row.description,
    objective: row.objective,
    status: row.status,
    budget: toMoney(row.budget, row.currency),
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    dealId: row.deal_id,
    dealName: row.deal_name,
    contacts: row.contacts,
    categories: row.categories,
    competitors: row.competitors,
    territories: row.territories,
    hashtags: row.hashtags,
    mentions: row.mentions,
    links: row.links,
    copiedFromId: row.origin_id,
    campaignTemplateId: row.template_id,
    movesByDate: row.moves_by_date,
    pausesOn: row.pauses_on,
    resumesOn: row.resumes_on,
    ...toMoves(row),
    ...toRecord(row),
  };
}

function toMoves(row: Selectable<Campaigns> & Beside) {
  const own = <T>(value: T) => (row.is_client ? null : value);
  return {
    statusChangedAt: row.status_changed_at.toISOString(),
    statusReason: own(row.status_reason),
    submittedAt: row.submitted_at?.toISOString() ?? null,
    submittedById: own(row.submitted_by_id),
    submittedByName: own(row.submitted_by_name),
    approvedAt: row.approved_at?.toISOString() ?? null,
    approvedById: own(row.approved_by_id),
    approvedByName: own(row.approved_by_name),
    launchedAt: row.launched_at?.toISOString() ?? null,
    completedAt: row.completed_at?.toISOString() ?? null,
  };
}
