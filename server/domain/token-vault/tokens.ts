import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import {
  type DataKey,
  dataKeyId,
  type SealContext,
  SealError,
  sealedKeyId,
  type Secret,
  type Vault,
} from '../../kernel/crypto.ts';

/** Opens what was sealed for one agency, whichever of its keys did it. */
export interface TokenOpener {
  /** Errors: SealError for what is no sealed value, was altered or moved, or whose key is missing: it names the key. */
  open(sealed: Uint8Array, context: SealContext): Secret;
}

/** Seals under the newest data key of one agency. */
export interface TokenSealer extends TokenOpener {
  readonly version: number;
  seal(token: Secret, context: SealContext): Buffer;
}

/** A data key as the database keeps it. */
export interface StoredDataKey {
  version: number;
  wrapped_key: Buffer;
}

/** Reads an agency's keys so as to open its tokens. Unwrapped when they are used: 12 µs are not worth keeping one. */
export async function loadTokenOpener(
  tx: TenantTx,
  vault: Vault,
  organizationId: string,
): Promise<TokenOpener> {
  return openerOf(vault, organizationId, await readDataKeys(tx, organizationId));
}

/**
 * Reads an agency's keys so as to seal, and makes its first one where it has none. Waits for a rotation of the agency
 * and holds off the next until the transaction ends: nothing is sealed under a key that was just replaced. Whoever
 * locks rows as well calls this before, as the rotation does.
 * Errors: SealError naming the key that is missing where the newest data key cannot be unwrapped.
 */
export async function loadTokenSealer(
  tx: TenantTx,
  vault: Vault,
  organizationId: string,
): Promise<TokenSealer> {
  await sql`select pg_advisory_xact_lock_shared(${keysLock(organizationId)})`.execute(tx);
  const known = await readDataKeys(tx, organizationId);
  const keys = known.length > 0 ? known : await makeFirst(tx, vault, organizationId);
  return sealerOf(vault, organizationId, keys);
}

/** What sealing takes shared and a change of keys takes alone. */
export function keysLock(organizationId: string) {
  return sql`hashtextextended(${`data-keys/${organizationId}`}, 0)`;
}

/** An agency's data keys, the newest first. */
export function readDataKeys(tx: TenantTx, organizationId: string): Promise<StoredDataKey[]> {
  return tx
    .selectFrom('data_keys')
    .select(['version', 'wrapped_key'])
    .where('organization_id', '=', organizationId)
    .orderBy('version', 'desc')
    .execute();
}

/** Makes the data key that follows `last` and answers it as the newest of them. Whoever came first stays. */
export async function addDataKey(
  tx: TenantTx,
  vault: Vault,
  { organizationId, known }: { organizationId: string; known: readonly StoredDataKey[] },
): Promise<StoredDataKey[]> {
  const version = nextVersion(vault, organizationId, known);
  const { wrapped } = vault.makeDataKey({ organizationId, version });
  await tx
    .insertInto('data_keys')
    .values({
      organization_id: organizationId,
      version,
      key_id: vault.primaryKeyId,
      wrapped_key: wrapped,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return readDataKeys(tx, organizationId);
}

function makeFirst(tx: TenantTx, vault: Vault, organizationId: string): Promise<StoredDataKey[]> {
  return addDataKey(tx, vault, { organizationId, known: [] });
}

/** Key ids have four bytes: a version whose id something else has already is left out. */
function nextVersion(vault: Vault, organizationId: string, known: readonly StoredDataKey[]): number {
  const taken = new Set(vault.keys.map(({ keyId }) => keyId));
  for (const { version } of known) taken.add(dataKeyId({ organizationId, version }));
  let version = (known[0]?.version ?? 0) + 1;
  while (taken.has(dataKeyId({ organizationId, version }))) version += 1;
  return version;
}

export function sealerOf(vault: Vault, organizationId: string, keys: readonly StoredDataKey[]): TokenSealer {
  const [newest] = keys;
  if (!newest) throw new SealError('The agency has no data key.');
  const { version } = newest;
  const key = vault.unwrap(newest.wrapped_key, { organizationId, version });
  return {
    ...openerOf(vault, organizationId, keys),
    version,
    seal: (token, context) => key.seal(token, context),
  };
}

export function openerOf(vault: Vault, organizationId: string, keys: readonly StoredDataKey[]): TokenOpener {
  return {
    open(sealed, context) {
      const keyId = sealedKeyId(sealed);
      const key = keys.find(({ version }) => dataKeyId({ organizationId, version }) === keyId);
      if (key) return unwrap(vault, organizationId, key).open(sealed, context);
      // Tokens of the time before data keys name a key of the settings, until a rotation seals them anew.
      if (vault.keys.some((known) => known.keyId === keyId)) return vault.openDirect(sealed, context);
      throw new SealError(
        `The value was sealed with key ${keyId}, which is no data key of its agency and not in TOKEN_ENCRYPTION_KEYS.`,
        { keyId },
      );
    },
  };
}

function unwrap(vault: Vault, organizationId: string, key: StoredDataKey): DataKey {
  return vault.unwrap(key.wrapped_key, { organizationId, version: key.version });
}
