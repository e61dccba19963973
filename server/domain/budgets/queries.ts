import type { TenantTx } from '../../../db/tenant.ts';
import { may, type Principal } from '../../auth/principal.ts';
import { notFound } from '../../kernel/errors.ts';
import { getCampaign } from '../campaigns/queries.ts';
import type { Campaign } from '../campaigns/schema.ts';
import { plain, subtract, sum } from '../records/decimals.ts';
import { toAmount } from '../records/money.ts';
import { movesOf, monthsOf, sumsOf, warningsOf } from './rules.ts';
import type { BudgetLine, BudgetList, BudgetVersion, BudgetVersionSummary } from './schema.ts';

/**
 * A campaign's plans: the one that stands, the one that is open, and all of them by their numbers, with what lines may
 * name. Four queries. Errors: `not_found` (campaign).
 */
export async function listBudgets(
  tx: TenantTx,
  principal: Principal,
  { campaignId }: { campaignId: string },
): Promise<BudgetList> {
  const [campaign, rows, adAccounts, creators] = await Promise.all([
    getCampaign(tx, campaignId),
    selectVersions(tx)
      .where('v.campaign_id', '=', campaignId)
      .orderBy('v.number', 'desc')
      .limit(500)
      .execute(),
    listSplitAccounts(tx, campaignId),
    listSplitCreators(tx, campaignId),
  ]);
  const standing = standingOf(rows, campaign);
  const open = rows.find(({ status }) => status === 'DRAFT' || status === 'SUBMITTED');
  const shown = [standing, open].filter((row) => row !== undefined && row !== null);
  const lines = await readLines(
    tx,
    shown.flatMap(({ id }) => (id === null ? [] : [id])),
  );
  const context = { campaign, principal, adAccountIds: new Set(adAccounts.map((one) => one.adAccountId)) };
  const toOne = (row: VersionRow | null | undefined) =>
    row ? toVersion(row, lines.get(row.id ?? '') ?? [], context) : null;
  const entered = standing?.id === null ? [standing] : [];
  return {
    standing: toOne(standing),
    open: toOne(open),
    items: [...rows, ...entered].map(toSummary),
    adAccounts,
    creators,
    months: monthsOf(campaign.startsOn, campaign.endsOn),
    mayDraft: may(principal, 'budgets.write') && open === undefined && campaign.isActive,
  };
}

/** One version with its lines. Errors: `not_found`. */
export async function getBudget(
  tx: TenantTx,
  principal: Principal,
  budgetVersionId: string,
): Promise<BudgetVersion> {
  const row = await selectVersions(tx).where('v.id', '=', budgetVersionId).executeTakeFirst();
  if (!row) throw notFound('budget');
  const [campaign, lines, adAccounts] = await Promise.all([
    getCampaign(tx, row.campaign_id),
    readLines(tx, [budgetVersionId]),
    listSplitAccounts(tx, row.campaign_id),
  ]);
  const adAccountIds = new Set(adAccounts.map((one) => one.adAccountId));
  return toVersion(row, lines.get(budgetVersionId) ?? [], { campaign, principal, adAccountIds });
}

/** The plan that stands with its lines; null where the campaign has no budget. Errors: `not_found` (campaign). */
export async function findStandingBudget(
  tx: TenantTx,
  principal: Principal,
  campaignId: string,
): Promise<BudgetVersion | null> {
  const [campaign, rows] = await Promise.all([
    getCampaign(tx, campaignId),
    selectVersions(tx).where('v.campaign_id', '=', campaignId).where('v.status', '=', 'APPROVED').execute(),
  ]);
  const standing = standingOf(rows, campaign);
  if (!standing) return null;
  const lines = standing.id === null ? new Map<string, BudgetLine[]>() : await readLines(tx, [standing.id]);
  return toVersion(standing, lines.get(standing.id ?? '') ?? [], {
    campaign,
    principal,
    adAccountIds: null,
  });
}

/** Accounts that are linked to the campaign or have something attached: the ones that its lines may be split by. */
async function listSplitAccounts(tx: TenantTx, campaignId: string): Promise<BudgetList['adAccounts']> {
  return tx
    .selectFrom('ad_accounts as a')
    .where((eb) =>
      eb.or([
        eb(
          'a.id',
          'in',
          eb.selectFrom('campaign_ad_accounts').select('ad_account_id').where('campaign_id', '=', campaignId),
        ),
        eb(
          'a.id',
          'in',
          eb.selectFrom('platform_campaigns').select('ad_account_id').where('campaign_id', '=', campaignId),
        ),
      ]),
    )
    .select(['a.id as adAccountId', 'a.name', 'a.platform'])
    .orderBy('a.name')
    .orderBy('a.id')
    .execute();
}

async function listSplitCreators(tx: TenantTx, campaignId: string): Promise<BudgetList['creators']> {
  const rows = await tx
    .selectFrom('campaign_creators as w')
    .leftJoin('creators as c', (join) =>
      join.onRef('c.organization_id', '=', 'w.organization_id').onRef('c.id', '=', 'w.creator_id'),
    )
    .where('w.campaign_id', '=', campaignId)
    .where('w.is_active', '=', true)
    .select(['w.id as campaignCreatorId', 'w.creator_id as creatorId', 'c.name'])
    .orderBy('c.name')
    .orderBy('w.id')
    .execute();
  return rows.map((row) => ({ ...row, name: row.name ?? 'A creator' }));
}

