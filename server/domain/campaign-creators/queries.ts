import { type RawBuilder, type Selectable, sql } from 'kysely';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { CampaignCreators, CreatorCampaignStatus, FeeType } from '../../../db/types.ts';
import { may, type Principal } from '../../auth/principal.ts';
import { notFound } from '../../kernel/errors.ts';
import { latestBriefs } from '../campaign-briefs/queries.ts';
import type { Explanation, FigureSource, Formula } from '../explanations/schema.ts';
import { plain } from '../records/decimals.ts';
import { toMoney } from '../records/money.ts';
import { basisOf } from './fee-basis.ts';
import { type DayRange, type EarnedDay, earnedByDay, earnedWithin } from './fee-days.ts';
import type { DraftState } from './delivery-schema.ts';
import { explainFee, feeNotes } from './fee-explanations.ts';
import { type FeeInputs, loadFeeInputs, termsOf } from './fee-inputs.ts';
import { type FeeFigures, feeFigures } from './fees.ts';
import { agencyDay, progressOfWork, type WorkProgress } from './progress.ts';
import { nextStatuses, daysBetween } from './rules.ts';
import type {
  CampaignCreator,
  CampaignCreatorRef,
  ExplainFeeInput,
  ListCampaignCreatorsInput,
  ListCampaignsOfCreatorInput,
  ListOverdueInput,
  OverdueDeliverables,
} from './schema.ts';

/** The creators who work on a campaign, in the order in which they were assigned. Errors: `not_found`. */
export async function listCampaignCreators(
  tx: TenantTx,
  principal: Principal,
  input: ListCampaignCreatorsInput,
): Promise<Page<CampaignCreator>> {
  let query = selectWork(tx).where('l.campaign_id', '=', input.campaignId).where('l.is_active', '=', true);
  if (input.status) query = query.where('l.status', '=', input.status);
  const [page, campaign] = await Promise.all([
    keysetPage(query, {
      sortName: 'createdAt',
      key: { expression: sql`l.created_at`, type: 'timestamptz', direction: 'asc' },
      id: sql<string>`l.id`,
      cursor: input.cursor,
      limit: input.limit,
    }),
    tx.selectFrom('campaigns').select('id').where('id', '=', input.campaignId).executeTakeFirst(),
  ]);
  if (!campaign) throw notFound('campaign');
  return { items: await toWork(tx, principal, page.items), nextCursor: page.nextCursor };
}

/** The campaigns that a creator works on, of those that the reader sees, newest first. Errors: `not_found`. */
export async function listCampaignsOfCreator(
  tx: TenantTx,
  principal: Principal,
  input: ListCampaignsOfCreatorInput,
): Promise<Page<CampaignCreator>> {
  const query = selectWork(tx)
    .where('l.creator_id', '=', input.creatorId)
    .where('l.is_active', '=', true)
    .where('k.is_active', '=', true);
  const [page, creator] = await Promise.all([
    keysetPage(query, {
      sortName: '-createdAt',
      key: { expression: sql`l.created_at`, type: 'timestamptz', direction: 'desc' },
      id: sql<string>`l.id`,
      cursor: input.cursor,
      limit: input.limit,
    }),
    tx.selectFrom('creators').select('id').where('id', '=', input.creatorId).executeTakeFirst(),
  ]);
  if (!creator) throw notFound('creator');
  return { items: await toWork(tx, principal, page.items), nextCursor: page.nextCursor };
}

/** One creator's work on one campaign. Errors: `not_found`. */
export async function getCampaignCreator(
  tx: TenantTx,
  principal: Principal,
  ref: CampaignCreatorRef,
): Promise<CampaignCreator> {
  const row = await selectWork(tx)
    .where('l.campaign_id', '=', ref.campaignId)
    .where('l.creator_id', '=', ref.creatorId)
    .where('l.is_active', '=', true)
    .executeTakeFirst();
  const [work] = row ? await toWork(tx, principal, [row]) : [];
  if (!work) throw notFound('creator of this campaign');
  return work;
}

/**
 * What creators owe and is late or missing, the longest overdue first: of work that nobody ended, in campaigns that
 * nobody ended.
 */
export async function listOverdue(tx: TenantTx, input: ListOverdueInput): Promise<OverdueDeliverables> {
  const today = await agencyDay(tx);
  let query = selectWork(tx)
    .where('l.is_active', '=', true)
    .where('k.is_active', '=', true)
    .where('l.status', 'not in', ['COMPLETED', 'DECLINED', 'CANCELLED'])
    .where('k.status', 'not in', ['COMPLETED', 'CANCELLED'])
    .where(
      sql<boolean>`exists (select from campaign_deliverables d
        where d.organization_id = l.organization_id and d.campaign_creator_id = l.id
          and (d.due_on < ${today}::date or coalesce(l.ends_on, k.ends_on) < ${today}::date))`,
    );
  if (input.campaignId) query = query.where('l.campaign_id', '=', input.campaignId);
  if (input.creatorId) query = query.where('l.creator_id', '=', input.creatorId);
  const rows = await query.execute();
  const progress = await progressOfWork(tx, rows);
  const items = rows.flatMap((row) =>
    (progress.get(row.id)?.deliverables ?? [])
      .filter(({ state, delivered, count }) =>
        input.outstanding ? isLate(state) && delivered < count : isLate(state),
      )
      .map((one) => ({
        ...one,
        campaignId: row.campaign_id,
        campaignName: row.campaign_name,
        creatorId: row.creator_id,
        creatorName: row.creator_name,
        daysLate: daysBetween(one.dueOn ?? row.last_day ?? today, today),
      })),
  );
  items.sort((a, b) => b.daysLate - a.daysLate || a.id.localeCompare(b.id));
  return { items: items.slice(0, input.limit) };
}

