const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Phyllo reads a new account within seconds, or takes its time: it is asked often first and seldom later. */
const PENDING_WAITS_MS = [3, 5, 10, 20, 40, 60, 120, 300].map((seconds) => seconds * SECOND_MS);
const LONGEST_PENDING_WAIT_MS = 10 * MINUTE_MS;
const MOST_PENDING_MS = 24 * HOUR_MS;

/** How long to wait for Phyllo's own work before looking again; null: it has had its time. */
export function pendingWait(attempt: number, pendingForMs: number): number | null {
  if (pendingForMs >= MOST_PENDING_MS) return null;
  return PENDING_WAITS_MS[attempt - 1] ?? LONGEST_PENDING_WAIT_MS;
}

const FIRST_RETRY_MS = 30 * SECOND_MS;
const LONGEST_RETRY_MS = HOUR_MS;
const MOST_RETRIES_MS = 6 * HOUR_MS;

/** How long after a failed try the next one comes; null: the daily poll comes next. */
export function retryWait(attempt: number, ageMs: number, askedMs: number | null): number | null {
  if (ageMs >= MOST_RETRIES_MS) return null;
  const own = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempt - 1, 20));
  return Math.max(own, askedMs ?? 0);
}

const DAY_MS = 24 * HOUR_MS;
/** A refresh of Phyllo looks so far back. */
const USUAL_DAYS = 90;
/** Stories live for a day: the hourly look is for them. */
const HOURLY_DAYS = 3;

interface Asked {
  kind: 'CONTENTS' | 'EVERYTHING' | 'HISTORY';
  trigger: 'CONNECT' | 'WEBHOOK' | 'POLL' | 'MANUAL';
  historyFrom: string | null;
}

/** The UTC days whose contents a run reads; null is open. A first sync takes all that Phyllo has. */
export function rangeOf({ kind, trigger, historyFrom }: Asked, now: Date): { from: string | null; to: null } {
  if (kind === 'HISTORY') return { from: historyFrom, to: null };
  if (trigger === 'CONNECT') return { from: null, to: null };
  const days = kind === 'CONTENTS' && trigger === 'POLL' ? HOURLY_DAYS : USUAL_DAYS;
  return { from: new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 10), to: null };
}

/** Whether Phyllo is to look at the network first: what a person asks for now, and stories, which the next day lacks. */
export function asksFirst({ kind, trigger }: { kind: string; trigger: string }): boolean {
  return kind === 'HISTORY' || trigger === 'MANUAL' || (trigger === 'POLL' && kind === 'CONTENTS');
}
