import { CALLS_PER_SECOND } from './app.ts';
import { CallLimiter } from './limiter.ts';
import { type Grant } from './tokens.ts';

/** An auth_code of the consent page, waiting to be exchanged. */
export interface PendingCode {
  grant: Grant;
  issuedAt: number;
  isUsed: boolean;
}

const nameOf = ({ issuedAt, serial }: Grant): string => `${issuedAt}.${serial}`;

/** What the stand-in for TikTok remembers between calls. Tokens are not here: they carry their own content. */
export class TiktokMemory {
  readonly codes = new Map<string, PendingCode>();
  /** null: calls are not limited. */
  readonly limiter: CallLimiter | null;
  readonly #revoked = new Set<string>();
  /** By question: the pages of its present walk that were answered empty, so that no row is lost behind them. */
  readonly #emptyPages = new Map<string, number[]>();
  #serial = 0;

  constructor(isLimited: boolean) {
    this.limiter = isLimited ? new CallLimiter(CALLS_PER_SECOND) : null;
  }

  /** Counts up; never the same twice while the sandbox runs. */
  nextSerial(): number {
    this.#serial += 1;
    return this.#serial;
  }

  revoke(grant: Grant): void {
    this.#revoked.add(nameOf(grant));
  }

  isRevoked(grant: Grant): boolean {
    return this.#revoked.has(nameOf(grant));
  }

  /** Answers this page of the question empty; what belongs on it and behind moves one page on. */
  addEmptyPage(question: string, page: number): void {
    this.#emptyPages.set(question, [...this.emptyPages(question, page), page]);
  }

  /** The empty pages of the question's present walk. A walk begins with its first page. */
  emptyPages(question: string, page: number): readonly number[] {
    if (page === 1) this.#emptyPages.delete(question);
    return this.#emptyPages.get(question) ?? [];
  }

  forgetWalks(): void {
    this.#emptyPages.clear();
  }
}
