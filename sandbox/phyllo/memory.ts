import { type Network } from '../world/networks.ts';
import { Outbox } from './outbox.ts';

export interface PhylloUser {
  id: string;
  name: string;
  externalId: string;
  createdAt: number;
}

/** When something was last brought from the network, and when that happens next; null: not yet, and not planned. */
export interface SyncTimes {
  syncedAt: number | null;
  dueAt: number | null;
}

/** A creator's account as one user connected it. All moments are in ms since the epoch, all days since 1970. */
export interface PhylloAccount {
  id: string;
  userId: string;
  network: Network;
  creatorKey: string;
  createdAt: number;
  updatedAt: number;
  status: 'CONNECTED' | 'NOT_CONNECTED' | 'SESSION_EXPIRED';
  disconnectionSource: string | null;
  identity: SyncTimes;
  engagement: SyncTimes;
  /** The first day whose posts Phyllo has. */
  availableFrom: number;
  historic: { fromDay: number; dueAt: number } | null;
  nextDailyAt: number | null;
}

export interface PhylloWebhook {
  id: string;
  name: string;
  url: string;
  events: string[];
  isActive: boolean;
  createdAt: number;
  updatedAt: number;
}

/** How long things take, in ms. */
export interface PhylloSettings {
  /** From a connection until the first figures are there. */
  syncMs: number;
  refreshMs: number;
  historicMs: number;
  /** The life of an SDK token, and of a signed address of a picture. */
  tokenMs: number;
  mediaMs: number;
}

const DEFAULTS: PhylloSettings = {
  ...{ syncMs: 3_000, refreshMs: 1_000, historicMs: 2_000 },
  ...{ tokenMs: 7 * 86_400_000, mediaMs: 6 * 3_600_000 },
};

/** What outlives the process where the sandbox was given a file. */
export interface PhylloKept {
  users: PhylloUser[];
  accounts: PhylloAccount[];
  webhooks: PhylloWebhook[];
}

export interface PhylloStore {
  read(): PhylloKept | undefined;
  write(kept: PhylloKept): void;
}

/** What the stand-in for Phyllo remembers between calls. */
export class PhylloMemory {
  readonly users = new Map<string, PhylloUser>();
  readonly accounts = new Map<string, PhylloAccount>();
  readonly webhooks = new Map<string, PhylloWebhook>();
  readonly settings: PhylloSettings = { ...DEFAULTS };
  readonly outbox: Outbox;
  readonly #store: PhylloStore | undefined;
  #serial = 0;

  constructor(now: () => Date, store?: PhylloStore) {
    this.#store = store;
    this.outbox = new Outbox(now, {
      webhooks: this.webhooks,
      onSwitchedOff: () => {
        this.keep();
      },
    });
    const kept = store?.read();
    for (const user of kept?.users ?? []) this.users.set(user.id, user);
    for (const account of kept?.accounts ?? []) this.accounts.set(account.id, account);
    for (const webhook of kept?.webhooks ?? []) this.webhooks.set(webhook.id, webhook);
  }

  /** Counts up; never the same twice while the sandbox runs. */
  nextSerial(): number {
    this.#serial += 1;
    return this.#serial;
  }

  /** Writes down what is to outlive the process. */
  keep(): void {
    this.#store?.write({
      users: [...this.users.values()],
      accounts: [...this.accounts.values()],
      webhooks: [...this.webhooks.values()],
    });
  }
}