const isLate = (state: string) => state === 'LATE' || state === 'MISSING';

export interface CreatorCost {
  campaignCreatorId: string;
  campaignId: string;
  creatorId: string;
  /** Null where the creator is not the reader's to see. */
  creatorName: string | null;
  status: CreatorCampaignStatus;
  feeType: FeeType;
  /** Of every amount here; null while no fee is agreed. */
  currency: string | null;
  /** Of the whole work, whatever range was asked for. */
  figures: FeeFigures;
  /** What was earned within the range; of the whole work where there is none. Null: unknown. */
  earned: Formula;
  /** The same by the day that it was earned on, for conversion at the rate of each. */
  earnedByDay: EarnedDay[];
  /** What the leaves of the formulas name by their places. */
  sources: FigureSource[];
  notes: string[];
}

/**
 * What creators cost on campaigns: their fees as feeFigures has them, one entry for each work that is on a campaign, and
 * for what was taken off nothing. `from` and `to`: inclusive business days of the agency. A client's login gets none.
 */
export async function listCreatorCosts(
  tx: TenantTx,
  principal: Principal,
  { campaignIds, ...range }: DayRange & { campaignIds: readonly string[] },
): Promise<CreatorCost[]> {
  if (principal.brandId !== null || campaignIds.length === 0) return [];
  const rows = await selectWork(tx)
    .where('l.campaign_id', 'in', [...campaignIds])
    .where('l.is_active', '=', true)
    .orderBy('l.id')
    .execute();
  const inputs = await loadFeeInputs(tx, rows, await progressOfWork(tx, rows));
  return rows.flatMap((row) => {
    const found = inputs.get(row.id);
    if (!found) return [];
    const { terms, done, sources } = found;
    return [
      {
        campaignCreatorId: row.id,
        campaignId: row.campaign_id,
        creatorId: row.creator_id,
        creatorName: row.creator_name,
        status: row.status,
        feeType: row.fee_type,
        currency: row.fee_currency,
        figures: feeFigures(terms, basisOf(done, terms.currency), done.status),
        earned: earnedWithin(terms, done, range),
        earnedByDay: earnedByDay(terms, done, range),
        sources,
        notes: feeNotes(found),
      },
    ];
  });
}

function selectWork(tx: TenantTx) {
  return tx
    .selectFrom('campaign_creators as l')
    .innerJoin('campaigns as k', (join) =>
      join.onRef('k.organization_id', '=', 'l.organization_id').onRef('k.id', '=', 'l.campaign_id'),
    )
    .leftJoin('creators as r', (join) =>
      join.onRef('r.organization_id', '=', 'l.organization_id').onRef('r.id', '=', 'l.creator_id'),
    )
    .selectAll('l')
    .select(['k.name as campaign_name', 'r.name as creator_name'])
    .select(sql<string | null>`coalesce(l.ends_on, k.ends_on)::text`.as('last_day'))
    .select(accounts().as('accounts'));
}

function accounts(): RawBuilder<CampaignCreator['accounts']> {
  return sql<CampaignCreator['accounts']>`coalesce((
    select jsonb_agg(jsonb_build_object(
             'creatorPlatformId', p.id, 'platform', p.platform, 'handle', p.handle, 'profileUrl', p.profile_url,
             'imageUrl', p.image_url, 'isVerified', p.is_verified, 'followers', p.followers,
             'figuresAt', to_char(p.figures_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
             order by p.followers desc nulls last, p.platform, p.id)
      from creator_platforms p
     where p.organization_id = l.organization_id and p.creator_id = l.creator_id and p.is_active), '[]')`;
}

type WorkRow = Selectable<CampaignCreators> & {
  campaign_name: string;
  creator_name: string | null;
  last_day: string | null;
  accounts: CampaignCreator['accounts'];
};

