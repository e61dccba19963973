import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { may, type Principal } from '../../auth/principal.ts';
import { dayIn } from '../../kernel/time-zones.ts';
import { listOverdue } from '../campaign-creators/queries.ts';
import { listContracts } from '../creator-contracts/queries.ts';
import { getOrganization } from '../organizations/queries.ts';

import { addDays, dayWords } from '../pacing/rules.ts';
import { findCampaigns } from './queries.ts';
import { type FoundCampaign, offBy } from './rules.ts';
import {
  type Exception,
  exceptionKinds,
  type Exceptions,
  type ExceptionsInput,
  severities,
} from './schema.ts';

/** Days before its end on which a campaign that nobody completes by date is told of. */
const ENDING_DAYS = 3;
/** Each source tells of at most so many. */
const MOST_OF_A_KIND = 200;

const nothing = {
  ...{ brandId: null, brandName: null, campaignId: null, campaignName: null, adAccountId: null },
  ...{ syncRunId: null, creatorId: null, creatorName: null, contractId: null, budgetVersionId: null },
  date: null,
} satisfies Partial<Exception>;

/**
 * What wants somebody now, the most pressing first: what is off its pace, late, failed, overdue, ending or waits for the
 * reader. What is the agency's own is told to its people alone.
 */
export async function listExceptions(
  tx: TenantTx,
  principal: Principal,
  { input, now }: { input: ExceptionsInput; now: Date },
): Promise<Exceptions> {
  const { brandId } = input;
  const isClient = principal.brandId !== null;
  const [{ timeZone }, { found }] = await Promise.all([
    getOrganization(tx),
    findCampaigns(tx, principal, { input: { brandId, isOpen: true }, now }),
  ]);
  const today = dayIn(timeZone, now);
  const all = [
    ...(await ofAccounts(tx, found)),
    ...(isClient ? [] : ofPaces(found)),
    ...ofDates(found, today),
    ...(isClient ? [] : await ofSpendWhilePaused(tx, found, today)),
    ...(may(principal, 'campaigns.approve') ? ofApprovals(found) : []),
    ...(may(principal, 'budgets.approve') ? await ofBudgets(tx, found) : []),
    ...(isClient ? [] : await ofCreators(tx, { found, brandId, now })),
  ];
  const shown = input.kind === undefined ? all : all.filter(({ kind }) => kind === input.kind);
  return {
    items: shown.sort(byPressure).slice(0, input.limit),
    counts: exceptionKinds.flatMap((kind) => {
      const count = all.filter((one) => one.kind === kind).length;
      return count === 0 ? [] : [{ kind, count }];
    }),
  };
}

function byPressure(a: Exception, b: Exception): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    exceptionKinds.indexOf(a.kind) - exceptionKinds.indexOf(b.kind) ||
    (a.date ?? '9999').localeCompare(b.date ?? '9999') ||
    a.sentence.localeCompare(b.sentence, 'en')
  );
}

function ofCampaign({ row }: FoundCampaign) {
  return {
    ...nothing,
    ...{ brandId: row.brand_id, brandName: row.brand_name, campaignId: row.id, campaignName: row.name },
  };
}

/** One for each account, however many campaigns it holds up. */
async function ofAccounts(tx: TenantTx, found: readonly FoundCampaign[]): Promise<Exception[]> {
  const troubled = new Map<
    string,
    { account: FoundCampaign['paced']['accounts'][number]; of: FoundCampaign[] }
  >();
  for (const one of found)
    for (const account of one.paced.accounts) {
      if (account.isDone || !['FAILED', 'STALE', 'NONE'].includes(account.state)) continue;
      const known = troubled.get(account.adAccountId) ?? { account, of: [] };
      known.of.push(one);
      troubled.set(account.adAccountId, known);
    }
  const runs = await newestFailures(tx, [...troubled.keys()]);
  return [...troubled.values()].map(({ account, of }) => {
    const [only] = of;
    const isOne = of.length === 1 && only !== undefined;
    const brands = new Set(of.map(({ row }) => row.brand_id));
    return {
      ...nothing,
      ...(isOne ? ofCampaign(only) : {}),
      ...(brands.size === 1 && only ? { brandId: only.row.brand_id, brandName: only.row.brand_name } : {}),
      kind: account.state === 'FAILED' ? 'SYNC_FAILED' : 'FIGURES_STALE',
      severity: account.state === 'FAILED' ? 'URGENT' : 'WARNING',
      sentence: `${account.name}: ${account.reason} ${isOne ? only.row.name : `${of.length} campaigns`} ${
        isOne ? 'waits' : 'wait'
      } for it.`,
      adAccountId: account.adAccountId,
      syncRunId: runs.get(account.adAccountId) ?? null,
      date: account.newestBusinessDate,
    };
  });
}

