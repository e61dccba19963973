import type { CampaignListing } from '../ad-platform.ts';
import { PlatformError } from '../errors.ts';
import type { Source } from './days.ts';
import { toCampaignListing } from './map.ts';
import { type CampaignRowWire, campaignRowWire, labelRowWire, read } from './wire.ts';

/** Removed campaigns are in it: Google leaves none out unless it is asked to. */
const CAMPAIGNS = `SELECT ${[
  ...['campaign.id', 'campaign.name', 'campaign.status', 'campaign.advertising_channel_type'],
  ...['campaign.start_date_time', 'campaign.end_date_time', 'campaign_budget.amount_micros'],
  ...['campaign_budget.total_amount_micros', 'campaign_budget.explicitly_shared', 'campaign.labels'],
].join(', ')} FROM campaign`;

/** A campaign names its labels by their resource names alone. Source: Google Ads API, Campaign.labels and Label. */
const LABELS = `SELECT label.resource_name, label.name FROM label WHERE label.status = 'ENABLED'`;

/** Labels cost one operation more, and only where a campaign has one. */
export async function* listCampaigns(source: Source): AsyncGenerator<CampaignListing[]> {
  const rows: CampaignRowWire[] = [];
  for await (const row of ask(source, CAMPAIGNS)) rows.push(read(campaignRowWire, row, 'campaigns'));
  const isLabelled = rows.some(({ campaign }) => campaign.labels.length > 0);
  const names = isLabelled ? await labelNames(source) : new Map<string, string>();
  if (rows.length > 0) yield rows.map((row) => toCampaignListing(row, names));
}

async function labelNames(source: Source): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for await (const row of ask(source, LABELS)) {
    const { resourceName, name } = read(labelRowWire, row, 'labels').label;
    if (name.trim() !== '') names.set(resourceName, name.trim());
  }
  return names;
}

/** In one stream, which is one operation; page by page where that is more than fits or than Google makes in time. */
async function* ask({ google, access, account }: Source, query: string): AsyncGenerator<unknown> {
  const question = { customerId: account.nativeId, loginId: account.loginNativeId, query };
  try {
    // The whole answer is there before its first batch is handed on.
    for await (const rows of google.searchStream(access, question)) yield* rows;
  } catch (error) {
    if (!(error instanceof PlatformError) || !error.isTooMuch) throw error;
    for await (const rows of google.search(access, question)) yield* rows;
  }
}
