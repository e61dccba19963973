import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { notFound } from '../../kernel/errors.ts';
import { dayIn } from '../../kernel/time-zones.ts';
import { listCreatorCosts } from '../campaign-creators/queries.ts';
import { sumResults } from '../campaign-results/queries.ts';
import { getOrganization } from '../organizations/queries.ts';
import { assembleStack, type FoundCosts } from './assemble.ts';
import { readCostCampaigns, readCostRates, readOtherCosts, readPlatformCosts } from './facts.ts';
import { listMargins } from './margins.ts';
import type { CostStack, CostStackInput } from './schema.ts';

/**
 * What campaigns cost, from the platforms up to what the client pays, and what that brought. Nine queries.
 * Errors: `not_found` where the reader does not see one of the campaigns.
 */
export async function getCostStack(
  tx: TenantTx,
  principal: Principal,
  { input, now }: { input: CostStackInput; now: Date },
): Promise<CostStack> {
  return assembleStack(await readStack(tx, principal, { input, now })).answer;
}

/** What the stack is made of. Errors: `not_found`. */
export async function readStack(
  tx: TenantTx,
  principal: Principal,
  { input, now }: { input: CostStackInput; now: Date },
): Promise<FoundCosts> {
  const campaignIds = [...new Set(input.campaignIds)];
  const range = { from: input.from, to: input.to };
  const [organization, campaigns, platform, other, creators, results, margins] = await Promise.all([
    getOrganization(tx),
    readCostCampaigns(tx, campaignIds),
    readPlatformCosts(tx, campaignIds, range),
    readOtherCosts(tx, campaignIds, range),
    listCreatorCosts(tx, principal, { campaignIds, ...range }),
    sumResults(tx, { campaignIds, ...range }),
    listMargins(tx, {}),
  ]);
  if (campaigns.length < campaignIds.length) throw notFound('campaign');
  const [only] = campaigns;
  const own = campaigns.length === 1 ? (only?.currency ?? null) : null;
  const currency = input.currency ?? own ?? organization.reportingCurrency;
  const today = dayIn(organization.timeZone, now);
  const fees = creators.flatMap((one) =>
    one.currency === null
      ? []
      : [
          ...one.earnedByDay.map(({ date }) => ({ date, currency: one.currency ?? currency })),
          { date: today, currency: one.currency },
        ],
  );
  const fixed = margins.items.flatMap(({ amount }) =>
    amount ? [{ date: today, currency: amount.currency }] : [],
  );
  const rates = await readCostRates(tx, currency, [
    ...platform.map(({ date, currency: of }) => ({ date, currency: of })),
    ...other.map(({ date, currency: of }) => ({ date, currency: of })),
    ...results.flatMap(({ date, currency: of }) => (of === null ? [] : [{ date, currency: of }])),
    ...fees,
    ...fixed,
  ]);
  return {
    ...{ campaigns, platform, other, creators, results, rates, currency, today, range },
    margins: margins.items,
  };
}
