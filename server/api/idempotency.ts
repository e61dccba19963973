import { sql } from 'kysely';
import type { TenantTx } from '../../db/tenant.ts';
import type { Json } from '../../db/types.ts';
import type { Principal } from '../auth/principal.ts';
import { AppError } from '../kernel/errors.ts';
import type { IdempotencyRequest } from './context.ts';

/** Ends a repeated request: the door answers what it answered the first time, and nothing is done again. */
export class Replay extends Error {
  override readonly name = 'Replay';
  readonly status: number;
  readonly response: unknown;

  constructor(status: number, response: unknown) {
    super('This request was answered before.');
    this.status = status;
    this.response = response;
  }
}

interface OnceOptions {
  tx: TenantTx;
  principal: Principal;
  request: IdempotencyRequest | undefined;
  path: string;
}

/**
 * Does a mutation once per Idempotency-Key. The answer is stored in the transaction of the effect, so that neither
 * stands without the other; repeats that arrive at the same moment wait for the first.
 * Errors: Replay for a repeat; `unprocessable` where the key was used for another request.
 */
export async function once<R extends { ok: true; data: unknown }>(
  options: OnceOptions,
  work: () => Promise<R>,
): Promise<R> {
  const { tx, principal, request } = options;
  if (!request || !principal.userId) return work();
  const userId = principal.userId;
  const requestHash = `${options.path}:${request.requestHash}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${principal.organizationId}:${userId}:${request.key}`}, 0))`.execute(
    tx,
  );
  const first = await tx
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'status', 'response'])
    .where('user_id', '=', userId)
    .where('key', '=', request.key)
    .executeTakeFirst();
  if (first?.request_hash === requestHash) throw new Replay(first.status, first.response);
  if (first) {
    throw new AppError('unprocessable', 'This Idempotency-Key was used for another request. Take a new one.');
  }
  const result = await work();
  await tx
    .insertInto('idempotency_keys')
    .values({
      organization_id: principal.organizationId,
      user_id: userId,
      key: request.key,
      request_hash: requestHash,
      status: request.status,
      response: JSON.stringify(result.data ?? null) as unknown as Json,
    })
    .execute();
  return result;
}
