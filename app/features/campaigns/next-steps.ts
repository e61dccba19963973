import type { Campaign } from '../../../server/domain/campaigns/schema.ts';
import { paths } from '../../lib/paths.ts';

export interface NextStep {
  id: string;
  label: string;
  /** What it is good for, in a sentence. */
  text: string;
  href: string;
  isDone: boolean;
}

/** What of the plan is there already, as its own parts tell it. */
export interface PlanState {
  hasPlatformCampaigns: boolean;
  hasCreators: boolean;
  /** A line of any version: the one that stands, or the one that is worked on. */
  hasBudgetLines: boolean;
}

type Planned = Pick<Campaign, 'id' | 'status' | 'startsOn' | 'endsOn' | 'budget'>;

/** Before it runs a plan has steps; afterwards the campaign's own figures say what is missing. */
export function isBeingPlanned({ status }: Pick<Campaign, 'status'>): boolean {
  return status === 'DRAFT' || status === 'PENDING_APPROVAL' || status === 'APPROVED';
}

/** What makes a plan whole, in the order in which people do it. Nothing of it is stored: each step tells from data. */
export function nextSteps(campaign: Planned, state: PlanState): NextStep[] {
  const { id, status, startsOn, endsOn, budget } = campaign;
  return [
    {
      id: 'terms',
      label: 'Say when it runs and what it may spend',
      text: 'Its pace is told against both.',
      href: paths.editCampaign(id),
      isDone: startsOn !== null && endsOn !== null && budget !== null,
    },
    {
      id: 'platform-campaigns',
      label: 'Attach platform campaigns',
      text: 'Pick them, or let rules attach what is synced.',
      href: paths.attachToCampaign(id),
      isDone: state.hasPlatformCampaigns,
    },
    {
      id: 'creators',
      label: 'Assign creators',
      text: 'With fee and deliverables; contracts and blocks are checked.',
      href: paths.campaignCreators(id),
      isDone: state.hasCreators,
    },
    {
      id: 'budget',
      label: 'Split the budget',
      text: 'By platform, ad account, creator and month.',
      href: paths.campaignBudget(id),
      isDone: state.hasBudgetLines,
    },
    {
      id: 'approval',
      label: 'Have it approved',
      text: 'Approved, it launches on its first day.',
      href: paths.campaignStatus(id),
      isDone: status === 'APPROVED',
    },
  ];
}
