import { redactText } from '../kernel/log.ts';

/**
 * What the caller should do: try again later, ask the person to connect again, leave this account out, or stop because
 * only a change of ours, of the settings or at the platform helps.
 */
export type PlatformErrorKind = 'retry' | 'reauthorize' | 'skip' | 'stop';

export type DeadGrant = 'EXPIRED' | 'REVOKED';

export interface PlatformErrorDetail {
  kind: PlatformErrorKind;
  /** Plain words for the agency: what happened and what to do. */
  message: string;
  /** The platform's code, with its subcode: "190/463"; or ours: "timeout", "contract". */
  code: string;
  /** The platform's own words, with secrets taken out. */
  vendorMessage?: string | undefined;
  /** How long the platform asked to wait. */
  retryAfterMs?: number | undefined;
  /** What it asked to wait for is the whole application's limit, not the ad account's. */
  isApplicationWide?: boolean | undefined;
  /** The answer was too large to be made: ask for less at a time. */
  isTooMuch?: boolean | undefined;
  /** The platform still works on what it was asked: waiting is no failed try. */
  isPending?: boolean | undefined;
  /** With `reauthorize`: what became of the grant. */
  grant?: DeadGrant | undefined;
  cause?: unknown;
}

/** The one error of every platform. Sorted by what the caller should do, never by the vendor's names. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';

  /** The pages' bundle holds a copy of this class, and clients that the process made throw the other's. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'PlatformError';
  }

  readonly kind: PlatformErrorKind;
  readonly code: string;
  readonly vendorMessage: string | null;
  readonly retryAfterMs: number | null;
  readonly isApplicationWide: boolean;
  readonly isTooMuch: boolean;
  readonly isPending: boolean;
  readonly grant: DeadGrant | null;

  constructor(detail: PlatformErrorDetail) {
    super(detail.message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.kind = detail.kind;
    this.code = detail.code;
    this.vendorMessage = detail.vendorMessage === undefined ? null : redactText(detail.vendorMessage);
    this.retryAfterMs = detail.retryAfterMs ?? null;
    this.isApplicationWide = detail.isApplicationWide ?? false;
    this.isTooMuch = detail.isTooMuch ?? false;
    this.isPending = detail.isPending ?? false;
    this.grant = detail.grant ?? (detail.kind === 'reauthorize' ? 'REVOKED' : null);
  }
}

/** The platform sent something that its documentation does not allow; `path` says where. */
export function contractError(platformName: string, path: string, problem: string): PlatformError {
  return new PlatformError({
    kind: 'stop',
    code: 'contract',
    message: `${platformName} answered in a form that SpokeStack does not know. The figures that stood before are kept; tell your administrator.`,
    vendorMessage: `${path}: ${problem}`,
  });
}
