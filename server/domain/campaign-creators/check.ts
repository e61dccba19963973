import type { TenantTx } from '../../../db/tenant.ts';
import { AppError } from '../../kernel/errors.ts';
import { getCampaign } from '../campaigns/queries.ts';
import { findBlock } from '../creator-blocks/queries.ts';
import {
  checkAssignment,
  type ExclusivityFinding,
  type PlannedAssignment,
} from '../creator-contracts/check.ts';
import { requireCreator } from '../creators/queries.ts';
import type { AssignmentCheck, CheckAssignmentInput } from './schema.ts';

/** What stands against an assignment, for a form to say before it is sent. Errors: `not_found`, `invalid`. */
export async function checkPlanned(tx: TenantTx, input: CheckAssignmentInput): Promise<AssignmentCheck> {
  const [campaign] = await Promise.all([
    getCampaign(tx, input.campaignId),
    requireCreator(tx, input.creatorId),
  ]);
  const planned = { ...input, startsOn: input.startsOn ?? null, endsOn: input.endsOn ?? null };
  const [block, findings] = await Promise.all([
    findBlock(tx, input.creatorId, campaign.brandId),
    checkAssignment(tx, planned),
  ]);
  return { block: block && { reason: block.reason, brandId: block.brandId }, findings };
}

interface Allowed {
  planned: PlannedAssignment;
  brandId: string | null;
  /** As people call them. */
  creatorName: string;
}

/**
 * Errors: `conflict` where the creator is blocked for the brand, or another contract's exclusivity stands against the
 * work or may; its issues name each clause as far as the caller may know of it.
 */
export async function requireAllowed(
  tx: TenantTx,
  { planned, brandId, creatorName }: Allowed,
): Promise<void> {
  const [block, findings] = await Promise.all([
    findBlock(tx, planned.creatorId, brandId),
    checkAssignment(tx, planned),
  ]);
  if (block) {
    const whom = block.brandId === null ? 'for all brands of the agency' : 'for this brand';
    const message = `${creatorName} is blocked ${whom}: ${block.reason}`;
    throw new AppError('conflict', message, { issues: [{ path: 'creatorId', message }] });
  }
  const [first] = findings;
  if (!first) return;
  throw new AppError('conflict', wordsOf(creatorName, first), {
    issues: findings.map((finding) => ({ path: 'creatorId', message: clauseOf(finding) })),
  });
}

function wordsOf(creatorName: string, finding: ExclusivityFinding): string {
  return finding.kind === 'CONFLICT'
    ? `${creatorName} cannot be assigned: ${clauseOf(finding)}`
    : `${creatorName} may not be free: ${clauseOf(finding)} Say what is not known yet, or ask an owner or admin of the agency.`;
}

/** The clause, with its contract where the caller may know it, and why it stands against the work: two sentences. */
function clauseOf({ clause, reason, contractTitle }: ExclusivityFinding): string {
  const ofContract = contractTitle === null ? '' : ` (${contractTitle})`;
  return `${clause}${ofContract}. ${reason}`;
}
