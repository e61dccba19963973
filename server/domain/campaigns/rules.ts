import type { CampaignStatus } from '../../../db/types.ts';
import { fromUtcDay } from '../../kernel/time-zones.ts';

/** Which move follows which, for whoever may change the campaign. */
const steps: Readonly<Record<CampaignStatus, readonly CampaignStatus[]>> = {
  DRAFT: ['PENDING_APPROVAL', 'CANCELLED'],
  // Taken back by who asked, or sent back by who decides.
  PENDING_APPROVAL: ['DRAFT', 'CANCELLED'],
  // To change the plan is to lose its approval.
  APPROVED: ['ACTIVE', 'DRAFT', 'CANCELLED'],
  ACTIVE: ['PAUSED', 'COMPLETED', 'CANCELLED'],
  PAUSED: ['ACTIVE', 'COMPLETED', 'CANCELLED'],
  COMPLETED: [],
  CANCELLED: [],
};

/** What those alone may do who approve: their own move approves by itself, and they begin again what ended. */
const approverSteps: Readonly<Record<CampaignStatus, readonly CampaignStatus[]>> = {
  DRAFT: ['APPROVED', 'ACTIVE'],
  PENDING_APPROVAL: ['APPROVED', 'ACTIVE'],
  APPROVED: [],
  ACTIVE: [],
  PAUSED: [],
  COMPLETED: ['ACTIVE'],
  CANCELLED: ['DRAFT'],
};

export const statusWords: Readonly<Record<CampaignStatus, string>> = {
  DRAFT: 'a draft',
  PENDING_APPROVAL: 'waiting for approval',
  APPROVED: 'approved',
  ACTIVE: 'active',
  PAUSED: 'paused',
  COMPLETED: 'completed',
  CANCELLED: 'cancelled',
};

/** The moves that somebody may make from a status, what follows first. */
export function nextStatuses(status: CampaignStatus, mayApprove: boolean): CampaignStatus[] {
  return mayApprove ? [...approverSteps[status], ...steps[status]] : [...steps[status]];
}

export interface Refused {
  code: 'forbidden' | 'conflict';
  message: string;
}

/** Why a campaign cannot move so, in words that say what to do; null where it can, or stays. */
export function moveProblem(
  { from, to }: { from: CampaignStatus; to: CampaignStatus },
  mayApprove: boolean,
): Refused | null {
  const next = nextStatuses(from, mayApprove);
  if (from === to || next.includes(to)) return null;
  if (approverSteps[from].includes(to)) {
    const instead =
      from === 'DRAFT'
        ? 'Submit it for approval (PENDING_APPROVAL) instead.'
        : from === 'PENDING_APPROVAL'
          ? 'It waits for one of them.'
          : 'Ask one of them.';
    return {
      code: 'forbidden',
      message: `A campaign that is ${statusWords[from]} becomes ${statusWords[to]} by an owner or admin of the agency. ${instead}`,
    };
  }
  const instead =
    next.length === 0
      ? 'It has ended; an owner or admin of the agency may begin it again.'
      : `Next it can be ${oneOf(next.map((status) => statusWords[status]))}.`;
  return {
    code: 'conflict',
    message: `A campaign that is ${statusWords[from]} cannot become ${statusWords[to]}. ${instead}`,
  };
}

/** Why a new campaign cannot begin at a status; null where it can. What runs elsewhere already is entered as it stands. */
export function firstStatusProblem(status: CampaignStatus, mayApprove: boolean): Refused | null {
  if (mayApprove || status === 'DRAFT' || status === 'PENDING_APPROVAL') return null;
  return {
    code: 'forbidden',
    message: `A campaign begins as ${statusWords[status]} by an owner or admin of the agency. Make it a draft, or submit it for approval (PENDING_APPROVAL).`,
  };
}

function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

/** The moments that a campaign keeps of its moves. */
export interface Stamps {
  submitted_at: Date | null;
  submitted_by_id: string | null;
  approved_at: Date | null;
  approved_by_id: string | null;
  launched_at: Date | null;
  completed_at: Date | null;
}

export const NO_STAMPS: Stamps = {
  submitted_at: null,
  submitted_by_id: null,
  approved_at: null,
  approved_by_id: null,
  launched_at: null,
  completed_at: null,
};

