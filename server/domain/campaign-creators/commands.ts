import { type Selectable, sql, type Updateable } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { CampaignCreators, CreatorCampaignStatus, SocialPlatform } from '../../../db/types.ts';
import { may, type Principal } from '../../auth/principal.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { lockCampaign, type LockedCampaign } from '../campaigns/queries.ts';
import { requireCreator } from '../creators/queries.ts';
import { type Changes, changesBetween } from '../records/rules.ts';
import { requireVersion } from '../records/store.ts';
import { requireAllowed } from './check.ts';
import { replaceDeliverables } from './deliverables.ts';
import { getCampaignCreator } from './queries.ts';
import { moveProblem, stampsOf } from './rules.ts';
import type {
  AssignCreatorInput,
  CampaignCreator,
  CampaignCreatorRef,
  UpdateCampaignCreatorInput,
} from './schema.ts';
import { tellOfAssignment, tellOfChange, tellOfRemoval } from './tell.ts';
import { termColumns } from './terms.ts';

/** Somebody who may says why it is done in spite of what stands against it. */
interface Overriding {
  overrideReason?: string;
}

interface Creator {
  id: string;
  name: string;
  contact_id: string | null;
}

/**
 * Puts a creator on a campaign, whose people see the creator from then on. Somebody who was taken off comes back with the
 * new terms. Errors: `not_found` (campaign); `invalid` on `creatorId`, `endsOn`, `currency`; `conflict` where they work on
 * it, the campaign lies in the recycle bin, or requireAllowed refuses and nobody overrides that.
 */
export async function assignCreator(
  tx: TenantTx,
  principal: Principal,
  input: AssignCreatorInput & Overriding,
): Promise<CampaignCreator> {
  const { creator, campaign, before } = await holdWork(tx, input);
  if (!before?.is_active) await requireCreator(tx, input.creatorId);
  if (before?.is_active) throw new AppError('conflict', `${creator.name} works on ${campaign.name} already.`);
  requireOrder(input.startsOn, input.endsOn);
  if (input.overrideReason === undefined) {
    await requireAllowed(tx, {
      planned: {
        ...refOf(input),
        platforms: platformsOf(input.deliverables ?? []),
        startsOn: input.startsOn ?? null,
        endsOn: input.endsOn ?? null,
      },
      brandId: campaign.brand_id,
      creatorName: creator.name,
    });
  }
  const status = input.status ?? 'PENDING';
  const values = {
    ...EMPTY,
    ...(await termColumns(tx, input, { campaign, before: { ...EMPTY, ...NOT_STORED } })),
    ...overrideColumns(principal, input),
    status,
    ...stampColumns(status, EMPTY),
    is_active: true,
  };
  const { id } = await tx
    .insertInto('campaign_creators')
    .values({
      ...values,
      organization_id: principal.organizationId,
      campaign_id: input.campaignId,
      creator_id: input.creatorId,
      created_by_id: principal.userId,
    })
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'campaign_id', 'creator_id']).doUpdateSet(values),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  const { organizationId } = principal;
  await replaceDeliverables(tx, {
    organizationId,
    campaignCreatorId: id,
    deliverables: withoutIds(input.deliverables ?? []),
  });
  await tellOfAssignment(tx, principal, { campaign, creator, overrideReason: input.overrideReason ?? null });
  return getCampaignCreator(tx, principal, input);
}

/**
 * Changes the terms, moves the work a step, or both. Errors: `not_found`; `precondition`; `invalid` as assignCreator;
 * `conflict` for a step that does not follow, and where new days or platforms meet what requireAllowed refuses.
 */
export async function updateCampaignCreator(
  tx: TenantTx,
  principal: Principal,
  input: UpdateCampaignCreatorInput & Overriding,
): Promise<CampaignCreator> {
  const { creator, campaign, before } = await holdWork(tx, input);
  if (!before?.is_active) throw notFound('creator of this campaign');
  requireVersion(before.version, input.expectedVersion);
  const startsOn = input.startsOn === undefined ? before.starts_on : input.startsOn;
  const endsOn = input.endsOn === undefined ? before.ends_on : input.endsOn;
  requireOrder(startsOn, endsOn);
  requireStep(principal, before.status, input.status);
  const columns = await termColumns(tx, input, { campaign, before });
  const moved = input.status && input.status !== before.status ? input.status : null;
  const values: Updateable<CampaignCreators> = {
    ...columns,
    ...overrideColumns(principal, input),
    ...(moved ? { status: moved, ...stampColumns(moved, before) } : {}),
  };
  const platformsBefore = await currentPlatforms(tx, before.id);
  const platforms = input.deliverables ? platformsOf(input.deliverables) : platformsBefore;
  const changes = changesBetween(before, values);
  const isMoreWork = platforms.some((one) => !platformsBefore.includes(one));
  const isReopened = moved !== null && ['DECLINED', 'CANCELLED'].includes(before.status);
  const isAsked = isMoreWork || isReopened || 'starts_on' in changes || 'ends_on' in changes;
  if (isAsked && input.overrideReason === undefined) {
    await requireAllowed(tx, {
      planned: { ...refOf(input), platforms, startsOn, endsOn },
      brandId: campaign.brand_id,
      creatorName: creator.name,
    });
  }
  const isReplaced =
    input.deliverables !== undefined &&
    (await replaceDeliverables(tx, {
      organizationId: principal.organizationId,
      campaignCreatorId: before.id,
      deliverables: input.deliverables,
    }));
  if (Object.keys(changes).length === 0 && !isReplaced) return getCampaignCreator(tx, principal, input);
  // The trigger counts the version up also where the deliverables alone changed.
  await tx
    .updateTable('campaign_creators')
    .set(Object.keys(changes).length > 0 ? values : { status: before.status })
    .where('id', '=', before.id)
    .execute();
  await tellOfChange(tx, principal, { campaign, creator, changes: told(changes), isReplaced });
  return getCampaignCreator(tx, principal, input);
}

