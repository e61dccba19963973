import { v7 as uuidV7 } from 'uuid';
import type { TenantTx } from '../../../db/tenant.ts';
import type { CreatorCampaignStatus } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { holdWork, updateCampaignCreator } from './commands.ts';
import type { ApproveDraftInput, RequestChangesInput, SubmitDraftInput } from './delivery-schema.ts';
import type { ReviewKind } from './fields.ts';
import { getCampaignCreator, listDraftStates } from './queries.ts';
import { deliverableWords, draftProblem } from './rules.ts';
import type { CampaignCreator, CampaignCreatorRef } from './schema.ts';
import { tellOfDraft } from './tell.ts';

/**
 * Keeps that a draft came: a round begins. Work that was accepted is in progress from then on, and submitted once every
 * deliverable has its draft. Errors: `not_found`; `conflict` where the work has ended or the campaign is in the bin.
 */
export function submitDraft(
  tx: TenantTx,
  principal: Principal,
  input: SubmitDraftInput,
): Promise<CampaignCreator> {
  return review(tx, principal, { ...input, kind: 'SUBMITTED' });
}

/**
 * Asks for changes of the newest draft; beyond the rounds that were agreed too, which the answer says. Submitted work is
 * in progress again. Errors: as submitDraft; `conflict` where no draft waits.
 */
export function requestChanges(
  tx: TenantTx,
  principal: Principal,
  input: RequestChangesInput,
): Promise<CampaignCreator> {
  return review(tx, principal, { ...input, kind: 'CHANGES_REQUESTED' });
}

/** Approves the newest draft. Once all are, the work may be approved, by whom is for people. Errors: as requestChanges. */
export function approveDraft(
  tx: TenantTx,
  principal: Principal,
  input: ApproveDraftInput,
): Promise<CampaignCreator> {
  return review(tx, principal, { ...input, kind: 'APPROVED' });
}

interface Review {
  campaignDeliverableId: string;
  kind: ReviewKind;
  note?: string | null | undefined;
  url?: string | null | undefined;
}

async function review(tx: TenantTx, principal: Principal, input: Review): Promise<CampaignCreator> {
  const owed = await findDeliverable(tx, input.campaignDeliverableId);
  const { creator, campaign, before } = await holdWork(tx, owed);
  if (!before?.is_active) throw notFound('deliverable');
  const states = await listDraftStates(tx, [before.id]);
  const state = states.get(owed.id);
  if (!state) throw notFound('deliverable');
  const problem = draftProblem({ kind: input.kind, last: state.last, status: before.status });
  if (problem) throw new AppError('conflict', problem);
  await tx
    .insertInto('deliverable_reviews')
    .values({
      organization_id: principal.organizationId,
      // The newest of two of one moment is told by its id: these count up, the database's own do not.
      id: uuidV7(),
      campaign_deliverable_id: owed.id,
      kind: input.kind,
      round: state.drafts + (input.kind === 'SUBMITTED' ? 1 : 0),
      note: input.note ?? null,
      url: input.url ?? null,
      created_by_id: principal.userId,
    })
    .execute();
  const words = deliverableWords(owed);
  await tellOfDraft(tx, principal, { campaign, creator, words, kind: input.kind });
  await follow(tx, principal, { ref: owed, status: before.status, campaignCreatorId: before.id });
  return getCampaignCreator(tx, principal, { campaignId: owed.campaignId, creatorId: owed.creatorId });
}

interface Owed extends CampaignCreatorRef {
  id: string;
  platform: Parameters<typeof deliverableWords>[0]['platform'];
  type: Parameters<typeof deliverableWords>[0]['type'];
}

async function findDeliverable(tx: TenantTx, campaignDeliverableId: string): Promise<Owed> {
  const row = await tx
    .selectFrom('campaign_deliverables as d')
    .innerJoin('campaign_creators as l', (join) =>
      join.onRef('l.organization_id', '=', 'd.organization_id').onRef('l.id', '=', 'd.campaign_creator_id'),
    )
    .select(['d.id', 'd.platform', 'd.type', 'l.campaign_id as campaignId', 'l.creator_id as creatorId'])
    .where('d.id', '=', campaignDeliverableId)
    .executeTakeFirst();
  if (!row) throw notFound('deliverable');
  return row;
}

interface Followed {
  ref: CampaignCreatorRef;
  status: CreatorCampaignStatus;
  campaignCreatorId: string;
}

/** The work's status goes where its drafts brought it, as far as a step leads there. */
async function follow(
  tx: TenantTx,
  principal: Principal,
  { ref, status, campaignCreatorId }: Followed,
): Promise<void> {
  const states = [...(await listDraftStates(tx, [campaignCreatorId])).values()];
  const isIn = states.every(({ last }) => last === 'SUBMITTED' || last === 'APPROVED');
  const move = (to: CreatorCampaignStatus) =>
    updateCampaignCreator(tx, principal, {
      campaignId: ref.campaignId,
      creatorId: ref.creatorId,
      status: to,
    });
  if (status === 'ACCEPTED') await move('IN_PROGRESS');
  if (isIn && (status === 'ACCEPTED' || status === 'IN_PROGRESS')) await move('SUBMITTED');
  if (!isIn && status === 'SUBMITTED') await move('IN_PROGRESS');
}
