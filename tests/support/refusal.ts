import { type PublicError, toPublicError } from '../../server/api/errors.ts';

/** What a caller is told of the error that this call ends in. A call that succeeds fails the test. */
export async function refusal(call: Promise<unknown>): Promise<PublicError> {
  let answer: unknown;
  try {
    answer = await call;
  } catch (error) {
    return toPublicError(error);
  }
  throw new Error(`This was to be refused and answered ${JSON.stringify(answer)}`);
}

/** Its code and the fields that it names. */
export async function refusedFields(call: Promise<unknown>): Promise<[string, ...string[]]> {
  const { code, issues } = await refusal(call);
  return [code, ...issues.map(({ path }) => path)];
}
