import type { TenantTx } from '../../../db/tenant.ts';
import type { PlatformRegistry } from '../../integrations/registry.ts';
import { getOrganization } from '../organizations/queries.ts';
import { readFetchSettings } from '../platform-settings/queries.ts';
import { assembleDashboard } from './dashboard-assemble.ts';
import { type FactsRequest, readDashboardFacts, readDashboardReach, readKeys } from './dashboard-facts.ts';
import { cutsAccounts, type FigureFilter } from './dashboard-frame.ts';
import { comparedRange } from './dashboard-range.ts';
import type { Dashboard, DashboardInput } from './dashboard-schema.ts';
import { type AccountRow, readAccounts, readFreshness } from './freshness-read.ts';
import { dayIn, resolveRange } from './range.ts';

export interface DashboardContext {
  platforms: Pick<PlatformRegistry, 'list'>;
  now: Date;
}

/**
 * Every figure of the platform campaigns that the reader sees and the filter leaves, over a range of business days: in
 * all, by day and by one breakdown, in one currency. Seven queries in two round trips of one transaction.
 * Errors: `invalid` on `from`, `to` or `compareFrom`.
 */
export async function getDashboard(
  tx: TenantTx,
  { platforms, now }: DashboardContext,
  input: DashboardInput,
): Promise<Dashboard> {
  const [organization, settings, accounts] = await Promise.all([
    getOrganization(tx),
    readFetchSettings(tx),
    readAccounts(tx, filterOf(input)),
  ]);
  const request = toRequest(input, { ...organization, accounts, now });
  const known = platforms.list();
  const [rows, keys, reach, read] = await Promise.all([
    readDashboardFacts(tx, request, accounts),
    readKeys(tx, request),
    readDashboardReach(tx, request),
    readFreshness(tx, {
      ...{ accounts, settings, platforms: known, now, days: request.range },
      asOf: request.asOf === null ? null : new Date(request.asOf),
    }),
  ]);
  return assembleDashboard({
    ...{ input, request, rows, keys, reach },
    accounts: read.filter((item) => item.account.is_active || hasFigures(item.account, rows)),
    cutsAccounts: cutsAccounts(request.filter),
    platformNames: new Map(known.map(({ id, name }) => [id, name])),
  });
}

/** The part of an input that says which platform campaigns. */
export function filterOf(input: FigureFilter): FigureFilter {
  const { campaignIds, brandId, ownerId, status, objective } = input;
  const { platform, adAccountId, platformCampaignId, creatorId, isAttached } = input;
  return {
    ...{ campaignIds, brandId, ownerId, status, objective },
    ...{ platform, adAccountId, platformCampaignId, creatorId, isAttached },
  };
}

interface Standing {
  reportingCurrency: string;
  timeZone: string;
  accounts: readonly AccountRow[];
  now: Date;
}

/** The input with what it leaves out: the last 28 days up to the newest that the figures cover, the agency's currency. */
export function toRequest(
  input: Omit<DashboardInput, 'sortBy' | 'limit'>,
  { reportingCurrency, timeZone, accounts, now }: Standing,
): FactsRequest {
  const asOf = input.asOf ?? null;
  const today = dayIn(timeZone, asOf === null ? now : new Date(asOf));
  const newest =
    accounts
      .flatMap((account) => account.newest_business_date ?? [])
      .sort()
      .at(-1) ?? today;
  const range = resolveRange(input, asOf !== null && newest > today ? today : newest);
  return {
    filter: filterOf(input),
    by: input.by,
    range,
    compared: comparedRange(range, input),
    currency: input.currency ?? reportingCurrency,
    asOf,
  };
}

/** An account that nobody uses any more says nothing of days on which it had no figure. */
function hasFigures(account: AccountRow, rows: readonly { kind: string; key: string | null }[]): boolean {
  return rows.some(({ kind, key }) => kind === 'ACCOUNT' && key === account.id);
}
