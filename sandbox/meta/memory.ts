import { type MetaLead } from './leads.ts';
import { type Grant } from './tokens.ts';

/** A code of the consent page, waiting to be exchanged. */
export interface PendingCode {
  grant: Grant;
  redirectUri: string;
  issuedAt: number;
  isUsed: boolean;
}

export interface InsightsJob {
  id: string;
  accountId: string;
  /** The node that was asked: an ad account or a campaign. */
  nodeId: string;
  params: string;
  /** The first and last day that were asked for. */
  dates: { date_start: string; date_stop: string };
  createdAt: Date;
  polls: number;
  fate: 'completes' | 'fails' | 'sticks' | 'is skipped';
}

interface Revocation {
  at: number;
  serial: number;
}

/** What the stand-in for Meta remembers between calls. Tokens are not here: they carry their own content. */
export class MetaMemory {
  readonly codes = new Map<string, PendingCode>();
  readonly jobs = new Map<string, InsightsJob>();
  readonly leads = new Map<string, MetaLead>();
  readonly #revocations = new Map<string, Revocation>();
  readonly #calls = new Map<string, { hour: number; count: number }>();
  #serial = 0;

  /** Counts up; never the same twice while the sandbox runs. */
  nextSerial(): number {
    this.#serial += 1;
    return this.#serial;
  }

  /** Ends every grant that a person has given by now. */
  revoke(personId: string, at: Date): void {
    this.#revocations.set(personId, { at: at.getTime(), serial: this.nextSerial() });
  }

  isRevoked(grant: Grant): boolean {
    const revocation = this.#revocations.get(grant.personId);
    if (!revocation) return false;
    if (grant.issuedAt !== revocation.at) return grant.issuedAt < revocation.at;
    return grant.serial < revocation.serial;
  }

  /** Counts a call against a key (the application, an ad account) and answers how many it had within the hour. */
  countCall(key: string, at: Date): number {
    const hour = Math.floor(at.getTime() / 3_600_000);
    const known = this.#calls.get(key);
    const count = known?.hour === hour ? known.count + 1 : 1;
    this.#calls.set(key, { hour, count });
    return count;
  }
}
