import { type Target, parseTarget, type WorldChange } from '../world/changes.ts';
import { type WorldPlatform } from '../world/platforms.ts';

const ON_ANSWERS = ['error_500', 'slow', 'truncated_body'] as const;
const ON_CALLS = [...ON_ANSWERS, 'rate_limited', 'expired_token', 'revoked_grant'] as const;
const ON_LISTS = ['reduce_data', 'empty_page_with_next'] as const;
const ON_JOBS = ['job_failed', 'job_stuck', 'job_skipped'] as const;
const ON_WORLD = ['restate_days', 'drop_campaign'] as const;
/** Phyllo knows no tokens: its calls carry a pair of credentials, and its lists say nothing of a next page. */
const ON_PHYLLO = ['unauthorized', 'empty_page'] as const;

export type FaultKind = (
  typeof ON_CALLS | typeof ON_LISTS | typeof ON_JOBS | typeof ON_WORLD | typeof ON_PHYLLO
)[number];
export type Platform = WorldPlatform | 'phyllo' | 'fx';

/** What can go wrong where. */
export const FAULT_KINDS: Record<Platform, readonly FaultKind[]> = {
  meta: [...ON_CALLS, ...ON_LISTS, ...ON_JOBS, ...ON_WORLD],
  google: [...ON_CALLS, ...ON_LISTS, ...ON_WORLD],
  tiktok: [...ON_CALLS, ...ON_LISTS, ...ON_WORLD],
  phyllo: [...ON_ANSWERS, 'rate_limited', ...ON_PHYLLO],
  fx: ON_ANSWERS,
};

export interface FaultOrder {
  platform: Platform;
  kind: FaultKind;
  /** How many calls it strikes; unset: every one until it is taken away. */
  times?: number;
  /** How many calls that it would strike pass first. */
  after?: number;
  match?: string;
  delayMs?: number;
}

export interface Fault extends FaultOrder {
  id: number;
  seen: number;
  struck: number;
}

/** What a call is, as far as faults care. */
export interface FaultyCall {
  platform: Platform;
  /** Path and question, decoded and without secrets. */
  address: string;
  kinds: readonly FaultKind[];
}

/** The kinds that a plain call can meet, and those that lists, insights and asynchronous jobs meet beside them. */
export const CALL_KINDS: readonly FaultKind[] = ON_CALLS;
export const ANSWER_KINDS: readonly FaultKind[] = ON_ANSWERS;
export const JOB_KINDS: readonly FaultKind[] = ON_JOBS;

function isWorldKind(kind: FaultKind): kind is WorldChange['kind'] {
  return (ON_WORLD as readonly FaultKind[]).includes(kind);
}

/** The armed faults. One call meets one fault at most: the oldest that is due. */
export class FaultBook {
  #faults: Fault[] = [];
  #lastId = 0;
  readonly #now: () => Date;
  readonly #changeWorld: (change: WorldChange) => void;

  constructor(now: () => Date, changeWorld: (change: WorldChange) => void) {
    this.#now = now;
    this.#changeWorld = changeWorld;
  }

  /** Arms a fault. A change of the world happens at once, or after as many calls of the platform as it asks. */
  arm(order: FaultOrder): Fault {
    this.#lastId += 1;
    const fault: Fault = { ...order, id: this.#lastId, seen: 0, struck: 0 };
    this.#faults.push(fault);
    if ((fault.after ?? 0) === 0) this.#happen(fault);
    return fault;
  }

  list(): Fault[] {
    return this.#faults.map((fault) => ({ ...fault }));
  }

  clear(): void {
    this.#faults = [];
  }

  /** Counts a call against every fault that could strike it, and answers the one that does. */
  take(call: FaultyCall): Fault | undefined {
    let striking: Fault | undefined;
    for (const fault of this.#faults) {
      if (fault.platform !== call.platform) continue;
      if (isWorldKind(fault.kind)) {
        fault.seen += 1;
        if (fault.seen > (fault.after ?? 0)) this.#happen(fault);
      } else if (call.kinds.includes(fault.kind) && call.address.includes(fault.match ?? '')) {
        fault.seen += 1;
        const isDue =
          fault.seen > (fault.after ?? 0) && fault.struck < (fault.times ?? Number.POSITIVE_INFINITY);
        if (isDue && striking === undefined) striking = fault;
      }
    }
    if (striking) striking.struck += 1;
    return striking;
  }

  /** Changes the world once, where that is what the fault does. */
  #happen(fault: Fault): void {
    const { platform, kind, match } = fault;
    if (!isWorldKind(kind) || platform === 'fx' || platform === 'phyllo' || fault.struck > 0) return;
    fault.struck = 1;
    this.#changeWorld({ platform, kind, at: this.#now(), target: targetOf(match) });
  }
}

function targetOf(match: string | undefined): Target {
  const target = match === undefined ? { days: [], ids: new Set<string>() } : parseTarget(match);
  if (target === undefined) throw new Error(`unread target ${match}`);
  return target;
}

type Parsed = { order: FaultOrder } | { problem: string };

/** Reads the body of POST /_faults; answers what is wrong with it in words. */
export function parseFaultOrder(body: unknown): Parsed {
  if (typeof body !== 'object' || body === null) return { problem: 'the body must be a JSON object' };
  const { platform, kind, times, after, match, delayMs, ...others } = body as Record<string, unknown>;
  const unknown = Object.keys(others);
  if (unknown.length > 0) return { problem: `unknown field ${unknown.join(', ')}` };
  const place = (Object.keys(FAULT_KINDS) as Platform[]).find((name) => name === platform);
  if (!place) return { problem: `unknown platform; this sandbox has ${Object.keys(FAULT_KINDS).join(', ')}` };
  const known = FAULT_KINDS[place].find((name) => name === kind);
  if (!known) return { problem: `unknown kind; ${place} has ${FAULT_KINDS[place].join(', ')}` };
  const order: FaultOrder = { platform: place, kind: known };
  for (const [name, value, least] of [
    ['times', times, 1],
    ['after', after, 0],
    ['delayMs', delayMs, 1],
  ] as const) {
    if (value === undefined || value === null) continue;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > 1_000_000) {
      return { problem: `${name} must be a whole number from ${least} to 1000000` };
    }
    order[name] = value;
  }
  if (match !== undefined && match !== null) {
    if (typeof match !== 'string') return { problem: 'match must be a text' };
    order.match = match;
  }
  return checkWorldOrder(order);
}

function checkWorldOrder(order: FaultOrder): Parsed {
  if (!isWorldKind(order.kind)) return { order };
  if ((order.times ?? 1) !== 1) {
    return { problem: `${order.kind} happens once and stays until DELETE /_faults; leave times out` };
  }
  const target = order.match === undefined ? undefined : parseTarget(order.match);
  if (order.match !== undefined && target === undefined) {
    return { problem: 'match must be days (D or D..D), campaign ids or ad account ids, separated by commas' };
  }
  if (order.kind === 'drop_campaign' && target && target.days.length > 0) {
    return { problem: 'drop_campaign takes campaign ids or ad account ids, no days' };
  }
  return { order };
}
