import type { TenantTx } from '../../../db/tenant.ts';
import { cutsAccounts, holdsAccountsWhole } from './dashboard-frame.ts';
import type { ExplainInput } from './dashboard-schema.ts';
import { type ExplainedReach, type ExplainRequest, readExplainedReach, readSole } from './explain-read.ts';

/** The reach behind a figure, or why there is none. */
export interface ReachBehind {
  found: ExplainedReach | null;
  note: string;
}

const UNASKED: ReachBehind = { found: null, note: '' };

/**
 * Reach is never a sum: it is there where all rows are of one platform campaign, or of one account whole, and the platform
 * was asked for exactly these days. As the dashboard decides it.
 */
export async function readReachBehind(
  tx: TenantTx,
  request: ExplainRequest,
  input: ExplainInput,
): Promise<ReachBehind> {
  if (input.figure !== 'reach' && input.figure !== 'frequency') return UNASKED;
  if (input.by === 'DAY')
    return { found: null, note: 'People of single days are not asked for: one person counts on many days.' };
  const sole = await readSole(tx, request);
  const of = wholeOf(sole, request);
  if (of === null)
    return {
      found: null,
      note: 'Several are behind this, and they may have reached the same people: reach is not added.',
    };
  const found = await readExplainedReach(tx, request, of);
  if (found === null || found.reach === null)
    return {
      found: null,
      note: 'The platform was not asked for exactly these days, or gave no reach for them.',
    };
  return { found, note: 'As the platform gave it for exactly these days.' };
}

function wholeOf(
  {
    platform_campaign_id: platformCampaignId,
    ad_account_id: adAccountId,
  }: Awaited<ReturnType<typeof readSole>>,
  { filter, row }: ExplainRequest,
) {
  if (platformCampaignId !== null) return { platformCampaignId };
  const isWhole = !cutsAccounts(filter) && (row === null || holdsAccountsWhole(row.by));
  return adAccountId !== null && isWhole ? { adAccountId } : null;
}
