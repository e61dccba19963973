import type { DealStage, DealStatus } from '../../../db/types.ts';
import { AppError } from '../../kernel/errors.ts';
import { defaultProbability, probabilityAfterMove, type Standing, standingOf } from '../deals/rules.ts';
import type { Existing } from './store.ts';

/** A deal's columns completed by the rules of its stage, or why the row cannot be. */
export type Completed = { values: Record<string, unknown>; moved: Standing | null } | { problem: string };

/** What a new deal gets beside its row. A closed one keeps the day that the file gives, also where it gives none. */
export function completeNewDeal(given: Record<string, unknown>): Completed {
  const standing = tryStanding((given.stage as DealStage | undefined) ?? 'LEAD', given.status as DealStatus);
  if ('problem' in standing) return standing;
  const values = placeClose(given, standing);
  const problem = closingProblem(values, standing);
  if (problem) return { problem };
  const probability = given.probability ?? defaultProbability(standing);
  return { values: { ...values, ...standing, probability }, moved: standing };
}

/** What a row changes in a deal that stands. Leaving the closed stage takes the closing with it. */
export function completeDealChange(before: Existing, given: Record<string, unknown>, now: Date): Completed {
  const was = { stage: before.stage as DealStage, status: before.status as DealStatus };
  const stage = (given.stage as DealStage | undefined) ?? was.stage;
  const status = (given.status as DealStatus | undefined) ?? (stage === was.stage ? was.status : undefined);
  const standing = tryStanding(stage, status);
  if ('problem' in standing) return standing;
  const values = placeClose(given, standing);
  const problem = closingProblem(values, standing);
  if (problem) return { problem };
  const isMoved = standing.stage !== was.stage;
  if (!isMoved && standing.status === was.status) return { values, moved: null };
  const move = {
    ...standing,
    probability: probabilityAfterMove({ ...was, probability: before.probability as number }, standing),
    ...(isMoved ? { stage_changed_at: now } : {}),
    ...(standing.stage === 'CLOSED' ? {} : { closed_on: null, close_reason: null }),
  };
  return { values: { ...move, ...values, ...standing }, moved: isMoved ? standing : null };
}

function tryStanding(stage: DealStage, status: DealStatus | undefined): Standing | { problem: string } {
  try {
    return standingOf(stage, status);
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') return { problem: error.message };
    throw error;
  }
}

/** One column for both: many systems write the expected day of an open deal where a closed one has its closing. */
function placeClose(given: Record<string, unknown>, standing: Standing): Record<string, unknown> {
  const { close_on: closeOn, ...values } = given;
  if (closeOn === undefined) return values;
  const column = standing.stage === 'CLOSED' ? 'closed_on' : 'expected_close_on';
  return { ...values, [column]: values[column] ?? closeOn };
}

function closingProblem(values: Record<string, unknown>, standing: Standing): string | null {
  if (standing.stage === 'CLOSED') return null;
  if (values.closed_on) return `A deal in stage ${standing.stage} is open and has no day of closing.`;
  return values.close_reason
    ? `A deal in stage ${standing.stage} is open and has no reason of closing.`
    : null;
}
