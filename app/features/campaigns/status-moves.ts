import type { Campaign } from '../../../server/domain/campaigns/schema.ts';
import type { ButtonVariant } from '../../ui/button.tsx';
import { campaignStatusLabels } from './labels.ts';

export type CampaignStatus = Campaign['status'];

/** A move as it is offered: what its button says, and what is asked before it is done. */
export interface StatusMove {
  to: CampaignStatus;
  label: string;
  variant: ButtonVariant;
  /** Null: it is done at once. */
  question: MoveQuestion | null;
}

export interface MoveQuestion {
  title: string;
  /** What the move means, in a sentence. */
  text: string;
  /** What is asked for a reason. */
  reasonLabel: string;
  isReasonRequired: boolean;
}

type Words = Omit<StatusMove, 'to' | 'question'> & { question?: Omit<MoveQuestion, 'reasonLabel'> };

const NOTHING_WRITTEN = 'Nothing is written to the platforms: switch off there what should stop.';

const asked = (title: string, text: string) => ({ title, text, isReasonRequired: false });

const words: Partial<Record<`${CampaignStatus}>${CampaignStatus}`, Words>> = {
  'DRAFT>PENDING_APPROVAL': { label: 'Submit for approval', variant: 'primary' },
  'DRAFT>ACTIVE': { label: 'Launch', variant: 'secondary' },
  'PENDING_APPROVAL>APPROVED': { label: 'Approve', variant: 'primary' },
  'PENDING_APPROVAL>ACTIVE': { label: 'Approve and launch', variant: 'secondary' },
  'PENDING_APPROVAL>DRAFT': { label: 'Withdraw', variant: 'secondary' },
  'APPROVED>ACTIVE': { label: 'Launch', variant: 'primary' },
  'APPROVED>DRAFT': {
    label: 'Change the plan',
    variant: 'secondary',
    question: asked(
      'Take it back to draft?',
      'The approval is lost, and the changed plan is approved anew before it launches.',
    ),
  },
  'ACTIVE>PAUSED': {
    label: 'Pause',
    variant: 'secondary',
    question: asked('Pause the campaign?', NOTHING_WRITTEN),
  },
  'ACTIVE>COMPLETED': {
    label: 'Complete',
    variant: 'secondary',
    question: asked('Complete the campaign?', NOTHING_WRITTEN),
  },
  'PAUSED>ACTIVE': { label: 'Resume', variant: 'primary' },
  'PAUSED>COMPLETED': {
    label: 'Complete',
    variant: 'secondary',
    question: asked('Complete the campaign?', NOTHING_WRITTEN),
  },
  'COMPLETED>ACTIVE': {
    label: 'Reopen',
    variant: 'secondary',
    question: asked('Reopen the campaign?', 'It counts as active again, from today.'),
  },
  'CANCELLED>DRAFT': { label: 'Plan again', variant: 'secondary' },
};

const cancelling: Words = {
  label: 'Cancel campaign',
  variant: 'quiet',
  question: asked('Cancel the campaign?', `What it delivered and cost stays. ${NOTHING_WRITTEN}`),
};

/** An approver who sends a plan back says why; its author takes it back without a word. */
const returning: Words = {
  label: 'Return',
  variant: 'secondary',
  question: {
    title: 'Return the plan?',
    text: 'It becomes a draft again. Whoever submitted it is told, with what you write here.',
    isReasonRequired: true,
  },
};

/** Who would make a move. */
export interface Mover {
  canApprove: boolean;
  userId: string;
}

type Standing = Pick<Campaign, 'status' | 'nextStatuses' | 'submittedById'>;

function wordsOf({ status: from, submittedById }: Standing, to: CampaignStatus, mover: Mover): Words {
  const { canApprove, userId } = mover;
  if (to === 'CANCELLED') return cancelling;
  const isAnothers = canApprove && submittedById !== userId;
  if (isAnothers && from === 'PENDING_APPROVAL' && to === 'DRAFT') return returning;
  // Who approves needs to ask nobody.
  if (canApprove && from === 'DRAFT' && to === 'APPROVED') return { label: 'Approve', variant: 'primary' };
  if (canApprove && from === 'DRAFT' && to === 'PENDING_APPROVAL')
    return { label: 'Submit for approval', variant: 'secondary' };
  return words[`${from}>${to}`] ?? { label: campaignStatusLabels[to], variant: 'secondary' };
}

/** The moves that the server allows from here, each in the words of who would make it. */
export function movesOf(campaign: Standing, mover: Mover): StatusMove[] {
  return campaign.nextStatuses.map((to) => {
    const { label, variant, question } = wordsOf(campaign, to, mover);
    if (!question) return { to, label, variant, question: null };
    const reasonLabel = question.isReasonRequired ? 'What should change' : 'Why';
    return { to, label, variant, question: { ...question, reasonLabel } };
  });
}

/** Whether `status` is one that a campaign may have; an address says anything. */
export function isCampaignStatus(status: string | null): status is CampaignStatus {
  return status !== null && Object.hasOwn(campaignStatusLabels, status);
}
