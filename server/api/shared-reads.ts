import type { Database } from '../../db/client.ts';
import { type TenantScope, type TenantTx, withTenant } from '../../db/tenant.ts';

/** Runs one reading procedure's work, in a transaction that those which run beside it share. */
export type SharedReads = <T>(scope: TenantScope, work: (tx: TenantTx) => Promise<T>) => Promise<T>;

interface Shared {
  scope: TenantScope;
  tx: Promise<TenantTx>;
  /** How many procedures use it now. */
  users: number;
  end: () => void;
}

/**
 * The procedures that one page asks at the same time read in one READ ONLY transaction: one connection and one opening
 * instead of one each. It ends with the last of them, so that it never waits for anything but its own queries.
 * An SQL error of one aborts it; whoever is hit by that reads once more in a transaction of its own.
 */
export function createSharedReads(db: Database): SharedReads {
  let open: Shared | null = null;
  return async (scope, work) => {
    if (open && open.scope !== scope) return withTenant(db, scope, 'read', work);
    const shared = (open ??= begin(db, scope));
    shared.users += 1;
    try {
      return await work(await shared.tx);
    } catch (error) {
      if (!isAborted(error)) throw error;
    } finally {
      shared.users -= 1;
      if (shared.users === 0) {
        shared.end();
        if (open === shared) open = null;
      }
    }
    return withTenant(db, scope, 'read', work);
  };
}

function begin(db: Database, scope: TenantScope): Shared {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const tx = new Promise<TenantTx>((resolve, reject) => {
    withTenant(db, scope, 'read', (opened) => {
      resolve(opened);
      return ended;
    }).catch(reject);
  });
  return { scope, tx, users: 0, end };
}

/** "current transaction is aborted": what another statement's error does to those after it. */
function isAborted(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && cause.code === '25P02') return true;
  return false;
}