/** The newest run of each account that ended, where it failed. */
async function newestFailures(tx: TenantTx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ ad_account_id: string; id: string }>`
    select w.id as ad_account_id, r.id
      from unnest(${[...ids]}::uuid[]) as w (id)
      cross join lateral (
        select s.id, s.status from sync_runs as s
         where s.ad_account_id = w.id and s.status in ('SUCCESS', 'ERROR')
         order by s.finished_at desc nulls last, s.id desc limit 1) as r
     where r.status = 'ERROR'`.execute(tx);
  return new Map(rows.map((row) => [row.ad_account_id, row.id]));
}

/** Of what runs: a plan that nobody has launched keeps no pace. */
function ofPaces(found: readonly FoundCampaign[]): Exception[] {
  return found.flatMap((one) => {
    const { pace, campaign, spend } = one.paced;
    if (one.row.status !== 'ACTIVE' && one.row.status !== 'PAUSED') return [];
    if ((pace.band !== 'OVER' && pace.band !== 'UNDER') || pace.ratio === null) return [];
    const isFar = Number(offBy(pace.ratio)) > 2 * Number(campaign.tolerance);
    return {
      ...ofCampaign(one),
      kind: 'OFF_PACE' as const,
      severity: isFar ? ('URGENT' as const) : ('WARNING' as const),
      sentence: `${one.row.name}: ${pace.reason}`,
      date: spend.through,
    };
  });
}

function ofDates(found: readonly FoundCampaign[], today: string): Exception[] {
  return found.flatMap((one) => {
    const { status, ends_on: endsOn, name } = one.row;
    if (endsOn === null || (status !== 'ACTIVE' && status !== 'PAUSED')) return [];
    if (endsOn < today)
      return {
        ...ofCampaign(one),
        kind: 'OVER_AND_OPEN' as const,
        severity: 'WARNING' as const,
        sentence: `${name} ended on ${dayWords(endsOn)} and is not completed.`,
        date: endsOn,
      };
    if (endsOn > addDays(today, ENDING_DAYS)) return [];
    return {
      ...ofCampaign(one),
      kind: 'ENDING_SOON' as const,
      severity: 'NOTE' as const,
      sentence: endsOn === today ? `${name} ends today.` : `${name} ends on ${dayWords(endsOn)}.`,
      date: endsOn,
    };
  });
}

/** Paused or not yet launched here, and spending there on days after the day of that move. */
async function ofSpendWhilePaused(
  tx: TenantTx,
  found: readonly FoundCampaign[],
  today: string,
): Promise<Exception[]> {
  const resting = found.filter(({ row }) => row.status !== 'ACTIVE');
  if (resting.length === 0) return [];
  const { rows } = await sql<{ campaign_id: string; newest: string }>`
    select c.id as campaign_id, max(m.date) as newest
      from campaigns as c
      join platform_campaigns as p on p.organization_id = c.organization_id and p.campaign_id = c.id
      join ad_accounts as a on a.organization_id = p.organization_id and a.id = p.ad_account_id
      join campaign_metrics as m on m.organization_id = p.organization_id and m.platform_campaign_id = p.id
     where c.id = any (${resting.map(({ row }) => row.id)}::uuid[]) and m.spend > 0
       and m.date > (c.status_changed_at at time zone a.time_zone)::date and m.date >= ${today}::date - 7
     group by c.id`.execute(tx);
  const newest = new Map(rows.map((row) => [row.campaign_id, row.newest]));
  return resting.flatMap((one) => {
    const date = newest.get(one.row.id);
    if (date === undefined) return [];
    return {
      ...ofCampaign(one),
      kind: 'DISAGREES' as const,
      severity: 'URGENT' as const,
      sentence: `${one.row.name} is ${statusWords[one.row.status] ?? 'not active'} here and still spends on its platform, last on ${dayWords(date)}.`,
      date,
    };
  });
}

