import type { HttpAnswer } from '../http.ts';
import { contractError, PlatformError, type PlatformErrorDetail } from '../errors.ts';
import { type FailureWire, failureWire, type OauthFailureWire, oauthFailureWire } from './wire.ts';

type Verdict = Pick<
  PlatformErrorDetail,
  'kind' | 'message' | 'isTooMuch' | 'isApplicationWide' | 'retryAfterMs' | 'grant'
>;

const SLOWER = 'Google Ads asked us to slow down. We go on by ourselves as soon as it allows.';
const AGAIN = 'Google Ads had trouble answering. We try again by ourselves.';
const SMALLER = 'Google Ads could not answer so much at once. We ask for less at a time.';
const OURS =
  'Google Ads refused the request. This needs a change in SpokeStack or its settings; tell your administrator.';
const OLD_VERSION =
  'Google no longer serves this version of its API. An administrator sets a newer GOOGLE_ADS_API_VERSION.';
const PROJECT =
  'Google does not let this installation’s Cloud project read these accounts. An administrator checks the Google Ads API and its access level in the Google Cloud console.';
const CLIENT =
  'Google does not know this installation. An administrator checks GOOGLE_ADS_CLIENT_ID and GOOGLE_ADS_CLIENT_SECRET.';
const TOO_OLD = 'Google Ads keeps daily figures for 37 months and refuses older days.';
const NO_ACCESS =
  'The person who connected Google Ads may not read this account, or the manager account through which they did is no longer linked. Ask for access in Google Ads, then connect again.';
const NOT_ENABLED =
  'This account is cancelled or not yet set up at Google Ads, which gives no figures of it.';
const GONE = 'Google Ads does not know this account any more.';
const MANAGER = 'This is a manager account: it holds ad accounts and has no figures of its own.';
const EXPIRED = 'Google’s access has expired and could not be renewed. Connect again.';
const REVOKED = 'Google no longer accepts the access that was given. Connect again.';
const NO_SCOPE = 'The permission to read Google Ads was not given or was taken back. Connect again.';
const NOT_ADS_USER =
  'The Google account that connected has no access to Google Ads. Connect again with one that has.';
const TWO_STEPS =
  'Google asks the person who connected to turn on 2-step verification for their Google account. Then connect again.';

/** Waits where Google names none, in ms: the first kind lifts within seconds, the others count by day. */
const SHORT_WAIT_MS = 60_000;
const LONG_WAIT_MS = 15 * 60_000;

const oldToken: Verdict = { kind: 'reauthorize', message: EXPIRED, grant: 'EXPIRED' };
const deadGrant: Verdict = { kind: 'reauthorize', message: REVOKED, grant: 'REVOKED' };
const noAccess: Verdict = { kind: 'skip', message: NO_ACCESS };
const notEnabled: Verdict = { kind: 'skip', message: NOT_ENABLED };
const gone: Verdict = { kind: 'skip', message: GONE };
const project: Verdict = { kind: 'stop', message: PROJECT };
const ours: Verdict = { kind: 'stop', message: OURS };
const oldVersion: Verdict = { kind: 'stop', message: OLD_VERSION };
const again: Verdict = { kind: 'retry', message: AGAIN };
const smaller: Verdict = { kind: 'retry', message: SMALLER, isTooMuch: true };
const slower: Verdict = { kind: 'retry', message: SLOWER, retryAfterMs: SHORT_WAIT_MS };
const muchSlower: Verdict = { kind: 'retry', message: SLOWER, retryAfterMs: LONG_WAIT_MS };

/**
 * What an error of the API means, by family and code. A family alone is what its other codes mean.
 * Source: the error enums of v25 (discovery document) and Google's page of common errors.
 */
