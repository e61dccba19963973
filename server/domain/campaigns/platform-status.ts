import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { dayIn, isTimeZone, plusDays } from '../../kernel/time-zones.ts';
import { toAmount } from '../records/money.ts';
import { getOrganization } from '../organizations/queries.ts';
import { getCampaign } from './queries.ts';
import { type Delivery, disagreementsOf, isRunning } from './platform-status-rules.ts';
import type { PlatformStatus } from './schema.ts';

const RECENT_DAYS = 3;

/**
 * What the platforms say of a campaign beside what the agency says, and where they disagree. Days are each account's own;
 * a day counts once it is whole and covered by its account's figures. Errors: `not_found`.
 */
export async function readPlatformStatus(
  tx: TenantTx,
  { campaignId, now }: { campaignId: string; now: Date },
): Promise<PlatformStatus> {
  const [campaign, rows, { timeZone }, creators] = await Promise.all([
    getCampaign(tx, campaignId),
    selectAttached(tx, campaignId),
    getOrganization(tx),
    tx
      .selectFrom('campaign_creators')
      .select('id')
      .where('campaign_id', '=', campaignId)
      .where('is_active', '=', true)
      .limit(1)
      .execute(),
  ]);
  const movedAt = new Date(campaign.statusChangedAt);
  const windows = rows.map((row) => windowOf(row, movedAt, now));
  const spent = await readSpend(tx, windows);
  const found = rows.map((row, index) => {
    const window = windows[index] ?? null;
    return { row, window, spent: spent.get(row.id) };
  });
  const ours = {
    status: campaign.status,
    startsOn: campaign.startsOn,
    endsOn: campaign.endsOn,
    movedOn: dayIn(timeZone, movedAt),
    hasCreators: creators.length > 0,
  };
  return {
    campaignId,
    status: campaign.status,
    platformCampaigns: found.map(toPlatformCampaign),
    disagreements: disagreementsOf(ours, found.map(toDelivery)),
  };
}

type Attached = Awaited<ReturnType<typeof selectAttached>>[number];

function selectAttached(tx: TenantTx, campaignId: string) {
  return tx
    .selectFrom('platform_campaigns as p')
    .innerJoin('ad_accounts as a', (join) =>
      join.onRef('a.organization_id', '=', 'p.organization_id').onRef('a.id', '=', 'p.ad_account_id'),
    )
    .select(['p.id', 'p.name', 'p.native_id', 'p.native_status', 'p.is_gone', 'p.starts_on', 'p.ends_on'])
    .select(['a.id as account_id', 'a.name as account_name', 'a.platform', 'a.currency', 'a.time_zone'])
    .select('a.newest_business_date')
    .where('p.campaign_id', '=', campaignId)
    .orderBy(sql`lower(p.name)`)
    .orderBy('p.id')
    .execute();
}

interface Window {
  id: string;
  currency: string;
  /** The newest whole days that the account's figures cover. */
  from: string;
  to: string;
  /** The day of our move, in the account's zone. */
  moved: string;
  /** Whether `to` is yesterday: what is older says nothing of today. */
  isFresh: boolean;
}

/** Null while the account has no figures of a whole day. */
function windowOf(row: Attached, movedAt: Date, now: Date): Window | null {
  const zone = isTimeZone(row.time_zone) ? row.time_zone : 'UTC';
  const yesterday = plusDays(dayIn(zone, now), -1);
  const newest = row.newest_business_date;
  if (newest === null) return null;
  const to = newest < yesterday ? newest : yesterday;
  return {
    id: row.id,
    currency: row.currency,
    from: plusDays(to, 1 - RECENT_DAYS),
    to,
    moved: dayIn(zone, movedAt),
    isFresh: to === yesterday,
  };
}

interface Spent {
  recent: string | null;
  since: string | null;
  lately: string | null;
}

async function readSpend(tx: TenantTx, windows: readonly (Window | null)[]): Promise<Map<string, Spent>> {
  const asked = windows.filter((window) => window !== null);
  if (asked.length === 0) return new Map();
  const { rows } = await sql<Spent & { id: string }>`
    select w.id,
           sum(m.spend) filter (where m.date >= w."from")::text as recent,
           sum(m.spend) filter (where m.date > w.moved)::text as since,
           sum(m.spend) filter (where m.date >= w."to" - 1)::text as lately
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
             as w (id uuid, currency text, "from" date, "to" date, moved date)
      join campaign_metrics m
        on m.platform_campaign_id = w.id and m.currency = w.currency
       and m.date between least(w."from", w.moved + 1) and w."to"
     group by w.id`.execute(tx);
  return new Map(rows.map(({ id, ...spent }) => [id, spent]));
}

interface Found {
  row: Attached;
  window: Window | null;
  spent: Spent | undefined;
}

function toDelivery({ row, window, spent }: Found): Delivery {
  const isAfter = window !== null && window.to > window.moved;
  const isSettled = window !== null && window.isFresh && window.moved < plusDays(window.to, -1);
  return {
    platformCampaignId: row.id,
    name: row.name,
    isRunning: isRunning(row.native_status),
    isGone: row.is_gone,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    currency: row.currency,
    // A day without delivery has no row: of days that the figures cover that is nothing spent, and known.
    spentSince: isAfter ? (spent?.since ?? '0') : null,
    spentLately: isSettled ? (spent?.lately ?? '0') : null,
  };
}

function toPlatformCampaign({ row, window, spent }: Found): PlatformStatus['platformCampaigns'][number] {
  const { currency } = row;
  return {
    platformCampaignId: row.id,
    name: row.name,
    platform: row.platform,
    adAccountId: row.account_id,
    adAccountName: row.account_name,
    nativeId: row.native_id,
    nativeStatus: row.native_status,
    isRunning: isRunning(row.native_status),
    isGone: row.is_gone,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    recent: window && {
      from: window.from,
      to: window.to,
      spend: { amount: toAmount(spent?.recent ?? '0', currency), currency },
    },
  };
}
