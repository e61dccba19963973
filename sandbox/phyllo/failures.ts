/** A refusal in Phyllo's words. Thrown by routes, written once. */
export class PhylloFailure extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'PhylloFailure';
  }
}

/** Of the codes `incorrect_account_id` and `missing_fields` are seen; the others are made in their likeness. */
export const notFound = (what: string): PhylloFailure =>
  new PhylloFailure(404, 'RECORD_NOT_FOUND', `incorrect_${what}_id`, `Requested ${what} does not exist.`);

export const invalid = (code: string, message: string): PhylloFailure =>
  new PhylloFailure(400, 'INVALID_REQUEST_PARAMETERS', code, message);

export const missing = (names: readonly string[]): PhylloFailure =>
  invalid('missing_fields', `Request is missing required fields: [${names.join(', ')}].`);

export const unauthorized = (): PhylloFailure =>
  new PhylloFailure(
    401,
    'UNAUTHORIZED',
    'incorrect_credentials',
    'The client id or the secret is incorrect.',
  );

export const tooManyCalls = (): PhylloFailure =>
  new PhylloFailure(429, 'RATE_LIMIT_EXCEEDED', 'too_many_requests', 'Too many requests. Try again later.');

export const trouble = (): PhylloFailure =>
  new PhylloFailure(500, 'INTERNAL_SERVER_ERROR', 'internal_error', 'Something went wrong. Try again later.');
