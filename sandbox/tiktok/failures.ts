/** A refusal in TikTok's envelope: HTTP 200 and a code. Thrown by routes, written once. */
export class TiktokFailure extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = 'TiktokFailure';
    this.code = code;
  }
}

export const noPermission = (message: string): TiktokFailure => new TiktokFailure(40001, message);

export const invalidParameter = (message: string): TiktokFailure => new TiktokFailure(40002, message);

/** The stretch of days or rows was more than it answers at once. */
export const tooMuchData = (): TiktokFailure =>
  new TiktokFailure(40067, 'The query is too large. Narrow the time range and try again.');

export const tooManyCalls = (): TiktokFailure => new TiktokFailure(40100, 'App reaches the QPS limit.');

export const serviceTrouble = (): TiktokFailure =>
  new TiktokFailure(50000, 'System error, please try again later.');

export function deadToken(why: 'expired' | 'empty' | 'incorrect'): TiktokFailure {
  if (why === 'expired') return new TiktokFailure(40102, 'Access token has expired.');
  if (why === 'empty') return new TiktokFailure(40104, 'Access token is empty.');
  return new TiktokFailure(40105, 'Access token is incorrect or has been revoked.');
}

export const deadCode = (why: string): TiktokFailure => new TiktokFailure(40110, `Auth_code ${why}.`);
