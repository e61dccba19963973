import { PlatformError } from '../../integrations/errors.ts';
import { AppError } from '../../kernel/errors.ts';

const MINUTE_MS = 60_000;
/** How long after a failed try the next one comes, a day and a half in all. */
const WAITS_MS = [0.25, 1, 5, 30, 120, 300, 600, 1080].map((minutes) => minutes * MINUTE_MS);

/** After so many tries an event waits for a person. */
export const MOST_ATTEMPTS = WAITS_MS.length + 1;

/** Whoever tries an event and is not heard of for so long is given up. */
export const ATTEMPT_WITHIN_MS = 10 * MINUTE_MS;

/** An event that nobody here handles yet is looked at again after so long. */
export const UNHANDLED_WAIT_MS = 10 * MINUTE_MS;

/** What a failed try means: when to try again, or that a person has to see to it. */
export interface Failure {
  summary: string;
  /** Null: not by itself. */
  waitMs: number | null;
}

/** `attempt` counts from 1. An error of ours is told as one, without its words. */
export function failureOf(error: unknown, attempt: number): Failure {
  const waitMs = attempt >= MOST_ATTEMPTS ? null : (WAITS_MS[attempt - 1] ?? null);
  if (error instanceof PlatformError) {
    if (error.kind !== 'retry') return { summary: error.message, waitMs: null };
    const asked = waitMs === null ? null : Math.max(waitMs, error.retryAfterMs ?? 0);
    return { summary: error.message, waitMs: asked };
  }
  if (error instanceof AppError) return { summary: error.message, waitMs };
  return { summary: 'Something went wrong on our side. The log says what.', waitMs };
}