async function toWork(
  tx: TenantTx,
  principal: Principal,
  rows: readonly WorkRow[],
): Promise<CampaignCreator[]> {
  const progress = await progressOfWork(tx, rows);
  if (principal.brandId !== null)
    return rows.map((row) => toCampaignCreator(row, principal, progress.get(row.id)));
  const ids = rows.map(({ id }) => id);
  const [inputs, drafts, briefs] = await Promise.all([
    loadFeeInputs(tx, rows, progress),
    listDraftStates(tx, ids),
    latestBriefs(tx, ids),
  ]);
  return rows.map((row) => {
    const work = toCampaignCreator(row, principal, progress.get(row.id));
    return {
      ...work,
      deliverables: work.deliverables.map((one) => ({ ...one, drafts: drafts.get(one.id) ?? null })),
      amounts: amountsOf(inputs.get(row.id)),
      brief: briefs.get(row.id) ?? null,
    };
  });
}

function amountsOf(inputs: FeeInputs | undefined): CampaignCreator['amounts'] {
  if (!inputs) return null;
  const { terms, done } = inputs;
  const figures = feeFigures(terms, basisOf(done, terms.currency), done.status);
  const shown = ({ value }: Formula) => toMoney(value, terms.currency);
  return {
    committed: shown(figures.committed),
    earned: shown(figures.earned),
    expected: shown(figures.expected),
    notes: feeNotes(inputs),
  };
}

/** Where the drafts of some work's deliverables stand, by the deliverable; a client's login sees none. */
export async function listDraftStates(
  tx: TenantTx,
  campaignCreatorIds: readonly string[],
): Promise<Map<string, DraftState>> {
  if (campaignCreatorIds.length === 0) return new Map();
  const { rows } = await sql<DraftState & { deliverableId: string }>`
    select d.id as "deliverableId", (array_agg(v.kind order by v.id desc) filter (where v.id is not null))[1] as last,
           to_char(max(v.created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastAt",
           count(*) filter (where v.kind = 'SUBMITTED')::int4 as drafts,
           count(*) filter (where v.kind = 'CHANGES_REQUESTED')::int4 as "roundsUsed",
           coalesce(count(*) filter (where v.kind = 'CHANGES_REQUESTED') > d.revision_rounds, false) as "isOverRounds"
      from campaign_deliverables d
      left join deliverable_reviews v on v.organization_id = d.organization_id and v.campaign_deliverable_id = d.id
     where d.campaign_creator_id = any (${[...campaignCreatorIds]}::uuid[])
     group by d.organization_id, d.id`.execute(tx);
  return new Map(rows.map(({ deliverableId, ...state }) => [deliverableId, state]));
}

/** How one figure of a creator's fee comes about. Errors: `not_found`. */
export async function explainCreatorFee(
  tx: TenantTx,
  { campaignId, creatorId, figure }: ExplainFeeInput,
): Promise<Explanation> {
  const row = await selectWork(tx)
    .where('l.campaign_id', '=', campaignId)
    .where('l.creator_id', '=', creatorId)
    .where('l.is_active', '=', true)
    .executeTakeFirst();
  if (!row) throw notFound('creator of this campaign');
  const inputs = (await loadFeeInputs(tx, [row], await progressOfWork(tx, [row]))).get(row.id);
  if (!inputs) throw notFound('creator of this campaign');
  const { terms, done } = inputs;
  const formula = feeFigures(terms, basisOf(done, terms.currency), done.status)[figure];
  const subtitle = `${row.creator_name ?? 'A creator'} on ${row.campaign_name}`;
  return explainFee({ figure, formula, inputs, subtitle });
}

/** What the agency pays and thinks is not its client's to read. */
function toCampaignCreator(
  row: WorkRow,
  principal: Principal,
  progress: WorkProgress | undefined,
): CampaignCreator {
  const isClient = principal.brandId !== null;
  const mayMove = may(principal, 'campaign-creators.write');
  const mayUndo = may(principal, 'campaign-creators.override');
  return {
    id: row.id,
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    creatorId: row.creator_id,
    creatorName: row.creator_name,
    accounts: row.accounts,
    role: row.role,
    status: row.status,
    nextStatuses: mayMove ? nextStatuses(row.status, mayUndo) : [],
    feeType: isClient ? null : row.fee_type,
    fee: isClient ? null : toMoney(row.fee_amount, row.fee_currency),
    feeCurrency: isClient ? null : row.fee_currency,
    feePercent: isClient || row.fee_percent === null ? null : plain(row.fee_percent),
    variableFeeType: isClient ? null : termsOf(row).variableType,
    variableFee: isClient ? null : toMoney(row.variable_fee_amount, row.fee_currency),
    feeCap: isClient ? null : toMoney(row.fee_cap, row.fee_currency),
    amounts: null,
    brief: null,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    note: isClient ? null : row.note,
    briefSentAt: row.brief_sent_at?.toISOString() ?? null,
    acceptedAt: row.accepted_at?.toISOString() ?? null,
    completedAt: row.completed_at?.toISOString() ?? null,
    overrideReason: isClient ? null : row.override_reason,
    deliverables: (progress?.deliverables ?? []).map((one) => ({ ...one, drafts: null })),
    confirmed: progress?.confirmed ?? 0,
    pending: progress?.pending ?? 0,
    isActive: row.is_active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