function selectVersions(tx: TenantTx) {
  return tx
    .selectFrom('budget_versions as v')
    .leftJoin('users as author', 'author.id', 'v.created_by_id')
    .leftJoin('users as approver', 'approver.id', 'v.approved_by_id')
    .select(['v.id', 'v.campaign_id', 'v.number', 'v.status', 'v.total', 'v.currency', 'v.note', 'v.reason'])
    .select(['v.created_by_id', 'v.submitted_at', 'v.approved_by_id', 'v.approved_at', 'v.version'])
    .select(['v.created_at', 'v.updated_at', 'author.name as author_name', 'approver.name as approver_name']);
}

type PlannedCampaign = Pick<Campaign, 'id' | 'budget' | 'startsOn' | 'endsOn'>;
type SelectedRow = Awaited<ReturnType<ReturnType<typeof selectVersions>['execute']>>[number];
/** Without an id and its moments: version 0. */
type VersionRow = Omit<SelectedRow, 'id' | 'created_at' | 'updated_at'> & {
  id: string | null;
  created_at: Date | null;
  updated_at: Date | null;
};

/** The approved version; version 0 where the campaign holds another total than any version made it: it was entered. */
function standingOf(rows: readonly SelectedRow[], campaign: PlannedCampaign): VersionRow | null {
  const { budget } = campaign;
  if (budget === null) return null;
  const approved = rows.find(({ status }) => status === 'APPROVED');
  const isOfCampaign =
    approved?.currency === budget.currency && plain(approved.total) === plain(budget.amount);
  if (approved && isOfCampaign) return approved;
  return {
    ...{ id: null, campaign_id: campaign.id, number: 0, status: 'APPROVED', version: 1 },
    ...{ total: budget.amount, currency: budget.currency },
    ...{ note: 'As entered on the campaign.', reason: null, created_by_id: null, author_name: null },
    ...{ submitted_at: null, approved_by_id: null, approver_name: null, approved_at: null },
    ...{ created_at: null, updated_at: null },
  };
}

async function readLines(tx: TenantTx, versionIds: readonly string[]): Promise<Map<string, BudgetLine[]>> {
  if (versionIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('budget_lines as l')
    .leftJoin('ad_accounts as a', (join) =>
      join.onRef('a.organization_id', '=', 'l.organization_id').onRef('a.id', '=', 'l.ad_account_id'),
    )
    .leftJoin('campaign_creators as w', (join) =>
      join.onRef('w.organization_id', '=', 'l.organization_id').onRef('w.id', '=', 'l.campaign_creator_id'),
    )
    .leftJoin('creators as c', (join) =>
      join.onRef('c.organization_id', '=', 'w.organization_id').onRef('c.id', '=', 'w.creator_id'),
    )
    .innerJoin('budget_versions as v', (join) =>
      join.onRef('v.organization_id', '=', 'l.organization_id').onRef('v.id', '=', 'l.budget_version_id'),
    )
    .where('l.budget_version_id', 'in', versionIds)
    .select(['l.id', 'l.budget_version_id', 'l.kind', 'l.platform', 'l.ad_account_id', 'l.month', 'l.amount'])
    .select(['l.campaign_creator_id', 'l.note', 'a.name as account_name', 'w.creator_id', 'v.currency'])
    .select('c.name as creator_name')
    .orderBy('l.position')
    .orderBy('l.id')
    .execute();
  const lines = new Map<string, BudgetLine[]>();
  for (const row of rows) {
    const own = lines.get(row.budget_version_id) ?? [];
    own.push({
      id: row.id,
      kind: row.kind,
      platform: row.platform,
      adAccountId: row.ad_account_id,
      adAccountName: row.account_name,
      campaignCreatorId: row.campaign_creator_id,
      creatorId: row.creator_id,
      creatorName: row.creator_name,
      month: row.month?.slice(0, 7) ?? null,
      amount: toAmount(row.amount, row.currency),
      note: row.note,
    });
    lines.set(row.budget_version_id, own);
  }
  return lines;
}

function toSummary(row: VersionRow): BudgetVersionSummary {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    number: row.number,
    status: row.status,
    total: { amount: toAmount(row.total, row.currency), currency: row.currency },
    note: row.note,
    reason: row.reason,
    createdById: row.created_by_id,
    createdByName: row.author_name,
    submittedAt: row.submitted_at?.toISOString() ?? null,
    approvedById: row.approved_by_id,
    approvedByName: row.approver_name,
    approvedAt: row.approved_at?.toISOString() ?? null,
    createdAt: row.created_at?.toISOString() ?? null,
    updatedAt: row.updated_at?.toISOString() ?? null,
    version: row.version,
  };
}

interface Context {
  campaign: PlannedCampaign;
  principal: Principal;
  /** Null: nobody asks for warnings. */
  adAccountIds: ReadonlySet<string> | null;
}

function toVersion(
  row: VersionRow,
  lines: BudgetLine[],
  { campaign, principal, adAccountIds }: Context,
): BudgetVersion {
  const allocated = sum(lines.map(({ amount }) => amount)) ?? '0';
  const rights = {
    mayWrite: may(principal, 'budgets.write'),
    mayApprove: may(principal, 'budgets.approve'),
  };
  return {
    ...toSummary(row),
    lines,
    allocated: toAmount(allocated, row.currency),
    unallocated: toAmount(subtract(row.total, allocated), row.currency),
    sums: sumsOf(lines, row.currency),
    warnings: adAccountIds ? warningsOf(lines, { ...campaign, adAccountIds }) : [],
    may: movesOf(row.status, rights),
  };
}
