import type { AdPlatformId, Caller, CallLimit } from './ad-platform.ts';
import { PlatformError } from './errors.ts';

/** How a call ended, as far as the limits shared by all processes care. */
export type CallOutcome = 'good' | 'trouble' | 'throttled';

/** One call as the shared limits count it. */
export interface MeteredCall {
  platform: AdPlatformId;
  limits: { application: CallLimit | null; account: CallLimit | null };
  /** The ad account, or null where the application alone is charged. */
  account: string | null;
  caller: Caller | undefined;
}

/** Whether a call may be made now. */
export interface Permit {
  /** How long to wait and ask again, in ms; 0: it was taken. */
  waitMs: number;
  /** It failed too often lately and is given a rest, rather than that its limit is used up. */
  isResting: boolean;
  /** Calls before this one failed: how it ends must be noted. */
  isTroubled: boolean;
}

/** The limits of a platform, shared by every process that calls it. */
export interface CallBudget {
  take(call: MeteredCall): Promise<Permit>;
  /** How it ended, and how long the platform asked to wait before the next, in ms. */
  note(call: MeteredCall, outcome: CallOutcome, pauseMs: number): Promise<void>;
}

/** What the pace of one client is kept with. */
export interface PaceDeps {
  vendorName: string;
  /** null: no shared limits, the vendor's own headers alone. */
  budget: CallBudget | null;
  metered: Pick<MeteredCall, 'platform' | 'limits'> | null;
  maxWaitMs: number;
  now: () => number;
  sleep: (waitMs: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** A call as its client names it. `meter` is an ad account's native id or `application`. */
export interface PacedCall {
  meter: string;
  caller?: Caller | undefined;
  signal?: AbortSignal | undefined;
}

/** When a client may call: after what its vendor asked for, and within the limits that all processes share. */
export class Pace {
  private readonly pauses = new Map<string, number>();

  constructor(private readonly deps: PaceDeps) {}

  /**
   * Waits until the call may be made. Answers whether how it ends must be noted though it ends well.
   * Errors: `retry` with the time, where the wait is longer than this process holds a call.
   */
  async enter(call: PacedCall): Promise<boolean> {
    await this.waitOut(call);
    const metered = this.meteredCall(call);
    if (!metered || !this.deps.budget) return false;
    for (let waitedMs = 0; ;) {
      const { waitMs, isResting, isTroubled } = await this.deps.budget.take(metered);
      if (waitMs === 0) return isTroubled;
      if (waitedMs + waitMs > this.deps.maxWaitMs) throw this.mustWait(waitMs, isResting);
      await this.deps.sleep(waitMs, call.signal);
      waitedMs += waitMs;
    }
  }

  /** An answer asked to wait before the next call of the meter. */
  async pause(call: PacedCall, pauseMs: number): Promise<void> {
    this.pauses.set(call.meter, this.deps.now() + pauseMs);
    await this.leave(call, 'throttled', pauseMs);
  }

  /** Notes for all processes how a call ended, and how long nobody should call again. */
  async leave(call: PacedCall, outcome: CallOutcome, pauseMs: number): Promise<void> {
    const metered = this.meteredCall(call);
    if (metered) await this.deps.budget?.note(metered, outcome, pauseMs);
  }

  private async waitOut(call: PacedCall): Promise<void> {
    const waitMs = (this.pauses.get(call.meter) ?? 0) - this.deps.now();
    if (waitMs <= 0) return;
    if (waitMs > this.deps.maxWaitMs) throw this.mustWait(waitMs, false);
    await this.deps.sleep(waitMs, call.signal);
  }

  private meteredCall({ meter, caller }: PacedCall): MeteredCall | null {
    const { metered } = this.deps;
    return metered && { ...metered, account: meter === 'application' ? null : meter, caller };
  }

  private mustWait(retryAfterMs: number, isResting: boolean): PlatformError {
    const { vendorName } = this.deps;
    const message = isResting
      ? `${vendorName} failed several times in a row. We give it a rest and go on by ourselves.`
      : `${vendorName} asked us to slow down. We go on by ourselves as soon as it allows.`;
    return new PlatformError({
      kind: 'retry',
      code: isResting ? 'circuit' : 'pace',
      message,
      retryAfterMs,
    });
  }
}

/** What an error says of the vendor's health: it was throttled, it is in trouble, or it answered and meant it. */
export function outcomeOf(error: unknown): CallOutcome {
  if (!(error instanceof PlatformError) || error.kind !== 'retry' || error.isTooMuch || error.isPending)
    return 'good';
  return error.retryAfterMs === null ? 'trouble' : 'throttled';
}
