import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { dayIn } from '../../kernel/time-zones.ts';
import { matchingCampaigns } from '../campaigns/queries.ts';
import { ratesInto } from '../fx/queries.ts';
import { getOrganization } from '../organizations/queries.ts';
import { type Paced, readPaces } from '../pacing/queries.ts';
import { sql } from 'kysely';
import { type FoundCampaign, rollUp, sortCampaigns, toPortfolioCampaign } from './rules.ts';
import type { Portfolio, PortfolioInput, Rollup, RollupInput } from './schema.ts';

/**
 * The campaigns that the reader sees, each with its pace, and the totals over all that match. Nine queries however many
 * they are. A client's own login gets no budget and no pace.
 */
export async function getPortfolio(
  tx: TenantTx,
  principal: Principal,
  { input, now }: { input: PortfolioInput; now: Date },
): Promise<Portfolio> {
  const { found, currency, rates } = await findCampaigns(tx, principal, { input, now });
  const items = sortCampaigns(
    found.map((one) => toPortfolioCampaign(one, { currency, isClient: principal.brandId !== null })),
    input.sort,
  );
  return {
    items: items.slice(0, input.limit),
    more: Math.max(0, items.length - input.limit),
    totals: rollUp(found, { currency, rates, isClient: principal.brandId !== null }),
  };
}

/** The sums over any set of campaigns: ratios of sums, never averaged. */
export async function getRollup(
  tx: TenantTx,
  principal: Principal,
  { input, now }: { input: RollupInput; now: Date },
): Promise<Rollup> {
  const { found, currency, rates } = await findCampaigns(tx, principal, { input, now });
  return rollUp(found, { currency, rates, isClient: principal.brandId !== null });
}

/** The campaigns of a filter with their paces; a band is asked of the pace, so it narrows last. */
export async function findCampaigns(
  tx: TenantTx,
  principal: Principal,
  { input, now }: { input: RollupInput; now: Date },
): Promise<{ found: FoundCampaign[]; currency: string; rates: ReadonlyMap<string, string | null> }> {
  const [rows, organization] = await Promise.all([selectCampaigns(tx, input), getOrganization(tx)]);
  const currency = input.currency ?? organization.reportingCurrency;
  const paces = await readPaces(
    tx,
    rows.map(({ id }) => id),
    { now, total: currency },
  );
  const byId = new Map<string, Paced>(paces.map((paced) => [paced.row.id, paced]));
  const all = rows.flatMap((row) => {
    const paced = byId.get(row.id);
    return paced ? [{ row, paced }] : [];
  });
  const isClient = principal.brandId !== null;
  const found =
    input.band === undefined ? all : all.filter(({ paced }) => !isClient && paced.pace.band === input.band);
  const currencies = [...new Set(found.map(({ paced }) => paced.campaign.currency))];
  const today = dayIn(organization.timeZone, now);
  return { found, currency, rates: await readRates(tx, { currency, currencies, today }) };
}

/** One unit of each currency in the answer's, by the rate of today; null where there is none. */
async function readRates(
  tx: TenantTx,
  { currency, currencies, today }: { currency: string; currencies: readonly string[]; today: string },
): Promise<ReadonlyMap<string, string | null>> {
  if (currencies.length === 0) return new Map();
  const needed = sql`select ${today}::date as date, c.currency from unnest(${[...currencies]}::bpchar[]) as c (currency)`;
  const { rows } = await ratesInto(currency, needed).execute(tx);
  return new Map(rows.map((row) => [row.currency, row.rate]));
}

async function selectCampaigns(tx: TenantTx, input: RollupInput) {
  const { q, brandId, ownerId, objective, status } = input;
  let query = matchingCampaigns(tx, { q, brandId, ownerId, objective, status })
    .leftJoin('organizations as brand', (join) =>
      join
        .onRef('brand.organization_id', '=', 'campaigns.organization_id')
        .onRef('brand.id', '=', 'campaigns.brand_id'),
    )
    .leftJoin('users as owner', 'owner.id', 'campaigns.owner_id')
    .select(['campaigns.id', 'campaigns.name', 'campaigns.status', 'campaigns.objective', 'campaigns.budget'])
    .select(['campaigns.currency', 'campaigns.brand_id', 'campaigns.owner_id', 'campaigns.starts_on'])
    .select(['campaigns.ends_on', 'brand.name as brand_name', 'owner.name as owner_name'])
    .orderBy('campaigns.name_key')
    .orderBy('campaigns.id');
  if (input.campaignIds) query = query.where('campaigns.id', 'in', input.campaignIds);
  if (input.isOpen !== undefined) {
    const closed = ['DRAFT', 'COMPLETED', 'CANCELLED'] as const;
    query = query.where('campaigns.status', input.isOpen ? 'not in' : 'in', closed);
  }
  if (input.platform) {
    const { platform } = input;
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom('platform_campaigns as p')
          .innerJoin('ad_accounts as a', (join) =>
            join.onRef('a.organization_id', '=', 'p.organization_id').onRef('a.id', '=', 'p.ad_account_id'),
          )
          .whereRef('p.organization_id', '=', 'campaigns.organization_id')
          .whereRef('p.campaign_id', '=', 'campaigns.id')
          .where('a.platform', '=', platform)
          .select('p.id'),
      ),
    );
  }
  return query.execute();
}
export type CampaignRow = Awaited<ReturnType<typeof selectCampaigns>>[number];