/**
 * Takes a creator off a campaign. Errors: `not_found`, `precondition`; `conflict` where pieces of theirs count for it:
 * their readers would lose the creator behind the figures.
 */
export async function removeCampaignCreator(
  tx: TenantTx,
  principal: Principal,
  input: CampaignCreatorRef & { expectedVersion?: number | undefined },
): Promise<CampaignCreator> {
  const { creator, campaign, before } = await holdWork(tx, input);
  if (!before?.is_active) throw notFound('creator of this campaign');
  requireVersion(before.version, input.expectedVersion);
  const work = await getCampaignCreator(tx, principal, input);
  if (work.confirmed > 0)
    throw new AppError(
      'conflict',
      `${creator.name}’s posts count for ${campaign.name}. Reject them first, or cancel the work and keep it.`,
    );
  await tellOfRemoval(tx, principal, { campaign, creator });
  await tx.updateTable('campaign_creators').set({ is_active: false }).where('id', '=', before.id).execute();
  return { ...work, isActive: false, version: before.version + 1 };
}

/** The creator first and the campaign second: a sync holds the creator when it comes to the campaign. */
export async function holdWork(
  tx: TenantTx,
  { campaignId, creatorId }: CampaignCreatorRef,
): Promise<{
  creator: Creator;
  campaign: LockedCampaign;
  before: Selectable<CampaignCreators> | undefined;
}> {
  const creator = await tx
    .selectFrom('creators')
    .select(['id', 'name', 'contact_id'])
    .where('id', '=', creatorId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  const campaign = await lockCampaign(tx, campaignId);
  const before = await tx
    .selectFrom('campaign_creators')
    .selectAll()
    .where('campaign_id', '=', campaignId)
    .where('creator_id', '=', creatorId)
    .forUpdate()
    .executeTakeFirst();
  // Of work on a campaign of no brand the creator may be nobody's that the caller sees.
  return { creator: creator ?? { id: creatorId, name: 'The creator', contact_id: null }, campaign, before };
}

/** What a new assignment begins from, and one that comes back begins from again. */
const EMPTY = {
  role: 'PRIMARY',
  fee_type: 'FLAT',
  fee_amount: null,
  fee_currency: null,
  fee_percent: null,
  variable_fee_type: null,
  variable_fee_amount: null,
  fee_cap: null,
  starts_on: null,
  ends_on: null,
  note: null,
  brief_sent_at: null,
  accepted_at: null,
  completed_at: null,
  override_reason: null,
  overridden_by_id: null,
} as const;

const NOT_STORED = { id: '', status: 'PENDING' } as const;

function requireStep(
  principal: Principal,
  from: CreatorCampaignStatus,
  to: CreatorCampaignStatus | undefined,
): void {
  const problem = to && moveProblem({ from, to }, may(principal, 'campaign-creators.override'));
  if (problem) throw new AppError('conflict', problem, { issues: [{ path: 'status', message: problem }] });
}

function stampColumns(
  to: CreatorCampaignStatus,
  before: Pick<Updateable<CampaignCreators>, 'brief_sent_at' | 'accepted_at' | 'completed_at'>,
): Updateable<CampaignCreators> {
  const { stamp, clear } = stampsOf(to);
  const now = sql<Date>`now()`;
  return {
    ...Object.fromEntries(clear.map((column) => [column, null])),
    ...Object.fromEntries(stamp.filter((column) => !before[column]).map((column) => [column, now])),
  };
}

/** Errors: `invalid` on `endsOn`. */
function requireOrder(startsOn: string | null | undefined, endsOn: string | null | undefined): void {
  if (startsOn && endsOn && endsOn < startsOn)
    throw invalidField('endsOn', 'The work would end before it starts.');
}

function overrideColumns(principal: Principal, { overrideReason }: Overriding) {
  return overrideReason === undefined
    ? {}
    : { override_reason: overrideReason, overridden_by_id: principal.userId };
}

async function currentPlatforms(tx: TenantTx, campaignCreatorId: string): Promise<SocialPlatform[]> {
  const rows = await tx
    .selectFrom('campaign_deliverables')
    .select('platform')
    .distinct()
    .where('campaign_creator_id', '=', campaignCreatorId)
    .execute();
  return rows.map(({ platform }) => platform);
}

function platformsOf(deliverables: readonly { platform: SocialPlatform }[]): SocialPlatform[] {
  return [...new Set(deliverables.map(({ platform }) => platform))];
}

/** An assignment has no deliverables yet that could be named. */
function withoutIds<T extends { campaignDeliverableId?: string | undefined }>(
  deliverables: readonly T[],
): T[] {
  const named = deliverables.findIndex(({ campaignDeliverableId }) => campaignDeliverableId !== undefined);
  if (named >= 0)
    throw invalidField(
      `deliverables.${named}.campaignDeliverableId`,
      'A new assignment has no deliverables yet.',
    );
  return [...deliverables];
}

function refOf({ campaignId, creatorId }: CampaignCreatorRef): CampaignCreatorRef {
  return { campaignId, creatorId };
}

/** The stamps follow the status, and who overrode stands beside the reason. */
function told(changes: Changes): Changes {
  const { overridden_by_id: _by, brief_sent_at: _a, accepted_at: _b, completed_at: _c, ...others } = changes;
  return others;
}
