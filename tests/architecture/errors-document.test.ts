import { expect, test } from 'vitest';
import { toPublicError } from '../../server/api/errors.ts';
import { AppError, type ErrorCode } from '../../server/kernel/errors.ts';
import { textOf } from './source.ts';

/** Every code, so that a new one does not compile until it stands here, and then not pass until it is told. */
const CODES: Record<ErrorCode, true> = {
  invalid: true,
  unauthenticated: true,
  forbidden: true,
  not_found: true,
  conflict: true,
  precondition: true,
  too_large: true,
  unprocessable: true,
  rate_limited: true,
  upstream: true,
};

test('docs/errors.md tells every code with its HTTP status', () => {
  const told = Object.fromEntries(
    [...textOf('docs/errors.md').matchAll(/^\| `(\w+)`\s*\|\s*(\d+) \|/gm)].map(([, code = '', status]) => [
      code,
      Number(status),
    ]),
  );
  const thrown = (Object.keys(CODES) as ErrorCode[]).map((code) => [
    code,
    toPublicError(new AppError(code, 'x')).status,
  ]);
  const lost = new Error('Connection terminated unexpectedly');
  expect(told).toEqual({
    ...Object.fromEntries(thrown),
    unavailable: toPublicError(lost).status,
    internal: toPublicError(new Error('x')).status,
  });
});
