import { type Scope } from './scopes.ts';
import { type Grant } from './tokens.ts';

/** A code of the consent page, waiting to be exchanged. */
export interface PendingCode {
  grant: Grant;
  redirectUri: string;
  codeChallenge: string | null;
  /** A refresh token comes with the first consent, or where consent was asked for again. */
  isOffline: boolean;
  isUsed: boolean;
}

interface Revocation {
  at: number;
  serial: number;
}

/** What the stand-in for Google remembers between calls. Tokens are not here: they carry their own content. */
export class GoogleMemory {
  readonly codes = new Map<string, PendingCode>();
  readonly #granted = new Map<string, readonly Scope[]>();
  readonly #revocations = new Map<string, Revocation>();
  #serial = 0;

  /** Counts up; never the same twice while the sandbox runs. */
  nextSerial(): number {
    this.#serial += 1;
    return this.#serial;
  }

  /** What a person has allowed so far; undefined before the first consent. */
  grantedBy(personId: string): readonly Scope[] | undefined {
    return this.#granted.get(personId);
  }

  remember(personId: string, granted: readonly Scope[]): void {
    this.#granted.set(personId, granted);
  }

  /** Ends every grant that a person has given by now. */
  revoke(personId: string, at: Date): void {
    this.#granted.delete(personId);
    this.#revocations.set(personId, { at: at.getTime(), serial: this.nextSerial() });
  }

  isRevoked(grant: Grant): boolean {
    const revocation = this.#revocations.get(grant.personId);
    if (!revocation) return false;
    if (grant.issuedAt !== revocation.at) return grant.issuedAt < revocation.at;
    return grant.serial < revocation.serial;
  }
}
