import type { HttpAnswer } from '../http.ts';
import { contractError, PlatformError, type PlatformErrorDetail } from '../errors.ts';
import { envelopeWire } from './wire.ts';

type Verdict = Pick<
  PlatformErrorDetail,
  'kind' | 'message' | 'isTooMuch' | 'isApplicationWide' | 'retryAfterMs' | 'grant'
>;

const SLOWER = 'TikTok asked us to slow down. We go on by ourselves as soon as it allows.';
const AGAIN = 'TikTok had trouble answering. We try again by ourselves.';
const SMALLER = 'TikTok could not answer so much at once. We ask for fewer days at a time.';
const PARTIAL =
  'TikTok answered in part only. We try again by ourselves, and keep the figures of before meanwhile.';
const NO_ACCESS =
  'The person who connected TikTok may not read this ad account. Ask for access to it in TikTok Business Center, then connect again.';
const GONE =
  'TikTok does not know this ad account any more, or it is no longer shared with the person who connected it.';
const OURS =
  'TikTok refused the request. This needs a change in SpokeStack or its settings; tell your administrator.';
const EXPIRED = 'The access that was given to TikTok has expired. Connect again.';
const REVOKED =
  'TikTok no longer accepts the access that was given: it was withdrawn, or replaced by a newer one. Connect again.';
const USED_CODE = 'The answer of TikTok was used already or came too late. Connect again.';

/** The application's calls a second: a short wait lifts it. TikTok never says how long. */
const PER_SECOND_LIMIT = 40100;
const PER_SECOND_WAIT_MS = 5_000;
/** Limits of one advertiser, or of asking the same again, which count by the minute. */
const OTHER_LIMITS: ReadonlySet<number> = new Set([40016, 40133, 51021]);
const OTHER_WAIT_MS = 60_000;

const DEAD_GRANTS: Readonly<Record<number, Verdict>> = {
  40102: { kind: 'reauthorize', grant: 'EXPIRED', message: EXPIRED },
  40104: { kind: 'reauthorize', grant: 'REVOKED', message: REVOKED },
  40105: { kind: 'reauthorize', grant: 'REVOKED', message: REVOKED },
  40106: { kind: 'reauthorize', grant: 'REVOKED', message: REVOKED },
  40110: { kind: 'reauthorize', grant: 'REVOKED', message: USED_CODE },
};

/**
 * The error that an answer means, or null. The HTTP status is no verdict: a refusal comes with 200.
 * Source: API for Business, return codes; the codes that airbytehq/airbyte's source-tiktok-marketing repeats.
 */
export function classifyTiktok(answer: HttpAnswer): PlatformError | null {
  const parsed = envelopeWire.safeParse(answer.body);
  if (parsed.success) {
    const { code, message } = parsed.data;
    if (code === 0 && answer.status < 400) return null;
    if (code !== 0)
      return new PlatformError({ ...judge(code, message), code: String(code), vendorMessage: message });
  }
  // Gateways in between answer with a page of their own.
  if (answer.status === 429 || answer.status >= 500)
    return new PlatformError({ kind: 'retry', message: AGAIN, code: `http ${answer.status}` });
  if (answer.status >= 400) return contractError('TikTok', 'status', `${answer.status} without a code`);
  return contractError('TikTok', 'code', 'an answer without one');
}

function judge(code: number, message: string): Verdict {
  if (code === PER_SECOND_LIMIT)
    return { kind: 'retry', message: SLOWER, retryAfterMs: PER_SECOND_WAIT_MS, isApplicationWide: true };
  if (OTHER_LIMITS.has(code)) return { kind: 'retry', message: SLOWER, retryAfterMs: OTHER_WAIT_MS };
  const dead = DEAD_GRANTS[code];
  if (dead) return dead;
  if (code === 40067) return { kind: 'retry', message: SMALLER, isTooMuch: true };
  if (code === 40001) return { kind: 'skip', message: NO_ACCESS };
  if (code === 40002) return judgeRefusal(message);
  // Half an answer must never be taken for a whole one.
  if (code === 20001) return { kind: 'retry', message: PARTIAL };
  if ((code >= 50_000 && code < 60_000) || code === 60_001) return { kind: 'retry', message: AGAIN };
  return { kind: 'stop', message: OURS };
}

/** One code stands for a wrong parameter and for an account that is not there; only its text tells them apart. */
function judgeRefusal(message: string): Verdict {
  if (/time span|time range|date range/i.test(message)) return { kind: 'stop', message: OURS };
  const isMissing = /not (be )?(accessible|found|exist)|n['’]t exist|permission|unauthori[sz]ed/i.test(
    message,
  );
  return isMissing ? { kind: 'skip', message: GONE } : { kind: 'stop', message: OURS };
}
