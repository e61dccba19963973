import type { Selectable } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Campaigns, CampaignStatus } from '../../../db/types.ts';
import { may, type Principal } from '../../auth/principal.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { dayIn } from '../../kernel/time-zones.ts';
import { getOrganization } from '../organizations/queries.ts';
import { type Changes, fieldName } from '../records/rules.ts';
import {
  firstStatusProblem,
  moveProblem,
  NO_STAMPS,
  planColumns,
  planProblem,
  type Refused,
  type Stamps,
  stampsOf,
} from './rules.ts';
import type { Move } from './tell.ts';

/** Columns that follow a move and are told by it. */
const followers = [
  'status_reason',
  'status_changed_at',
  'is_paused_by_date',
  'paused_on',
  ...(Object.keys(NO_STAMPS) as (keyof Stamps)[]),
] as const;

/** The columns of a campaign that begins at a status. Errors: `forbidden` where it begins there by others. */
export function firstColumns(principal: Principal, to: CampaignStatus) {
  refuse(firstStatusProblem(to, may(principal, 'campaigns.approve')));
  const { userId } = principal;
  return { status: to, ...stampsOf(to, NO_STAMPS, { now: new Date(), userId }) };
}

interface Moving {
  before: Selectable<Campaigns>;
  to: CampaignStatus;
  reason: string | null;
  now: Date;
}

/** The columns of a move; nothing where the campaign stands so already. */
export function moveColumns(principal: Principal, { before, to, reason, now }: Moving) {
  if (before.status === to) return {};
  const { userId } = principal;
  return {
    status: to,
    status_reason: reason,
    status_changed_at: now,
    is_paused_by_date: false,
    ...stampsOf(to, before, { now, userId }),
  };
}

/** Holds a campaign's row before a move of it is reckoned. Errors: `not_found`. */
export async function holdCampaign(tx: TenantTx, campaignId: string): Promise<Selectable<Campaigns>> {
  const row = await tx
    .selectFrom('campaigns')
    .selectAll()
    .where('id', '=', campaignId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('campaign');
  return row;
}

/**
 * Whether this person may make these changes of the row. Errors: `forbidden`, `conflict`, with what to do; `invalid` on
 * `reason` where a campaign is sent back without a word.
 */
export async function requireMayChange(
  tx: TenantTx,
  principal: Principal,
  {
    before,
    changes,
    reason,
  }: { before: Selectable<Campaigns>; changes: Changes; reason: string | null | undefined },
): Promise<void> {
  if (principal.brandId !== null && changes.status)
    refuse({ code: 'forbidden', message: 'The agency moves its campaigns. Ask its people.' });
  const mayApprove = may(principal, 'campaigns.approve');
  const to = (changes.status?.to ?? before.status) as CampaignStatus;
  refuse(moveProblem({ from: before.status, to }, mayApprove));
  // Who takes it back to a draft may change the plan in one go: its approval is gone with it.
  const standing = to === 'DRAFT' ? to : before.status;
  const columns = Object.keys(changes);
  const ofPlan = columns.find((column) => column in planColumns) ?? '';
  refuse(planProblem(standing, columns, mayApprove), fieldName(ofPlan));
  if (isSentBack(principal, before, to) && !reason)
    throw invalidField('reason', 'Say what has to change, for whoever submitted it.');
  if (before.status === 'COMPLETED' && to === 'ACTIVE') await requireTime(tx, before, changes);
}

/** It waits for approval and somebody who decides that hands it back to another. */
function isSentBack(principal: Principal, before: Selectable<Campaigns>, to: CampaignStatus): boolean {
  return (
    before.status === 'PENDING_APPROVAL' &&
    to === 'DRAFT' &&
    may(principal, 'campaigns.approve') &&
    before.submitted_by_id !== principal.userId
  );
}

/** Errors: `conflict` where its days would complete it again at once. */
async function requireTime(tx: TenantTx, before: Selectable<Campaigns>, changes: Changes): Promise<void> {
  const endsOn = changes.ends_on ? changes.ends_on.to : before.ends_on;
  const isByDate = changes.moves_by_date ? changes.moves_by_date.to : before.moves_by_date;
  const today = dayIn((await getOrganization(tx)).timeZone, new Date());
  if (isByDate !== true || typeof endsOn !== 'string' || endsOn >= today) return;
  const message = `Its last day was ${endsOn}, so that it would be completed again at once. Give it a later last day, or none.`;
  throw new AppError('conflict', message, { issues: [{ path: 'endsOn', message }] });
}

/** What a change of the row says of a move; null where it moved nowhere. */
export function moveOf(
  before: Selectable<Campaigns> | null,
  changes: Changes,
  reason: string | null | undefined,
): Move | null {
  if (!before || !changes.status) return null;
  return {
    from: before.status,
    to: changes.status.to as CampaignStatus,
    submittedById: before.submitted_by_id,
    wasApproved: before.approved_at !== null,
    reason: reason ?? null,
  };
}

/** The changes that somebody made, without what only follows a move. */
export function withoutFollowers(changes: Changes): Changes {
  return Object.fromEntries(
    Object.entries(changes).filter(([column]) => !(followers as readonly string[]).includes(column)),
  );
}

function refuse(problem: Refused | null, path = 'status'): void {
  if (!problem) return;
  const { code, message } = problem;
  throw new AppError(code, message, { issues: [{ path, message }] });
}
