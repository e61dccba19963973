import { type RawBuilder, sql } from 'kysely';
import type { Breakdown, DashboardInput } from './dashboard-schema.ts';

/** Which platform campaigns: what `figureFilter` says. */
export type FigureFilter = Pick<
  DashboardInput,
  | 'campaignIds'
  | 'brandId'
  | 'ownerId'
  | 'status'
  | 'objective'
  | 'platform'
  | 'adAccountId'
  | 'platformCampaignId'
  | 'creatorId'
  | 'isAttached'
> & {
  /** Of a cost: boosts alone, or all but boosts. */
  isBoost?: boolean | undefined;
};

/** A platform campaign's brand is its campaign's, else its own, else its account's. */
const brandId = sql`coalesce(c.brand_id, p.brand_id, a.brand_id)`;

/**
 * A query of the platform campaigns that the reader sees and the filter leaves: id, ad_account_id, and the key and
 * words of the row of a breakdown that each belongs to. DAY has no key here. Every platform campaign is in one row.
 */
export function frameSql(filter: FigureFilter, by: Breakdown): RawBuilder<unknown> {
  const { key, name, detail, status, campaignId, platform } = rowOf[by];
  return sql`
    select p.organization_id, p.id, p.ad_account_id, ${platform}::text as platform, ${key}::text as key, ${name} as name, ${detail} as detail,
           ${status}::text as status, ${campaignId}::text as campaign_id
      from platform_campaigns as p
      join ad_accounts as a on a.organization_id = p.organization_id and a.id = p.ad_account_id
      left join campaigns as c on c.organization_id = p.organization_id and c.id = p.campaign_id
      left join campaign_creators as w on w.organization_id = p.organization_id and w.id = p.campaign_creator_id
      left join creators as r on r.organization_id = w.organization_id and r.id = w.creator_id
      left join organizations as b on b.organization_id = p.organization_id and b.id = ${brandId}
     where ${conditions(filter)}`;
}

interface RowWords {
  key: RawBuilder<unknown>;
  name: RawBuilder<unknown>;
  detail: RawBuilder<unknown>;
  status: RawBuilder<unknown>;
  campaignId: RawBuilder<unknown>;
  /** Of a row that is of one platform by its nature. */
  platform: RawBuilder<unknown>;
}

const none = sql`null::text`;
const bare = { detail: none, status: none, campaignId: none, platform: none };

const rowOf: Readonly<Record<Breakdown, RowWords>> = {
  DAY: { ...bare, key: none, name: none },
  PLATFORM: { ...bare, key: sql`a.platform`, name: sql`a.platform::text`, platform: sql`a.platform` },
  AD_ACCOUNT: {
    ...bare,
    key: sql`a.id`,
    name: sql`a.name`,
    detail: sql`a.native_id`,
    platform: sql`a.platform`,
  },
  BRAND: { ...bare, key: brandId, name: sql`b.name` },
  CAMPAIGN: {
    ...bare,
    key: sql`c.id`,
    name: sql`c.name`,
    detail: sql`b.name`,
    status: sql`c.status`,
    campaignId: sql`c.id`,
  },
  PLATFORM_CAMPAIGN: {
    key: sql`p.id`,
    name: sql`p.name`,
    detail: sql`a.name || ' · ' || p.native_id`,
    status: sql`p.native_status`,
    campaignId: sql`c.id`,
    platform: sql`a.platform`,
  },
  CREATOR: { ...bare, key: sql`w.creator_id`, name: sql`r.name` },
};

function conditions(filter: FigureFilter): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [];
  const add = <T>(value: T | undefined, condition: (value: T) => RawBuilder<unknown>) => {
    if (value !== undefined) parts.push(condition(value));
  };
  add(filter.campaignIds, (ids) => sql`p.campaign_id = any (${ids}::uuid[])`);
  add(filter.brandId, (id) => sql`${brandId} = ${id}::uuid`);
  add(filter.ownerId, (id) => sql`c.owner_id = ${id}::uuid`);
  add(filter.status, (status) => sql`c.status = ${status}::campaign_status`);
  add(filter.objective, (objective) => sql`c.objective = ${objective}::campaign_objective`);
  add(filter.platform, (platform) => sql`a.platform = ${platform}::ad_platform`);
  add(filter.adAccountId, (id) => sql`p.ad_account_id = ${id}::uuid`);
  add(filter.platformCampaignId, (id) => sql`p.id = ${id}::uuid`);
  add(filter.creatorId, (id) => sql`w.creator_id = ${id}::uuid`);
  add(filter.isAttached, (isAttached) =>
    isAttached ? sql`p.campaign_id is not null` : sql`p.campaign_id is null`,
  );
  add(filter.isBoost, (isBoost) => sql`p.is_boost = ${isBoost}`);
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
}

/** Whether a filter may leave a part of an account out: then the account's own reach is not the row's. */
export function cutsAccounts({
  platform: _platform,
  adAccountId: _account,
  ...others
}: FigureFilter): boolean {
  return Object.values(others).some((value) => value !== undefined);
}

/** Whether a row of a breakdown holds the platform campaigns of an account all or not at all. */
export function holdsAccountsWhole(by: Breakdown): boolean {
  return by === 'PLATFORM' || by === 'AD_ACCOUNT';
}