const statusWords: Partial<Record<FoundCampaign['row']['status'], string>> = {
  PENDING_APPROVAL: 'not approved',
  APPROVED: 'not launched',
  PAUSED: 'paused',
};

function ofApprovals(found: readonly FoundCampaign[]): Exception[] {
  return found
    .filter(({ row }) => row.status === 'PENDING_APPROVAL')
    .map((one) => ({
      ...ofCampaign(one),
      kind: 'PENDING_APPROVAL' as const,
      severity: 'NOTE' as const,
      sentence: `${one.row.name} waits for its approval.`,
      date: one.row.starts_on,
    }));
}

async function ofBudgets(tx: TenantTx, found: readonly FoundCampaign[]): Promise<Exception[]> {
  if (found.length === 0) return [];
  const rows = await tx
    .selectFrom('budget_versions')
    .select(['id', 'campaign_id', 'number'])
    .where('status', '=', 'SUBMITTED')
    .orderBy('submitted_at')
    .limit(MOST_OF_A_KIND)
    .execute();
  const byId = new Map(found.map((one) => [one.row.id, one]));
  return rows.flatMap((row) => {
    const one = byId.get(row.campaign_id);
    if (!one) return [];
    return {
      ...ofCampaign(one),
      kind: 'BUDGET_PENDING' as const,
      severity: 'NOTE' as const,
      sentence: `Budget ${row.number} of ${one.row.name} waits for its approval.`,
      budgetVersionId: row.id,
    };
  });
}

async function ofCreators(
  tx: TenantTx,
  { found, brandId, now }: { found: readonly FoundCampaign[]; brandId: string | undefined; now: Date },
): Promise<Exception[]> {
  const [{ items }, contracts] = await Promise.all([
    listOverdue(tx, { outstanding: true, limit: MOST_OF_A_KIND }),
    listContracts(tx, now, { brandId, endingWithinDays: 7, sort: 'endsOn', limit: MOST_OF_A_KIND }),
  ]);
  const byId = new Map(found.map((one) => [one.row.id, one]));
  const overdue = items.flatMap((item): Exception[] => {
    const one = byId.get(item.campaignId);
    if (!one) return [];
    const whose = item.creatorName ?? 'A creator';
    return [
      {
        ...ofCampaign(one),
        kind: 'DELIVERABLE_OVERDUE',
        severity: item.daysLate > 3 ? 'WARNING' : 'NOTE',
        sentence: `${whose} owes ${item.count - item.delivered} of ${one.row.name}, ${item.daysLate} ${item.daysLate === 1 ? 'day' : 'days'} late.`,
        creatorId: item.creatorId,
        creatorName: item.creatorName,
        date: item.dueOn,
      },
    ];
  });
  const ending = contracts.items.map((contract): Exception => ({
    ...nothing,
    kind: 'CONTRACT_ENDING',
    severity: 'NOTE',
    sentence: `${contract.title}${contract.creatorName === null ? '' : ` with ${contract.creatorName}`} or a right of it ends within a week.`,
    brandId: contract.brandId,
    brandName: contract.brandName,
    campaignId: contract.campaignId,
    campaignName: contract.campaignName,
    creatorId: contract.creatorId,
    creatorName: contract.creatorName,
    contractId: contract.id,
    date: contract.endsOn,
  }));
  return [...overdue, ...ending];
}
