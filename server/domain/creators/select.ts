import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Creators } from '../../../db/types.ts';
import { plain } from '../records/decimals.ts';
import { toRecord } from '../records/queries.ts';
import { isOwnRecord } from '../records/access.ts';
import { today } from '../records/filter-days.ts';
import type { Creator, CreatorAccount } from './schema.ts';

/** A creator with what stands beside it, each as far as the reader sees that. */
export function selectCreators(tx: TenantTx) {
  return tx.selectFrom('creators').selectAll('creators').select(besides());
}

export function besides() {
  return [
    contactOf().as('contact'),
    managerOf().as('manager'),
    accountsOf().as('accounts'),
    contractOf().as('contract'),
    isOwnRecord('creators').as('is_own'),
    sql<boolean>`(select app.scope()) = 'brand'`.as('is_client'),
    seenBrands().as('seen_brand_ids'),
  ] as const;
}

const contactOf = () => sql<Creator['contact']>`(
  select jsonb_build_object('contactId', c.id, 'firstName', c.first_name, 'lastName', c.last_name,
                            'emails', c.emails, 'phones', c.phones, 'avatarUrl', c.avatar_url)
    from contacts c where c.organization_id = creators.organization_id and c.id = creators.contact_id)`;

const managerOf = () => sql<Creator['manager']>`(
  select jsonb_build_object('contactId', c.id, 'name', c.name, 'emails', c.emails)
    from contacts c where c.organization_id = creators.organization_id and c.id = creators.manager_contact_id)`;

const accountsOf = () => sql<CreatorAccount[]>`coalesce((
  select jsonb_agg(jsonb_build_object(
           'creatorPlatformId', p.id, 'platform', p.platform, 'handle', p.handle, 'profileUrl', p.profile_url,
           'imageUrl', p.image_url, 'followers', p.followers,
           'engagementRate', trim_scale(coalesce(p.engagement_rate, p.stated_engagement_rate))::text,
           'engagementBasis', case when p.engagement_rate is not null then 'FOLLOWERS' else p.stated_engagement_basis::text end,
           'isVerified', p.is_verified, 'source', p.source,
           'figuresAt', to_char(p.figures_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
           'connectionState', p.connection_state) order by p.followers desc nulls last, p.platform, p.id)
    from creator_platforms p
   where p.organization_id = creators.organization_id and p.creator_id = creators.id and p.is_active), '[]')`;

interface ContractState {
  state: NonNullable<Creator['contractState']>;
  endsOn: string | null;
}

const isRunning = sql`(k.status = 'SIGNED' and (k.ends_on is null or k.ends_on >= ${today}))`;

/** The state of those contracts k that a statement groups; what ends soon is said before what runs on. */
export const contractState: RawBuilder<unknown> = sql`case
  when bool_or(${isRunning} and k.ends_on <= ${today} + 30) then 'ENDING'
  when bool_or(${isRunning}) then 'ACTIVE'
  when bool_or(k.status in ('DRAFT', 'SENT')) then 'DRAFT'
  when count(*) > 0 then 'ENDED' else 'NONE' end`;

const contractOf = () => sql<ContractState | null>`(
  select jsonb_build_object('state', ${contractState}, 'endsOn', min(k.ends_on) filter (where ${isRunning}))
    from creator_contracts k
   where k.organization_id = creators.organization_id and k.creator_id = creators.id and k.is_active)`;

const seenBrands = () => sql<string[]>`case when (select app.sees_all()) then creators.brand_ids
  else array(select b from unnest(creators.brand_ids) b where b = any ((select app.brand_ids())::uuid[]) order by b) end`;

export type CreatorRow = Selectable<Creators> & {
  contact: Creator['contact'];
  manager: Creator['manager'];
  accounts: CreatorAccount[];
  contract: ContractState | null;
  is_own: boolean;
  is_client: boolean;
  seen_brand_ids: string[];
};

export function toCreator(row: CreatorRow): Creator {
  const record = toRecord(row);
  const isElsewhere = row.seen_brand_ids.length < row.brand_ids.length;
  return {
    contactId: row.contact_id,
    name: row.name,
    contact: row.contact,
    status: row.status,
    statusChangedAt: row.status_changed_at.toISOString(),
    categories: row.categories,
    primaryPlatform: row.primary_platform,
    commissionPercent: row.is_client ? null : row.commission_percent && plain(row.commission_percent),
    managerContactId: row.manager_contact_id,
    manager: row.manager,
    estimatedReach: row.estimated_reach,
    totalFollowers: row.total_followers,
    engagementRate: row.engagement_rate && plain(row.engagement_rate),
    engagementBasis: row.engagement_basis,
    audienceCountries: row.audience_countries,
    platforms: row.accounts,
    brandIds: row.seen_brand_ids,
    worksForOtherBrands: row.is_client ? null : isElsewhere,
    contractState: row.is_client ? null : (row.contract?.state ?? 'NONE'),
    contractEndsOn: row.is_client ? null : (row.contract?.endsOn ?? null),
    isChangeable: row.is_own && !row.is_client,
    ...record,
    // Whose brand it is, is nothing for those who see the creator through another's campaign.
    brandId: row.is_own ? record.brandId : null,
  };
}
