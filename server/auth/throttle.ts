import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '../../db/client.ts';
import { throughDoor } from '../../db/tenant.ts';
import { sha256Hex } from '../kernel/crypto.ts';
import { AppError } from '../kernel/errors.ts';

const MINUTE = 60;

/**
 * How many wrong sign-ins are let through. The pair of account and address is the strict one: a stranger who guesses
 * from elsewhere does not lock out the person at their own desk.
 */
const LIMITS = {
  pair: { points: 5, duration: 15 * MINUTE },
  address: { points: 50, duration: 15 * MINUTE },
  account: { points: 100, duration: 60 * MINUTE },
  /** Reconnect links that were opened in vain. */
  link: { points: 20, duration: 15 * MINUTE },
} as const;

export function createThrottle(db: Database) {
  const limiter = (name: string, limit: { points: number; duration: number }) =>
    new RateLimiterPostgres({
      storeClient: {
        query: (query: { text: string; values: unknown[] }) => throughDoor(db, 'throttle', query),
      },
      storeType: 'client',
      tableName: 'throttle',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: name,
      ...limit,
    });
  const pair = limiter('pair', LIMITS.pair);
  const address = limiter('address', LIMITS.address);
  const account = limiter('account', LIMITS.account);
  const link = limiter('link', LIMITS.link);

  function keysOf(email: string, from: string): [RateLimiterPostgres, string][] {
    const who = email.trim().toLowerCase();
    return [
      [pair, sha256Hex(`${who}\n${from}`)],
      [address, sha256Hex(from)],
      [account, sha256Hex(who)],
    ];
  }

  return {
    /**
     * Takes one try before the password is looked at, so that a burst of parallel guesses is counted too.
     * Errors: `rate_limited` where this account or address has tried too often; it says the same for both.
     */
    async takeSignIn(email: string, from: string): Promise<void> {
      const taken = await Promise.allSettled(keysOf(email, from).map(([limit, key]) => limit.consume(key)));
      for (const result of taken) if (result.status === 'rejected') refuse(result.reason);
    },
    /** A right sign-in gives its try back; it clears its own pair alone and says nothing of what others try. */
    async signedIn(email: string, from: string): Promise<void> {
      const [first, ...others] = keysOf(email, from);
      if (first) await first[0].delete(first[1]);
      await Promise.all(others.map(([limit, key]) => limit.reward(key)));
    },
    /** Does what a link opens. A try that fails counts against its address. Errors: `rate_limited`; those of `work`. */
    async takeLink<T>(from: string, work: () => Promise<T>): Promise<T> {
      const key = sha256Hex(from);
      await link.consume(key).catch(refuse);
      const result = await work();
      await link.reward(key);
      return result;
    },
  };
}

export type Throttle = ReturnType<typeof createThrottle>;

/** consume() rejects with its state where the limit is reached, and with an Error where the store failed. */
function refuse(reason: unknown): never {
  if (reason instanceof Error) throw reason;
  const { msBeforeNext } = reason as RateLimiterRes;
  const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  const minutes = Math.ceil(retryAfterSeconds / MINUTE);
  throw new AppError('rate_limited', `Too many tries. Wait ${minutes} min and try again.`, {
    retryAfterSeconds,
  });
}
