import { type Json } from './json.ts';

interface FailureDetail {
  status: number;
  code: number;
  message: string;
  subcode?: number;
  type?: 'OAuthException' | 'GraphMethodException';
  isTransient?: boolean;
  userTitle?: string;
  userMessage?: string;
}

/** An error as the Graph API words it. Thrown by routes, written once. */
export class GraphFailure extends Error {
  readonly detail: FailureDetail;

  constructor(detail: FailureDetail) {
    super(detail.message);
    this.name = 'GraphFailure';
    this.detail = detail;
  }

  toBody(traceId: string): Json {
    const { code, message, subcode, type, isTransient, userTitle, userMessage } = this.detail;
    return {
      error: {
        message,
        type: type ?? 'OAuthException',
        ...(isTransient === undefined ? {} : { is_transient: isTransient }),
        code,
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        ...(userTitle === undefined ? {} : { error_user_title: userTitle }),
        ...(userMessage === undefined ? {} : { error_user_msg: userMessage }),
        fbtrace_id: traceId,
      },
    };
  }
}

export function invalidParameter(message: string, subcode?: number): GraphFailure {
  return new GraphFailure({
    ...{ status: 400, code: 100, message: `(#100) ${message}` },
    ...(subcode === undefined ? {} : { subcode }),
  });
}

/** Meta does not tell an object that is not there from one that the person may not see. */
export function noSuchObject(objectId: string, method: string): GraphFailure {
  const message =
    `Unsupported ${method.toLowerCase()} request. Object with ID '${objectId}' does not exist, cannot be loaded ` +
    'due to missing permissions, or does not support this operation.';
  return new GraphFailure({ status: 400, code: 100, subcode: 33, type: 'GraphMethodException', message });
}

export function deadToken(why: 'expired' | 'revoked' | 'unreadable'): GraphFailure {
  const status = 400;
  if (why === 'unreadable') {
    return new GraphFailure({
      status,
      code: 190,
      message: 'Invalid OAuth access token - Cannot parse access token',
    });
  }
  const message = 'Error validating access token: ';
  if (why === 'expired') {
    return new GraphFailure({ status, code: 190, subcode: 463, message: `${message}Session has expired.` });
  }
  return new GraphFailure({
    ...{ status, code: 190, subcode: 458 },
    message: `${message}The user has not authorized application.`,
  });
}

export function missingPermission(message: string): GraphFailure {
  return new GraphFailure({ status: 403, code: 200, message: `(#200) ${message}` });
}

/** It comes without a subcode: clients can only know it by its text. */
export function tooMuchData(): GraphFailure {
  const message = "Please reduce the amount of data you're asking for, then retry your request";
  return new GraphFailure({ status: 500, code: 1, message });
}

export function serviceTrouble(): GraphFailure {
  const message = 'An unexpected error has occurred. Please retry your request later.';
  return new GraphFailure({ status: 500, code: 2, isTransient: true, message });
}

/** The limit that a call runs into: the ad account's, that of a business use case, or the application's. */
export function rateLimited(limit: 'account' | 'insights' | 'management' | 'application'): GraphFailure {
  const message = 'There have been too many calls. Wait a bit and try again.';
  const numbers = {
    account: { code: 17, subcode: 2446079 },
    insights: { code: 80000, subcode: 2446079 },
    management: { code: 80004, subcode: 2446079 },
    application: { code: 4 },
  }[limit];
  return new GraphFailure({ status: limit === 'application' ? 403 : 400, ...numbers, message });
}
