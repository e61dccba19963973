import { TRPCError, type TRPC_ERROR_CODE_KEY } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { ZodError } from 'zod';
import { AppError, type ErrorCode, type FieldConflict, type Issue } from '../kernel/errors.ts';

/** The one table from our codes to tRPC's and HTTP's. */
const table = {
  invalid: ['BAD_REQUEST', 400],
  unauthenticated: ['UNAUTHORIZED', 401],
  forbidden: ['FORBIDDEN', 403],
  not_found: ['NOT_FOUND', 404],
  conflict: ['CONFLICT', 409],
  precondition: ['PRECONDITION_FAILED', 412],
  too_large: ['PAYLOAD_TOO_LARGE', 413],
  unprocessable: ['UNPROCESSABLE_CONTENT', 422],
  rate_limited: ['TOO_MANY_REQUESTS', 429],
  upstream: ['BAD_GATEWAY', 502],
} as const satisfies Record<ErrorCode, readonly [TRPC_ERROR_CODE_KEY, number]>;

/** What a caller is told: never a stack, SQL or a value of somebody else's. */
export interface PublicError {
  code: ErrorCode | 'internal' | 'unavailable';
  message: string;
  status: number;
  issues: readonly Issue[];
  /** The fields that two people changed, of a `conflict` alone; the values are of a record that the caller sees. */
  conflicts?: readonly FieldConflict[];
  retryAfterSeconds?: number;
}

/** Any thrown thing as a TRPCError whose cause is an AppError where we know what it means. */
export function toTrpcError(error: unknown): TRPCError {
  const known = toAppError(error);
  if (known) return new TRPCError({ code: table[known.code][0], message: known.message, cause: known });
  return error instanceof TRPCError ? error : new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: error });
}

/** What a caller is told of any error that reached a door. */
export function toPublicError(error: unknown): PublicError {
  const known = toAppError(error) ?? (error instanceof TRPCError ? fromTrpc(error) : null);
  if (known) {
    const { code, message, issues, conflicts, retryAfterSeconds } = known;
    const status = table[code][1];
    return {
      code,
      message,
      status,
      issues,
      ...(conflicts.length > 0 ? { conflicts } : {}),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    };
  }
  // A wrong method, type or JSON is told by tRPC itself, before any procedure.
  const status = error instanceof TRPCError ? getHTTPStatusCodeFromError(error) : 500;
  if (status < 500) return { code: 'invalid', message: (error as TRPCError).message, status, issues: [] };
  if (isUnavailable(error instanceof TRPCError ? error.cause : error)) {
    const message = 'The database does not answer right now. Nothing was changed; try again in a moment.';
    return { code: 'unavailable', message, status: 503, issues: [], retryAfterSeconds: 5 };
  }
  return {
    code: 'internal',
    message: 'Something went wrong on our side. Nothing was changed.',
    status: 500,
    issues: [],
  };
}

/** A schema that an input failed is the caller's fault; one that an output failed is ours, and stays internal. */
function toAppError(error: unknown): AppError | null {
  if (!(error instanceof TRPCError)) return isAppError(error) ? error : fromPostgres(error);
  const { cause } = error;
  if (cause instanceof ZodError) return error.code === 'BAD_REQUEST' ? fromZod(cause) : null;
  return isAppError(cause) ? cause : fromPostgres(cause);
}

/** By name, since the page's bundle and the process around it each hold a copy of the class. */
function isAppError(error: unknown): error is AppError {
  return (
    error instanceof Error && error.name === 'AppError' && 'code' in error && (error.code as string) in table
  );
}

function fromZod(error: ZodError): AppError {
  const issues = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: [...issue.path, key].join('.'),
          message: 'There is no such field here.',
        }))
      : [{ path: issue.path.join('.'), message: inWords(issue) }],
  );
  const first = issues[0];
  const message = first
    ? `${first.path ? `${first.path}: ` : ''}${first.message}`
    : 'The input does not fit.';
  return new AppError('invalid', message, { issues });
}

/** The library's own words, where a schema has none, for those who are no programmers. */
function inWords(issue: ZodError['issues'][number]): string {
  if (!issue.message.startsWith('Invalid ')) return issue.message;
  if (issue.code === 'invalid_value') return `Write one of ${issue.values.map(String).join(', ')}.`;
  if (issue.code !== 'invalid_type') return issue.message;
  return EXPECTED[issue.expected] ?? issue.message;
}

const EXPECTED: Readonly<Partial<Record<string, string>>> = {
  number: 'Write a number.',
  int: 'Write a whole number.',
  string: 'Write text here.',
  boolean: 'Write true or false.',
  array: 'Write a list.',
  object: 'Write an object.',
};

/** The SQLSTATEs that mean something to a caller (PostgreSQL, appendix A). */
function fromPostgres(cause: unknown): AppError | null {
  const state = sqlState(cause);
  if (state === '23505') return new AppError('conflict', 'A record with this value exists already.');
  if (state === '23503') return new AppError('invalid', 'It refers to a record that does not exist.');
  if (state === '23514' || state === '23502' || state?.startsWith('22')) {
    return new AppError('invalid', 'A value does not fit its field.');
  }
  if (state === '42501') return new AppError('forbidden', 'You have no right to do this.');
  if (state === '25006') return new AppError('forbidden', 'You may read here and change nothing.');
  if (state === '40001' || state === '40P01') {
    return new AppError('conflict', 'Somebody changed the same records at this moment. Try again.');
  }
  return null;
}

/** The SQLSTATE of a PostgreSQL error, or null. */
export function sqlState(cause: unknown): string | null {
  if (!(cause instanceof Error) || !('severity' in cause) || !('code' in cause)) return null;
  return typeof cause.code === 'string' ? cause.code : null;
}

function fromTrpc(error: TRPCError): AppError | null {
  const entry = Object.entries(table).find(([, [code]]) => code === error.code);
  return entry ? new AppError(entry[0] as ErrorCode, error.message) : null;
}

function isUnavailable(cause: unknown): boolean {
  const state = sqlState(cause);
  if (state) return /^(08|53|57P)/.test(state);
  return (
    cause instanceof Error &&
    /ECONNREFUSED|ECONNRESET|timeout exceeded|Connection terminated/.test(cause.message)
  );
}
