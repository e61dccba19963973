import type { HttpAnswer } from '../http.ts';
import { contractError, PlatformError, type PlatformErrorDetail } from '../errors.ts';
import { type FailureWire, failureWire } from './wire.ts';
import { regainMs } from './usage.ts';

type Verdict = Pick<
  PlatformErrorDetail,
  'kind' | 'message' | 'isTooMuch' | 'isApplicationWide' | 'retryAfterMs' | 'grant'
>;

const SLOWER = 'Meta asked us to slow down. We go on by ourselves as soon as it allows.';
const AGAIN = 'Meta had trouble answering. We try again by ourselves.';
const SMALLER = 'Meta could not answer so much at once. We ask for less at a time.';
const BLOCKED =
  'Meta has blocked these calls for now. Look at the account quality page in Meta Business Manager; the figures so far are kept.';
const NO_ACCESS =
  'The person who connected Meta may no longer read this ad account. Ask for access to it in Meta Business Manager, then connect again.';
const GONE =
  'Meta does not know this ad account any more, or it is no longer shared with the person who connected it.';
const OURS =
  'Meta refused the request. This needs a change in SpokeStack or its settings; tell your administrator.';
const DEPRECATED =
  'Meta no longer serves this version of its API. An administrator sets a newer META_API_VERSION.';

/** Limits of the application, the person, the page and each business use case. */
const THROTTLES: ReadonlySet<number> = new Set([
  ...[4, 17, 32, 341, 613],
  ...[80000, 80001, 80002, 80003, 80004, 80005, 80006, 80008, 80009, 80014],
]);
/** Of those, the application's: no ad account of anybody's may be asked for then. */
const APPLICATION_LIMITS: ReadonlySet<number> = new Set([4, 341]);
/** 613 also guards limits of hours, which waiting a minute does not lift. */
const SLOW_LIMITS: ReadonlySet<number> = new Set([1487632, 1487225]);
const BLOCKS: ReadonlySet<number> = new Set([368, 1404078, 2859015]);

/** Code and subcode of answers that were too large to be made in time. The subcodes are those of insights. */
const TOO_MUCH: ReadonlySet<string> = new Set(['2/1504038', '100/1504018', '100/1487534', '-3/1504045']);
/** Code 2 is temporary, but not where the question itself is wrong. */
const WRONG_QUESTIONS: ReadonlySet<string> = new Set(['2/1504041', '2/1504042']);

const DEAD_GRANTS: Readonly<Record<number, string>> = {
  458: 'SpokeStack was removed from the apps of the person who connected Meta. Connect again.',
  459: 'Meta asks the person who connected to sign in at facebook.com and confirm their account. Then connect again.',
  460: 'The person who connected Meta changed their password. Connect again.',
  463: 'The access that was given to Meta has expired, as it does after about 60 days. Connect again.',
  464: 'Meta asks the person who connected to confirm their account at facebook.com. Then connect again.',
};
const DEAD_GRANT = 'Meta no longer accepts the access that was given. Connect again.';

/** The error that an answer means, or null. Source: Graph API and Ads Insights API error codes. */
export function classifyMeta(answer: HttpAnswer): PlatformError | null {
  const parsed = failureWire.safeParse(answer.body);
  // An error may come with status 200 too.
  if (parsed.success) return toPlatformError(parsed.data.error, answer);
  if (answer.status < 400) return null;
  if (answer.status === 429 || answer.status >= 500) {
    return new PlatformError({ kind: 'retry', message: AGAIN, code: `http ${answer.status}` });
  }
  return contractError('Meta', 'status', `${answer.status} without an error object`);
}

/** What a failed asynchronous report says of itself, as the error that it is. Since v25 it says so. */
export function classifyReport({ code, subcode, message }: ReportFailure): PlatformError {
  const error = { code, error_subcode: subcode, message };
  return toPlatformError(error, { status: 200, headers: new Headers(), body: null });
}

interface ReportFailure {
  code: number;
  subcode: number | undefined;
  message: string;
}

function toPlatformError(error: FailureWire, answer: HttpAnswer): PlatformError {
  const subcode = error.error_subcode;
  const code = subcode === undefined ? String(error.code) : `${error.code}/${subcode}`;
  return new PlatformError({ ...judge(error, code, answer), code, vendorMessage: error.message });
}

function judge(error: FailureWire, code: string, answer: HttpAnswer): Verdict {
  const { code: number, error_subcode: subcode } = error;
  if (isTooMuch(error, code, answer.status)) return { kind: 'retry', message: SMALLER, isTooMuch: true };
  if (WRONG_QUESTIONS.has(code)) return { kind: 'stop', message: OURS };
  if (BLOCKS.has(number) || (subcode !== undefined && BLOCKS.has(subcode)))
    return { kind: 'stop', message: BLOCKED };
  if (number === 613 && subcode !== undefined && SLOW_LIMITS.has(subcode))
    return { kind: 'stop', message: BLOCKED };
  if (THROTTLES.has(number)) {
    const retryAfterMs = regainMs(answer.headers) ?? 60_000;
    return {
      kind: 'retry',
      message: SLOWER,
      retryAfterMs,
      isApplicationWide: APPLICATION_LIMITS.has(number),
    };
  }
  if (number === 102 || number === 190) return deadGrant(subcode);
  if (number === 10 || (number >= 200 && number <= 299) || code === '100/3191001')
    return { kind: 'skip', message: NO_ACCESS };
  if (code === '100/33') return { kind: 'skip', message: GONE };
  if (number === 2635) return { kind: 'stop', message: DEPRECATED };
  // 2601: the rows of a report were asked for before they were all there.
  const isTransient = error.is_transient === true || [1, 2, 960, 2601, -2].includes(number) || subcode === 99;
  if (isTransient || answer.status >= 500) return { kind: 'retry', message: AGAIN };
  return { kind: 'stop', message: OURS };
}

/**
 * The one case that is known by its text alone: it comes as code 1 or 100, often without a subcode. An unknown error
 * with status 500 is mostly the same thing. Source: airbytehq/airbyte, source-facebook-marketing.
 */
function isTooMuch(error: FailureWire, code: string, status: number): boolean {
  if (TOO_MUCH.has(code)) return true;
  if (/reduce the amount of data/i.test(error.message)) return true;
  return error.code === 1 && status === 500 && /an unknown error occurred/i.test(error.message);
}

function deadGrant(subcode: number | undefined): Verdict {
  const message = (subcode === undefined ? undefined : DEAD_GRANTS[subcode]) ?? DEAD_GRANT;
  return { kind: 'reauthorize', message, grant: subcode === 463 ? 'EXPIRED' : 'REVOKED' };
}
