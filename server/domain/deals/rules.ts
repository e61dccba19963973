import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';
import type { DealStage, DealStatus } from '../../../db/types.ts';
import { invalidField } from '../../kernel/errors.ts';

/** How likely a deal in an open stage is won, in percent, where the agency says nothing else. */
export const openProbabilities = { LEAD: 10, QUALIFIED: 30, PROPOSAL: 50, NEGOTIATION: 75 } as const;

export type OpenProbabilities = Readonly<Record<Exclude<DealStage, 'CLOSED'>, number>>;

/** Where a deal stands: a closed one is won or lost, every other is open. */
export interface Standing {
  stage: DealStage;
  status: DealStatus;
}

/** A stage as a sentence says it: "Proposal". */
export function stageName(stage: DealStage): string {
  return stage.charAt(0) + stage.slice(1).toLowerCase();
}

/** How likely a deal is won, in percent, when nobody says otherwise. */
export function defaultProbability(
  { stage, status }: Standing,
  open: OpenProbabilities = openProbabilities,
): number {
  if (stage === 'CLOSED') return status === 'WON' ? 100 : 0;
  return open[stage];
}

/**
 * The probability after a move: a closed or reopened deal takes its stage's, and so does one that had its stage's; a
 * figure that somebody set for an open deal stays.
 */
export function probabilityAfterMove(
  before: Standing & { probability: number },
  after: Standing,
  open: OpenProbabilities = openProbabilities,
): number {
  const isOpenThroughout = before.stage !== 'CLOSED' && after.stage !== 'CLOSED';
  return isOpenThroughout && before.probability !== defaultProbability(before, open)
    ? before.probability
    : defaultProbability(after, open);
}

/** The standing that a stage and a status mean together. Errors: `invalid` on `status` where they contradict. */
export function standingOf(stage: DealStage, status: DealStatus | undefined): Standing {
  if (stage === 'CLOSED') {
    if (status === 'WON' || status === 'LOST') return { stage, status };
    throw invalidField('status', 'A closed deal is won or lost: send status WON or LOST.');
  }
  if (status === undefined || status === 'OPEN') return { stage, status: 'OPEN' };
  throw invalidField('status', `Only a closed deal is ${status.toLowerCase()}: send stage CLOSED with it.`);
}

/** The rank of a deal on top of a column whose first rank this is; null is an empty column. */
export function rankAbove(first: string | null): string {
  return generateKeyBetween(null, first);
}

/** A rank between two neighbours of a column; null is the column's end on that side. */
export function rankBetween(above: string | null, below: string | null): string {
  return generateKeyBetween(above, below);
}

/** Ranks for that many deals in their order, all above a column's first rank. */
export function ranksFor(count: number, first: string | null = null): string[] {
  return generateNKeysBetween(null, first, count);
}
