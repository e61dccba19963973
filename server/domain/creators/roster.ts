import { type RawBuilder, sql, type SqlBool } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Resolved } from '../records/filter-queries.ts';
import { filterRecords } from '../records/queries.ts';
import type { ListCreatorsInput } from './schema.ts';
import { contractState } from './select.ts';

export type CreatorFilters = Partial<Resolved<ListCreatorsInput>>;

/** The creators that a roster shows, without columns yet. Hand a list's input through resolveFilter first. */
export function matchingCreators(tx: TenantTx, input: CreatorFilters) {
  const { brandId, ...common } = input;
  let query = filterRecords(tx.selectFrom('creators'), 'creators', common);
  if (input.status) query = query.where('creators.status', '=', input.status);
  if (input.contactId) query = query.where('creators.contact_id', '=', input.contactId);
  if (input.managerContactId) query = query.where('creators.manager_contact_id', '=', input.managerContactId);
  for (const condition of [
    ...accountConditions(input),
    input.category ? sql<SqlBool>`${input.category} = any (creators.categories)` : null,
    input.audienceCountry ? sql<SqlBool>`${input.audienceCountry} = any (creators.audience_countries)` : null,
    brandId ? worksFor(brandId) : null,
    input.contractState ? hasContracts(input.contractState) : null,
    input.blockedForBrandId ? isBlockedFor(input.blockedForBrandId) : null,
  ])
    if (condition) query = query.where(condition);
  return query;
}

/** Of one account where a platform is named or what only an account has is asked for, else of the creator's totals. */
function accountConditions(input: CreatorFilters): RawBuilder<SqlBool>[] {
  const isOfAccount =
    input.platform !== undefined || input.isVerified !== undefined || input.connectionState !== undefined;
  const hasFigures = input.platform !== undefined;
  const totals = figureConditions(
    { followers: sql`creators.total_followers`, engagement: sql`creators.engagement_rate` },
    input,
  );
  if (!isOfAccount) return totals;
  const ofAccount = [
    input.platform ? sql`p.platform = ${input.platform}::social_platform` : null,
    input.isVerified === undefined
      ? null
      : sql`p.is_verified is ${input.isVerified ? sql`true` : sql`not true`}`,
    input.connectionState
      ? sql`p.connection_state = ${input.connectionState}::creator_connection_state`
      : null,
    ...(hasFigures
      ? figureConditions(
          {
            followers: sql`p.followers`,
            engagement: sql`coalesce(p.engagement_rate, p.stated_engagement_rate)`,
          },
          input,
        )
      : []),
  ].filter((one) => one !== null);
  const account = sql<SqlBool>`exists (select from creator_platforms p
    where p.organization_id = creators.organization_id and p.creator_id = creators.id and p.is_active
      and ${sql.join(ofAccount, sql` and `)})`;
  return hasFigures ? [account] : [account, ...totals];
}

interface FigureColumns {
  followers: RawBuilder<unknown>;
  engagement: RawBuilder<unknown>;
}

/** What is unknown is in no range. */
function figureConditions(columns: FigureColumns, input: CreatorFilters): RawBuilder<SqlBool>[] {
  const { followersFrom, followersTo, engagementFrom, engagementTo } = input;
  return [
    followersFrom === undefined ? null : sql<SqlBool>`${columns.followers} >= ${followersFrom}::bigint`,
    followersTo === undefined ? null : sql<SqlBool>`${columns.followers} <= ${followersTo}::bigint`,
    engagementFrom === undefined ? null : sql<SqlBool>`${columns.engagement} >= ${engagementFrom}::numeric`,
    engagementTo === undefined ? null : sql<SqlBool>`${columns.engagement} <= ${engagementTo}::numeric`,
  ].filter((one) => one !== null);
}

/** A brand that the reader does not see has no creators, for all that they can ask. */
function worksFor(brandId: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${brandId}::uuid = any (creators.brand_ids)
    and ((select app.sees_all()) or ${brandId}::uuid = any ((select app.brand_ids())::uuid[])))`;
}

/** By subqueries that are hashed once: an array would be gone through for every row. */
function hasContracts(state: NonNullable<ListCreatorsInput['contractState']>): RawBuilder<SqlBool> {
  const isAgency = sql`(select app.scope()) <> 'brand'`;
  if (state === 'NONE')
    return sql<SqlBool>`(${isAgency} and creators.id not in (
      select k.creator_id from creator_contracts k where k.is_active))`;
  return sql<SqlBool>`(${isAgency} and creators.id in (
    select k.creator_id from creator_contracts k where k.is_active
     group by k.creator_id having ${contractState} = ${state}))`;
}

function isBlockedFor(brandId: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`creators.id in (
    select b.creator_id from creator_blocks b where b.brand_id is null or b.brand_id = ${brandId}::uuid)`;
}
