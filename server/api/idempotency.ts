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

interface Result {
  ok: true;
  data: unknown;
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
export async function once<R extends Result>(options: OnceOptions, work: () => Promise<R>): Promise<R> {
  const kept = keptAnswer(options);
  if (!kept) return work();
  await replayFirst(options.tx, kept);
  const result = await work();
  await keep(options.tx, kept, result);
  return result;
}

interface OnceOutsideOptions extends Omit<OnceOptions, 'tx'> {
  inTenant: (work: (tx: TenantTx) => Promise<void>) => Promise<void>;
}

/**
 * As `once`, for work that talks to a platform and holds no transaction while it does: of repeats that arrive at the
 * same moment each may do the work, and all answer what was kept first.
 */
export async function onceOutside<R extends Result>(
  options: OnceOutsideOptions,
  work: () => Promise<R>,
): Promise<R> {
  const kept = keptAnswer(options);
  if (!kept) return work();
  await options.inTenant((tx) => replayFirst(tx, kept));
  const result = await work();
  await options.inTenant(async (tx) => {
    await replayFirst(tx, kept);
    await keep(tx, kept, result);
  });
  return result;
}

interface KeptAnswer {
  organizationId: string;
  userId: string;
  key: string;
  requestHash: string;
  status: number;
}

function keptAnswer({ principal, request, path }: Omit<OnceOptions, 'tx'>): KeptAnswer | null {
  const { organizationId, userId } = principal;
  if (!request || !userId) return null;
  return {
    organizationId,
    userId,
    key: request.key,
    requestHash: `${path}:${request.requestHash}`,
    status: request.status,
  };
}

/** Takes the key's lock for the rest of the transaction, and ends the request where it was answered before. */
async function replayFirst(
  tx: TenantTx,
  { organizationId, userId, key, requestHash }: KeptAnswer,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${organizationId}:${userId}:${key}`}, 0))`.execute(
    tx,
  );
  const first = await tx
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'status', 'response'])
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .executeTakeFirst();
  if (first?.request_hash === requestHash) throw new Replay(first.status, first.response);
  if (first) {
    throw new AppError('unprocessable', 'This Idempotency-Key was used for another request. Take a new one.');
  }
}

async function keep(tx: TenantTx, kept: KeptAnswer, result: Result): Promise<void> {
  await tx
    .insertInto('idempotency_keys')
    .values({
      organization_id: kept.organizationId,
      user_id: kept.userId,
      key: kept.key,
      request_hash: kept.requestHash,
      status: kept.status,
      response: JSON.stringify(result.data ?? null) as unknown as Json,
    })
    .execute();
}
