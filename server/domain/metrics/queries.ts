import type { TenantTx } from '../../../db/tenant.ts';
import { getCampaign } from '../campaigns/queries.ts';
import { getOrganization } from '../organizations/queries.ts';
import { assembleMetrics } from './assemble.ts';
import { type AttachedRow, readAttached, readFacts, readReach } from './facts.ts';
import { dayIn, resolveRange } from './range.ts';
import type { CampaignMetrics, CampaignMetricsInput, MetricsSummary, MetricsSummaryInput } from './schema.ts';
import { summarizeCampaigns } from './summary.ts';

/**
 * A campaign's figures over a range of business days, in its accounts' currencies and in one that all are converted to.
 * Five queries in two round trips of one transaction. `now` decides which account's day is still running.
 * Errors: `not_found`; `invalid` on `from` or `to`.
 */
export async function getCampaignMetrics(
  tx: TenantTx,
  input: CampaignMetricsInput,
  now: Date,
): Promise<CampaignMetrics> {
  const { campaignId } = input;
  const [, organization, attached] = await Promise.all([
    getCampaign(tx, campaignId),
    getOrganization(tx),
    readAttached(tx, campaignId, now),
  ]);
  const range = resolveRange(input, newestDay(attached) ?? dayIn(organization.timeZone, now));
  const currency = input.currency ?? organization.reportingCurrency;
  const [facts, reach] = await Promise.all([
    readFacts(tx, campaignId, range, currency),
    readReach(tx, campaignId, range),
  ]);
  return assembleMetrics({ campaignId, range, currency, facts, attached, reach });
}

/** The last 28 days of each of these campaigns that has figures, in one currency: what a list shows beside a name. */
export async function getMetricsSummary(tx: TenantTx, input: MetricsSummaryInput): Promise<MetricsSummary> {
  const currency = input.currency ?? (await getOrganization(tx)).reportingCurrency;
  return { currency, items: await summarizeCampaigns(tx, input.campaignIds, currency) };
}

/** The newest day that any of the accounts covers. */
function newestDay(attached: readonly AttachedRow[]): string | undefined {
  return attached
    .flatMap((item) => (item.newest_business_date === null ? [] : [item.newest_business_date]))
    .sort()
    .at(-1);
}
