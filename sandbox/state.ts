import { CallLog } from './control/calls.ts';
import { FaultBook } from './control/faults.ts';
import { GoogleMemory } from './google/memory.ts';
import { MetaMemory } from './meta/memory.ts';
import { PhylloMemory, type PhylloStore } from './phyllo/memory.ts';
import { TiktokMemory } from './tiktok/memory.ts';
import { createWorld, type World } from './world/world.ts';

export const DEFAULT_SEED = 20_260_401;

/** All that the sandbox remembers. It lives in memory: a restart begins with the seed that it was started with. */
export interface SandboxState {
  readonly now: () => Date;
  readonly world: World;
  readonly faults: FaultBook;
  readonly calls: CallLog;
  readonly meta: MetaMemory;
  readonly google: GoogleMemory;
  readonly tiktok: TiktokMemory;
  readonly phyllo: PhylloMemory;
  /**
   * Another world: accounts, campaigns and figures of another seed; faults, calls and reports are
   * forgotten, while people, their tokens and what they revoked stay, as do Phyllo's
   * users, accounts and webhooks.
   */
  reseed(seed: number): void;
  /** Takes all faults away and undoes what they changed in the world. */
  clearFaults(): void;
}

class MemoryState implements SandboxState {
  world: World;
  readonly faults: FaultBook;
  readonly calls = new CallLog();
  readonly meta = new MetaMemory();
  readonly google = new GoogleMemory();
  readonly tiktok: TiktokMemory;
  readonly phyllo: PhylloMemory;

  constructor(
    seed: number,
    readonly now: () => Date,
    { isLimited, phylloStore }: Pick<StateOptions, 'isLimited' | 'phylloStore'>,
  ) {
    this.tiktok = new TiktokMemory(isLimited ?? false);
    this.phyllo = new PhylloMemory(now, phylloStore);
    this.world = createWorld(seed);
    this.faults = new FaultBook(now, (change) => this.world.changes.push(change));
  }

  reseed(seed: number): void {
    this.world = createWorld(seed);
    this.faults.clear();
    this.calls.clear();
    this.meta.jobs.clear();
    this.tiktok.forgetWalks();
    this.phyllo.outbox.clear();
  }

  clearFaults(): void {
    this.faults.clear();
    this.world.changes.length = 0;
  }
}

export interface StateOptions {
  seed?: number;
  now?: () => Date;
  isLimited?: boolean;
  /** Where Phyllo's users, accounts and webhooks outlive the process; left out: nowhere. */
  phylloStore?: PhylloStore;
}

export function createState({ seed, now, ...rest }: StateOptions): SandboxState {
  return new MemoryState(seed ?? DEFAULT_SEED, now ?? (() => new Date()), rest);
}