/** What a move to a status makes of the stamps: who moves what was never approved approves it by that. */
export function stampsOf(
  to: CampaignStatus,
  row: Stamps,
  { now, userId }: { now: Date; userId: string | null },
): Stamps {
  const before = stampsAlone(row);
  const approved = before.approved_at ? {} : { approved_at: now, approved_by_id: userId };
  const launched = { launched_at: before.launched_at ?? now };
  switch (to) {
    case 'DRAFT':
      return NO_STAMPS;
    case 'PENDING_APPROVAL':
      return { ...NO_STAMPS, submitted_at: now, submitted_by_id: userId };
    case 'APPROVED':
      return { ...before, ...approved };
    case 'ACTIVE':
    case 'PAUSED':
      return { ...before, ...approved, ...launched, completed_at: null };
    case 'COMPLETED':
      return { ...before, ...approved, ...launched, completed_at: now };
    case 'CANCELLED':
      return before;
  }
}

function stampsAlone(row: Stamps): Stamps {
  const { submitted_at, submitted_by_id, approved_at, approved_by_id, launched_at, completed_at } = row;
  return { submitted_at, submitted_by_id, approved_at, approved_by_id, launched_at, completed_at };
}

/** What was approved: to change it afterwards is the approvers' again. By the column, as people call it. */
export const planColumns: Readonly<Record<string, string>> = {
  budget: 'budget',
  currency: 'currency',
  starts_on: 'first day',
  ends_on: 'last day',
  objective: 'objective',
};

/** Why a change of these columns is not this person's to make while the campaign stands so; null where it is. */
export function planProblem(
  status: CampaignStatus,
  columns: readonly string[],
  mayApprove: boolean,
): Refused | null {
  if (mayApprove || status === 'DRAFT' || status === 'PENDING_APPROVAL') return null;
  const changed = columns.flatMap((column) => planColumns[column] ?? []);
  if (changed.length === 0) return null;
  const instead = [
    changed.some((word) => word === 'budget' || word === 'currency')
      ? 'Propose a new version of the budget'
      : null,
    status === 'APPROVED' ? 'take it back to a draft' : null,
    'ask an owner or admin of the agency',
  ].filter((word) => word !== null);
  const said = oneOf(instead);
  return {
    code: 'forbidden',
    message: `The campaign’s ${changed.join(' and ')} ${changed.length > 1 ? 'were' : 'was'} approved. ${said.charAt(0).toUpperCase()}${said.slice(1)}.`,
  };
}

/** The days by which a campaign moves; null is none. */
export interface MoveDays {
  status: CampaignStatus;
  starts_on: string | null;
  ends_on: string | null;
  pauses_on: string | null;
  resumes_on: string | null;
  paused_on: string | null;
  is_paused_by_date: boolean;
}

/** What its days make of a campaign on this day of its agency; null: nothing yet. One move at a time, the end first. */
export function moveByDate(campaign: MoveDays, today: string): CampaignStatus | null {
  const { status, starts_on, ends_on, pauses_on, resumes_on } = campaign;
  if (status === 'APPROVED') return starts_on !== null && starts_on <= today ? 'ACTIVE' : null;
  if (status !== 'ACTIVE' && status !== 'PAUSED') return null;
  if (ends_on !== null && ends_on < today) return 'COMPLETED';
  const isBack = resumes_on !== null && resumes_on <= today;
  if (status === 'PAUSED') return campaign.is_paused_by_date && isBack ? 'ACTIVE' : null;
  const isPauseNew = pauses_on !== null && pauses_on !== campaign.paused_on;
  // A pause that was missed and is over would only be undone again.
  return isPauseNew && pauses_on <= today && !isBack ? 'PAUSED' : null;
}

const DAY_MS = 86_400_000;

/** Whole days from one day to another; below 0 where the other is earlier. */
export function daysFrom(from: string, to: string): number {
  return Math.round((fromUtcDay(to).getTime() - fromUtcDay(from).getTime()) / DAY_MS);
}

/** Calendar months from one day's to another's. */
export function monthsFrom(from: string, to: string): number {
  return monthNumber(to) - monthNumber(from);
}

/** The month, YYYY-MM, that is `count` calendar months after that of a day or month. */
export function plusMonths(dayOrMonth: string, count: number): string {
  const total = monthNumber(dayOrMonth) + count;
  const year = Math.floor(total / 12);
  return `${String(year).padStart(4, '0')}-${String((total % 12) + 1).padStart(2, '0')}`;
}

function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}