const VERDICTS: Readonly<Record<string, Verdict>> = {
  // An access token lives an hour: whoever holds a refresh token renews it and goes on.
  'authenticationError.OAUTH_TOKEN_EXPIRED': oldToken,
  'authenticationError.OAUTH_TOKEN_INVALID': oldToken,
  'authenticationError.OAUTH_TOKEN_REVOKED': deadGrant,
  'authenticationError.OAUTH_TOKEN_DISABLED': deadGrant,
  'authenticationError.GOOGLE_ACCOUNT_DELETED': deadGrant,
  'authenticationError.NOT_ADS_USER': { ...deadGrant, message: NOT_ADS_USER },
  'authenticationError.TWO_STEP_VERIFICATION_NOT_ENROLLED': { ...deadGrant, message: TWO_STEPS },
  'authenticationError.ADVANCED_PROTECTION_NOT_ENROLLED': { ...deadGrant, message: TWO_STEPS },
  'authenticationError.CUSTOMER_NOT_FOUND': gone,
  'authenticationError.CLIENT_CUSTOMER_ID_INVALID': gone,
  'authenticationError.DEVELOPER_TOKEN_INVALID': project,
  'authorizationError.USER_PERMISSION_DENIED': noAccess,
  'authorizationError.INVALID_LOGIN_CUSTOMER_ID_SERVING_CUSTOMER_ID_COMBINATION': noAccess,
  'authorizationError.ACTION_NOT_PERMITTED': noAccess,
  'authorizationError.ACCESS_DENIED_FOR_ACCOUNT_TYPE': noAccess,
  'authorizationError.METRIC_ACCESS_DENIED': noAccess,
  'authorizationError.CUSTOMER_NOT_ENABLED': notEnabled,
  'authorizationError.INCOMPLETE_SIGNUP': notEnabled,
  'authorizationError.MISSING_TOS': notEnabled,
  authorizationError: project,
  'headerError.INVALID_LOGIN_CUSTOMER_ID': noAccess,
  'queryError.REQUESTED_METRICS_FOR_MANAGER': { kind: 'skip', message: MANAGER },
  'dateRangeError.INVALID_DATE': { kind: 'stop', message: TOO_OLD },
  'quotaError.RESOURCE_TEMPORARILY_EXHAUSTED': slower,
  'quotaError.EXCESSIVE_SHORT_TERM_QUERY_RESOURCE_CONSUMPTION': slower,
  'quotaError.RESOURCE_EXHAUSTED': muchSlower,
  'quotaError.EXCESSIVE_LONG_TERM_QUERY_RESOURCE_CONSUMPTION': muchSlower,
  'quotaError.ACCESS_PROHIBITED': project,
  'internalError.DEADLINE_EXCEEDED': smaller,
  internalError: again,
  'databaseError.CONCURRENT_MODIFICATION': again,
  'requestError.UNSUPPORTED_VERSION': oldVersion,
  // google.rpc.ErrorInfo, where the front end refuses before Google Ads is asked.
  'reason.ACCESS_TOKEN_SCOPE_INSUFFICIENT': { ...deadGrant, message: NO_SCOPE },
  'reason.SERVICE_DISABLED': project,
  'reason.CONSUMER_INVALID': project,
};

/** A list's place that Google no longer knows: the question is asked anew. */
const LOST_PLACES: ReadonlySet<string> = new Set([
  'requestError.EXPIRED_PAGE_TOKEN',
  'requestError.INVALID_PAGE_TOKEN',
]);

export function hasLostPlace(error: unknown): boolean {
  return error instanceof PlatformError && LOST_PLACES.has(error.code);
}

/** The error that an answer means, or null. A stream's error is an element of its array, with any status. */
export function classifyGoogle(answer: HttpAnswer): PlatformError | null {
  const failure = failureOf(answer.body);
  if (failure) return toPlatformError(failure, answer.status);
  if (answer.status < 400) return null;
  const oauth = oauthFailureWire.safeParse(answer.body);
  if (oauth.success) return toGrantError(oauth.data, answer.status);
  return byStatus(answer.status);
}

function failureOf(body: unknown): FailureWire | null {
  const parts: readonly unknown[] = Array.isArray(body) ? body : [body];
  for (const part of parts) {
    if (typeof part !== 'object' || part === null || !('error' in part)) continue;
    const parsed = failureWire.safeParse(part);
    if (parsed.success) return parsed.data.error;
  }
  return null;
}

