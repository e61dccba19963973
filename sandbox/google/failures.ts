import { type Json, type JsonObject } from '../meta/json.ts';

/** google.rpc.Code's words and the HTTP status that each is sent with. */
const STATUSES = {
  INVALID_ARGUMENT: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  RESOURCE_EXHAUSTED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
} as const;
type Status = keyof typeof STATUSES;

const GENERAL: Record<Status, string> = {
  INVALID_ARGUMENT: 'Request contains an invalid argument.',
  UNAUTHENTICATED:
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
  PERMISSION_DENIED: 'The caller does not have permission',
  NOT_FOUND: 'Requested entity was not found.',
  RESOURCE_EXHAUSTED: 'Resource has been exhausted (e.g. check quota).',
  INTERNAL: 'Internal error encountered.',
  UNAVAILABLE: 'The service is currently unavailable.',
  DEADLINE_EXCEEDED: 'Deadline expired before operation could complete.',
};

interface FailureDetail {
  status: Status;
  /** The one key of errorCode, and its value; left out where the front end refuses before Google Ads is asked. */
  code?: readonly [family: string, code: string];
  message?: string;
  /** Where in the query. */
  trigger?: string;
  /** google.rpc.ErrorInfo's reason, of the front end. */
  reason?: string;
  quota?: { scope: 'ACCOUNT' | 'DEVELOPER'; name: string; retrySeconds: number };
}

/** An error as the Google Ads API words it. Thrown by routes, written once. */
export class AdsFailure extends Error {
  readonly detail: FailureDetail;

  constructor(detail: FailureDetail) {
    super(detail.message ?? GENERAL[detail.status]);
    this.name = 'AdsFailure';
    this.detail = detail;
  }

  get httpStatus(): number {
    return STATUSES[this.detail.status];
  }

  toBody({ version, requestId }: { version: string; requestId: string }): JsonObject {
    const { status } = this.detail;
    // What Google Ads itself says stands in the details; the front end says its own in place of the general words.
    const message = this.detail.code ? GENERAL[status] : this.message;
    const error = { code: this.httpStatus, message, status };
    const details = this.#details(version, requestId);
    return { error: details.length === 0 ? error : { ...error, details } };
  }

  #details(version: string, requestId: string): Json[] {
    const { code, reason } = this.detail;
    if (reason !== undefined) {
      const metadata = { service: 'googleads.googleapis.com' };
      return [
        { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com', metadata },
      ];
    }
    if (!code) return [];
    const type = `type.googleapis.com/google.ads.googleads.${version}.errors.GoogleAdsFailure`;
    return [{ '@type': type, errors: [this.#adsError(code)], requestId }];
  }

  #adsError([family, code]: readonly [string, string]): JsonObject {
    const { trigger, quota } = this.detail;
    return {
      errorCode: { [family]: code },
      message: this.message,
      ...(trigger === undefined ? {} : { trigger: { stringValue: trigger } }),
      ...(quota === undefined
        ? {}
        : {
            details: {
              quotaErrorDetails: {
                ...{ rateScope: quota.scope, rateName: quota.name, retryDelay: `${quota.retrySeconds}s` },
              },
            },
          }),
    };
  }
}

const invalid = (family: string, code: string, message: string, trigger?: string): AdsFailure =>
  new AdsFailure({
    ...{ status: 'INVALID_ARGUMENT', code: [family, code], message },
    ...(trigger === undefined ? {} : { trigger }),
  });

export function queryError(code: string, message: string, trigger?: string): AdsFailure {
  return invalid('queryError', code, message, trigger);
}

export function requestError(code: string, message: string): AdsFailure {
  return invalid('requestError', code, message);
}

export function headerError(code: string, message: string): AdsFailure {
  return invalid('headerError', code, message);
}

export function dateRangeError(code: string, message: string): AdsFailure {
  return invalid('dateRangeError', code, message);
}

export function denied(code: string, message: string): AdsFailure {
  return new AdsFailure({ status: 'PERMISSION_DENIED', code: ['authorizationError', code], message });
}

export function unauthenticated(code: string, message: string): AdsFailure {
  return new AdsFailure({ status: 'UNAUTHENTICATED', code: ['authenticationError', code], message });
}

/** The limit of the day, and in turn with it one that lifts within seconds. */
export function overQuota(struck: number, delayMs: number | undefined): AdsFailure {
  const isShort = struck % 2 === 0;
  const seconds = delayMs === undefined ? (isShort ? 5 : 60) : delayMs / 1000;
  return new AdsFailure({
    status: 'RESOURCE_EXHAUSTED',
    code: ['quotaError', isShort ? 'RESOURCE_TEMPORARILY_EXHAUSTED' : 'RESOURCE_EXHAUSTED'],
    message: isShort
      ? 'Too many requests in a short period. Retry later.'
      : 'Too many requests. Retry in the stated time.',
    quota: {
      scope: isShort ? 'ACCOUNT' : 'DEVELOPER',
      name: isShort ? 'Requests per customer' : 'Operations per day of the Cloud project',
      retrySeconds: seconds,
    },
  });
}

/** Trouble of Google's own: with its code, and in turn without any. */
export function serviceTrouble(struck: number): AdsFailure {
  if (struck % 2 === 0) return new AdsFailure({ status: 'UNAVAILABLE' });
  const message = 'An internal error has occurred.';
  return new AdsFailure({ status: 'INTERNAL', code: ['internalError', 'INTERNAL_ERROR'], message });
}

/** A question for more than Google can answer in time. */
export function tooMuchAtOnce(): AdsFailure {
  const message = 'The request took longer than a deadline.';
  return new AdsFailure({
    status: 'DEADLINE_EXCEEDED',
    code: ['internalError', 'DEADLINE_EXCEEDED'],
    message,
  });
}
