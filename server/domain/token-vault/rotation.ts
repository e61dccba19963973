import { sql } from 'kysely';
import type { Database } from '../../../db/client.ts';
import { type SystemTx, type TenantTx, withOwner, withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import { dataKeyId, SealError, sealedKeyId, type Vault } from '../../kernel/crypto.ts';
import { listAgencies, listDirectlySealed } from './key-usage.ts';
import { addDataKey, keysLock, loadTokenSealer, readDataKeys, sealerOf, type TokenSealer } from './tokens.ts';

/** What a rotation works on. It runs as the owner, across agencies. */
export interface Rotation {
  ownerDb: Database;
  vault: Vault;
  /** One agency alone; else all. */
  organizationId?: string | undefined;
  /** A new data key for every agency whose newest one is older than this: for keys that may be known to others. */
  replaceOlderThan?: Date | undefined;
  batchSize?: number;
}

/** Something that no key which is set opens. It stays as it is. */
export interface Unopened {
  organizationId: string;
  what: 'data key' | 'token';
  keyId: string | null;
}

/** What steps that are committed did. */
export interface RotationCounts {
  dataKeysMade: number;
  tokensSealedAnew: number;
  dataKeysWrappedAnew: number;
  unopened: readonly Unopened[];
}

export const NOTHING_ROTATED: RotationCounts = {
  dataKeysMade: 0,
  tokensSealedAnew: 0,
  dataKeysWrappedAnew: 0,
  unopened: [],
};

const BATCH = 100;

/**
 * Changes keys step by step, each in a transaction of its own that leaves everything readable, so that it can be ended
 * anywhere and begun again. Tokens that a key of the settings sealed itself get their agency's data key, data keys get
 * the first key around them, and where it is asked for, agencies get new data keys and their tokens these.
 */
export async function* rotateKeys(rotation: Rotation): AsyncGenerator<RotationCounts> {
  if (rotation.replaceOlderThan) yield* replaceDataKeys(rotation, rotation.replaceOlderThan);
  yield* resealDirect(rotation);
  yield* rewrapDataKeys(rotation);
}

/** A new version and every token under it in one transaction an agency, which whoever seals waits for. */
async function* replaceDataKeys(rotation: Rotation, olderThan: Date): AsyncGenerator<RotationCounts> {
  const { ownerDb } = rotation;
  for (const organizationId of await listAgencies(ownerDb, { ...rotation, olderThan })) {
    const unopened: Unopened[] = [];
    const counts = await inAgency(ownerDb, organizationId, (tx) =>
      replaceDataKey(tx, rotation, { organizationId, olderThan, unopened }),
    );
    yield { ...NOTHING_ROTATED, ...counts, unopened };
  }
}

async function replaceDataKey(
  tx: TenantTx,
  { vault }: Rotation,
  { organizationId, olderThan, unopened }: Sealing & { olderThan: Date },
): Promise<Partial<RotationCounts>> {
  await sql`select pg_advisory_xact_lock(${keysLock(organizationId)})`.execute(tx);
  // Another rotation may have come between the list and the lock.
  const isReplaced = await tx
    .selectFrom('data_keys')
    .select('version')
    .where('organization_id', '=', organizationId)
    .where('created_at', '>=', olderThan)
    .executeTakeFirst();
  if (isReplaced) return {};
  const known = await readDataKeys(tx, organizationId);
  const keys = await addDataKey(tx, vault, { organizationId, known });
  const rows = await lockTokens(tx, organizationId);
  const sealer = sealerOf(vault, organizationId, keys);
  return {
    dataKeysMade: 1,
    tokensSealedAnew: await reseal(tx, sealer, { organizationId, rows, unopened }),
  };
}

/** Under its agency's own key, which it gets here where it has none. */
async function* resealDirect(rotation: Rotation): AsyncGenerator<RotationCounts> {
  const { ownerDb, vault, batchSize = BATCH } = rotation;
  for (const { organizationId, connectionIds } of await listDirectlySealed(ownerDb, rotation)) {
    for (let from = 0; from < connectionIds.length; from += batchSize) {
      const ids = connectionIds.slice(from, from + batchSize);
      const unopened: Unopened[] = [];
      const tokensSealedAnew = await inAgency(ownerDb, organizationId, (tx) =>
        resealSome(tx, vault, { organizationId, ids, unopened }),
      );
      yield { ...NOTHING_ROTATED, tokensSealedAnew, unopened };
    }
  }
}

async function resealSome(
  tx: TenantTx,
  vault: Vault,
  { organizationId, ids, unopened }: Sealing & { ids: readonly string[] },
): Promise<number> {
  try {
    const sealer = await loadTokenSealer(tx, vault, organizationId);
    return await reseal(tx, sealer, {
      organizationId,
      rows: await lockTokens(tx, organizationId, ids),
      unopened,
    });
  } catch (error) {
    // The newest data key itself does not open: the tokens wait until its key is set again.
    if (!(error instanceof SealError)) throw error;
    unopened.push({ organizationId, what: 'data key', keyId: error.keyId });
    return 0;
  }
}

interface Sealing {
  organizationId: string;
  unopened: Unopened[];
}

type TokenRow = Awaited<ReturnType<typeof lockTokens>>[number];

function lockTokens(tx: TenantTx, organizationId: string, connectionIds?: readonly string[]) {
  return tx
    .selectFrom('oauth_connections')
    .select(['id', 'access_token', 'refresh_token'])
    .where('organization_id', '=', organizationId)
    .where((eb) => eb.or([eb('access_token', 'is not', null), eb('refresh_token', 'is not', null)]))
    .$if(connectionIds !== undefined, (query) => query.where('id', 'in', [...(connectionIds ?? [])]))
    .orderBy('id')
    .forUpdate()
    .execute();
}

async function reseal(
  tx: TenantTx,
  sealer: TokenSealer,
  { organizationId, rows, unopened }: Sealing & { rows: readonly TokenRow[] },
): Promise<number> {
  let count = 0;
  for (const row of rows) {
    const changed: { access_token?: Buffer; refresh_token?: Buffer } = {};
    for (const column of ['access_token', 'refresh_token'] as const) {
      const sealed = row[column];
      if (sealed === null || isNewest(sealer, sealed, organizationId)) continue;
      const context = { organizationId, table: 'oauth_connections', rowId: row.id, column };
      const token = opened(() => sealer.open(sealed, context), { organizationId, what: 'token', unopened });
      if (token) changed[column] = sealer.seal(token, context);
    }
    if (Object.keys(changed).length === 0) continue;
    count += Object.keys(changed).length;
    await tx
      .updateTable('oauth_connections')
      .set(changed)
      .where('organization_id', '=', organizationId)
      .where('id', '=', row.id)
      .execute();
  }
  return count;
}

function isNewest({ version }: TokenSealer, sealed: Buffer, organizationId: string): boolean {
  return sealedKeyId(sealed) === dataKeyId({ organizationId, version });
}

/** Several may rotate at once: what one has locked the others leave out. */
async function* rewrapDataKeys(rotation: Rotation): AsyncGenerator<RotationCounts> {
  let after: DataKeyPlace | null = null;
  for (;;) {
    const from = after;
    const unopened: Unopened[] = [];
    const batch: RewrappedBatch = await withOwner(rotation.ownerDb, (tx) =>
      rewrapBatch(tx, rotation, { from, unopened }),
    );
    if (batch.last === null) return;
    after = batch.last;
    yield { ...NOTHING_ROTATED, dataKeysWrappedAnew: batch.count, unopened };
  }
}

interface DataKeyPlace {
  organizationId: string;
  version: number;
}

interface RewrappedBatch {
  count: number;
  /** Where the next one begins after; null where there was nothing left. */
  last: DataKeyPlace | null;
}

async function rewrapBatch(
  tx: SystemTx,
  { vault, organizationId: only, batchSize = BATCH }: Rotation,
  { from, unopened }: { from: DataKeyPlace | null; unopened: Unopened[] },
): Promise<RewrappedBatch> {
  const rows = await tx
    .selectFrom('data_keys')
    .select(['organization_id', 'version', 'wrapped_key'])
    .where('key_id', '<>', vault.primaryKeyId)
    .$if(only !== undefined, (query) => query.where('organization_id', '=', only ?? ''))
    .$if(from !== null, (query) =>
      query.where(
        sql<boolean>`(organization_id, version) > (${from?.organizationId}::uuid, ${from?.version}::int4)`,
      ),
    )
    .orderBy('organization_id')
    .orderBy('version')
    .limit(batchSize)
    .forUpdate()
    .skipLocked()
    .execute();
  let count = 0;
  for (const { organization_id: organizationId, version, wrapped_key: wrapped } of rows) {
    const place = { organizationId, version };
    const rewrapped = opened(() => vault.rewrap(wrapped, place), {
      organizationId,
      what: 'data key',
      unopened,
    });
    if (!rewrapped) continue;
    await tx
      .updateTable('data_keys')
      .set({ wrapped_key: rewrapped, key_id: vault.primaryKeyId, wrapped_at: sql`now()` })
      .where('organization_id', '=', organizationId)
      .where('version', '=', version)
      .execute();
    count += 1;
  }
  const last = rows.at(-1);
  return { count, last: last ? { organizationId: last.organization_id, version: last.version } : null };
}

/** What cannot be opened must not keep the rest from being rotated; it is told at the end. */
function opened<T>(
  open: () => T,
  { unopened, organizationId, what }: Sealing & { what: Unopened['what'] },
): T | null {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    unopened.push({ organizationId, what, keyId: error.keyId });
    return null;
  }
}

/** The owner's transaction in one agency. No policy filters it, so its statements name the agency. */
function inAgency<T>(
  ownerDb: Database,
  organizationId: string,
  work: (tx: TenantTx) => Promise<T>,
): Promise<T> {
  return withTenant(ownerDb, jobPrincipal(organizationId), 'write', work);
}