function toPlatformError(failure: FailureWire, httpStatus: number): PlatformError {
  const status = failure.code ?? httpStatus;
  const code = codeOf(failure) ?? failure.status;
  const verdict = judge(code) ?? judgeStatus(failure.status, status);
  const waitMs = verdict.kind === 'retry' && !verdict.isTooMuch ? statedWaitMs(failure) : undefined;
  const isApplicationWide = verdict.retryAfterMs !== undefined && isOfTheProject(failure, code);
  const own = failure.details.flatMap(({ errors }) => errors ?? [])[0];
  return new PlatformError({
    ...verdict,
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    isApplicationWide,
    code: code || `http ${status}`,
    vendorMessage: own?.message || failure.message,
  });
}

/** `quotaError.RESOURCE_EXHAUSTED`; without a GoogleAdsFailure the reason that the front end gave, if any. */
function codeOf({ details }: FailureWire): string | null {
  const [own] = details.flatMap(({ errors }) => errors ?? []);
  const [entry] = Object.entries(own?.errorCode ?? {});
  if (entry) return entry.join('.');
  const reason = details.find((detail) => detail.reason !== undefined)?.reason;
  return reason === undefined ? null : `reason.${reason}`;
}

function judge(code: string): Verdict | null {
  const family = code.split('.', 1)[0] ?? '';
  for (const key of [code, family]) {
    if (Object.hasOwn(VERDICTS, key)) return VERDICTS[key] ?? null;
  }
  return code.startsWith('reason.') || !code.includes('.') ? null : ours;
}

/** Source: google.rpc.Code and its HTTP statuses. */
function judgeStatus(word: string, status: number): Verdict {
  if (status === 401 || word === 'UNAUTHENTICATED') return oldToken;
  if (status === 429 || word === 'RESOURCE_EXHAUSTED') return slower;
  if (status === 504 || word === 'DEADLINE_EXCEEDED') return smaller;
  if (status >= 500) return again;
  if (status === 403) return noAccess;
  // A path of a version that has ended is not found before anybody looks at the question.
  if (status === 404) return oldVersion;
  return ours;
}

/** Whose limit it is: the day's operations are the project's, unless Google names the account's. */
function isOfTheProject({ details }: FailureWire, code: string): boolean {
  const scopes = details.flatMap(({ errors }) =>
    (errors ?? []).flatMap((error) => error.details?.quotaErrorDetails?.rateScope ?? []),
  );
  if (scopes.length > 0) return scopes.includes('DEVELOPER');
  return /(^|\.)RESOURCE_EXHAUSTED$/.test(code);
}

/** `"60s"`, which may hold a fraction, in ms. Google sends no header for this. */
function statedWaitMs({ details }: FailureWire): number | undefined {
  const stated = details.flatMap(({ errors, retryDelay }) => [
    ...(errors ?? []).map((error) => error.details?.quotaErrorDetails?.retryDelay),
    retryDelay,
  ]);
  const waits = stated.flatMap((delay) => {
    const seconds = /^(\d{1,6}(?:\.\d{1,9})?)s$/.exec(delay ?? '')?.[1];
    return seconds === undefined ? [] : [Math.ceil(Number(seconds) * 1000)];
  });
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/**
 * invalid_grant comes with status 400 and is final: revoked, a changed password, half a year unused, or seven days old
 * in an app that is still in testing. Source: Google Identity, OAuth 2.0 for web server applications.
 */
function toGrantError({ error, error_description }: OauthFailureWire, status: number): PlatformError {
  const detail = { code: error, vendorMessage: error_description };
  if (error === 'invalid_grant' || error === 'invalid_token') {
    const isExpired = /expired/i.test(error_description) && !/revoked/i.test(error_description);
    return new PlatformError({ ...(isExpired ? oldToken : deadGrant), ...detail });
  }
  if (status >= 500 || status === 429) return new PlatformError({ ...again, ...detail });
  return new PlatformError({ kind: 'stop', message: CLIENT, ...detail });
}

function byStatus(status: number): PlatformError {
  const code = `http ${status}`;
  if (status === 429) return new PlatformError({ ...slower, code });
  if (status === 504) return new PlatformError({ ...smaller, code });
  if (status >= 500) return new PlatformError({ ...again, code });
  if (status === 404) return new PlatformError({ ...oldVersion, code });
  if (status === 401) return new PlatformError({ ...oldToken, code });
  return contractError('Google Ads', 'status', `${status} without an error object`);
}
