import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import {
  type MatchedCampaign,
  type MatchedList,
  type MatchRule,
  type MatchRuleList,
  NAMED,
} from './schema.ts';

/** A campaign's rules in the order in which they are tried. Errors: `not_found`. */
export async function listMatchRules(tx: TenantTx, campaignId: string): Promise<MatchRuleList> {
  const [campaign, rows, asleep, narrow] = await Promise.all([
    tx
      .selectFrom('campaigns')
      .select(['version', 'status', 'is_active'])
      .where('id', '=', campaignId)
      .executeTakeFirst(),
    selectRules(tx, campaignId),
    sql<{ id: string }>`select id from app.match_rules_asleep(${campaignId}::uuid) as id`.execute(tx),
    sql<{ id: string }>`select id from app.match_rules_narrow(${campaignId}::uuid) as id`.execute(tx),
  ]);
  if (!campaign) throw notFound('campaign');
  const idsOf = (found: { rows: readonly { id: string }[] }) => new Set(found.rows.map(({ id }) => id));
  const eyes = { asleep: idsOf(asleep), narrow: idsOf(narrow) };
  return {
    campaignId,
    rules: rows.map((row) => toMatchRule(row, eyes)),
    isResting: !campaign.is_active || ['COMPLETED', 'CANCELLED'].includes(campaign.status),
    version: campaign.version,
  };
}

/** Whether an agency has any rule: without one nothing has to be matched. */
export async function hasMatchRules(tx: TenantTx): Promise<boolean> {
  const row = await tx.selectFrom('campaign_match_rules').select('id').limit(1).executeTakeFirst();
  return row !== undefined;
}

/**
 * The campaigns whose rules alone claim some waiting platform campaign of an ad account (null: of any), as the
 * database's own rule of reach says it.
 */
export async function campaignsToMatch(tx: TenantTx, adAccountId: string | null): Promise<string[]> {
  const { rows } = await sql<{ campaign_id: string }>`
    with claims as (select * from app.match_claims(${adAccountId === null ? null : [adAccountId]}::uuid[])),
    sole as (select (array_agg(campaign_id))[1] as campaign_id from claims
              group by platform_campaign_id having count(*) = 1)
    select distinct campaign_id from sole order by campaign_id`.execute(tx);
  return rows.map((row) => row.campaign_id);
}

/** Platform campaigns by name: all are counted, the first named, as far as they are seen. */
export async function findMatched(
  tx: TenantTx,
  platformCampaignIds: readonly string[],
): Promise<MatchedList> {
  if (platformCampaignIds.length === 0) return { count: 0, items: [] };
  const rows = await tx
    .selectFrom('platform_campaigns as p')
    .innerJoin('ad_accounts as a', (join) =>
      join.onRef('a.organization_id', '=', 'p.organization_id').onRef('a.id', '=', 'p.ad_account_id'),
    )
    .select(['p.id', 'p.name', 'p.ad_account_id', 'p.labels', 'p.native_status', 'p.is_gone'])
    .select(['a.name as account_name', 'a.platform'])
    .where('p.id', 'in', platformCampaignIds)
    .orderBy(sql`lower(p.name)`)
    .orderBy('p.id')
    .limit(NAMED)
    .execute();
  return { count: platformCampaignIds.length, items: rows.map(toMatchedCampaign) };
}

export interface MatchedRow {
  id: string;
  name: string;
  ad_account_id: string;
  account_name: string;
  platform: string;
  labels: string[];
  native_status: string | null;
  is_gone: boolean;
}

export function toMatchedCampaign(row: MatchedRow): MatchedCampaign {
  return {
    platformCampaignId: row.id,
    name: row.name,
    adAccountId: row.ad_account_id,
    adAccountName: row.account_name,
    platform: row.platform,
    labels: row.labels,
    nativeStatus: row.native_status,
    isGone: row.is_gone,
  };
}

export type MatchRuleRow = Awaited<ReturnType<typeof selectRules>>[number];

function selectRules(tx: TenantTx, campaignId: string) {
  return tx
    .selectFrom('campaign_match_rules as r')
    .leftJoin('ad_accounts as a', (join) =>
      join.onRef('a.organization_id', '=', 'r.organization_id').onRef('a.id', '=', 'r.ad_account_id'),
    )
    .leftJoin('users as u', 'u.id', 'r.created_by_id')
    .selectAll('r')
    .select(['a.name as account_name', 'u.name as author_name'])
    .where('r.campaign_id', '=', campaignId)
    .orderBy('r.position')
    .orderBy('r.id')
    .execute();
}

/** The rules whose author is gone, and those whose author sees less than the agency. */
interface Eyes {
  asleep: ReadonlySet<string>;
  narrow: ReadonlySet<string>;
}

function toMatchRule(row: MatchRuleRow, eyes: Eyes): MatchRule {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    position: row.position,
    adAccountId: row.ad_account_id,
    adAccountName: row.account_name,
    platform: row.platform,
    nameMatch: row.name_match as MatchRule['nameMatch'],
    namePattern: row.name_pattern,
    label: row.label,
    isBoost: row.is_boost,
    createdById: row.created_by_id,
    createdByName: row.author_name,
    isAsleep: eyes.asleep.has(row.id),
    isNarrow: eyes.narrow.has(row.id),
    createdAt: row.created_at.toISOString(),
  };
}
