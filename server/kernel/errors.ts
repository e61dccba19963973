/** What went wrong, from the caller's point of view. Mapped once to tRPC and HTTP in server/api/errors.ts. */
export type ErrorCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'precondition'
  | 'too_large'
  | 'unprocessable'
  | 'rate_limited'
  | 'upstream';

/** One thing that is wrong with an input: where, and what to do about it. */
export interface Issue {
  path: string;
  message: string;
}

/** A field that two people changed: what the caller saw, what it is now, and what the caller wants. */
export interface FieldConflict {
  /** As the input names it; a key of the agency's own fields as `customFields.<key>`. */
  field: string;
  base: unknown;
  current: unknown;
  yours: unknown;
}

interface AppErrorOptions {
  issues?: readonly Issue[];
  conflicts?: readonly FieldConflict[];
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** The one error class of the product. Its message is shown to people: it says what happened and what to do. */
export class AppError extends Error {
  override readonly name = 'AppError';

  /** The pages' bundle holds a copy of this class, and what the process made before throws the other's. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'AppError';
  }

  readonly code: ErrorCode;
  readonly issues: readonly Issue[];
  /** Of a `conflict` alone. */
  readonly conflicts: readonly FieldConflict[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.issues = options.issues ?? [];
    this.conflicts = options.conflicts ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** A foreign id and a nonsense id give this same answer. */
export function notFound(noun: string): AppError {
  return new AppError('not_found', `There is no such ${noun}, or it is not yours to see.`);
}

/** One field of the input does not fit; `path` names it as the input does. */
export function invalidField(path: string, message: string): AppError {
  return new AppError('invalid', message, { issues: [{ path, message }] });
}
