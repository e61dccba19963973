import type { CampaignListing } from '../ad-platform.ts';
import { PlatformError } from '../errors.ts';
import type { Source } from './days.ts';
import { toCampaignListing } from './map.ts';
import { campaignRowWire, read } from './wire.ts';

/** Removed campaigns are in it: Google leaves none out unless it is asked to. */
const CAMPAIGNS = `SELECT ${[
  ...['campaign.id', 'campaign.name', 'campaign.status', 'campaign.advertising_channel_type'],
  ...['campaign.start_date_time', 'campaign.end_date_time', 'campaign_budget.amount_micros'],
  ...['campaign_budget.total_amount_micros', 'campaign_budget.explicitly_shared'],
].join(', ')} FROM campaign`;

/** In one stream, which is one operation; page by page where that is more than fits or than Google makes in time. */
export async function* listCampaigns(source: Source): AsyncGenerator<CampaignListing[]> {
  const { google, access, account } = source;
  const question = { customerId: account.nativeId, loginId: account.loginNativeId, query: CAMPAIGNS };
  const toListing = (row: unknown) => toCampaignListing(read(campaignRowWire, row, 'campaigns'));
  try {
    // The whole answer is there before its first batch is handed on.
    for await (const rows of google.searchStream(access, question)) yield rows.map(toListing);
  } catch (error) {
    if (!(error instanceof PlatformError) || !error.isTooMuch) throw error;
    for await (const rows of google.search(access, question)) yield rows.map(toListing);
  }
}
