import { sql } from 'kysely';
import type { Database } from '../../../db/client.ts';
import { withSystem } from '../../../db/tenant.ts';
import type { Vault } from '../../kernel/crypto.ts';

/** One key around data keys or tokens, and how much hangs on it. */
export interface KeyUsage {
  /** As TOKEN_ENCRYPTION_KEYS names it; null where it is not among them. */
  id: string | null;
  /** As wrapped and sealed values name it: 8 hexadecimal digits. */
  keyId: string;
  isFirst: boolean;
  /** Data keys that it wraps. */
  dataKeys: number;
  /** Tokens that it sealed itself, before agencies had data keys. */
  tokens: number;
  /** Nothing hangs on it: it may be taken out of the settings. */
  mayGo: boolean;
}

/** The 4 bytes by which a sealed value names its key, as text. */
const NAMED = sql<string>`encode(substring(t.sealed from 2 for 4), 'hex')`;

/** What a data key's values name it by: the same as dataKeyId. */
const DATA_KEY_ID = sql`encode(substring(sha256(convert_to('data-key/' || k.organization_id || '/' || k.version, 'UTF8')) from 1 for 4), 'hex')`;

/** Every stored token that no data key of its agency sealed. */
const DIRECT_TOKENS = sql`
  oauth_connections c
  cross join lateral (values (c.access_token), (c.refresh_token)) as t (sealed)
  where t.sealed is not null
    and not exists (select 1 from data_keys k where k.organization_id = c.organization_id and ${DATA_KEY_ID} = ${NAMED})`;

/** How much hangs on every key that is set or used, the first one first; over all agencies. For the owner. */
export async function countKeyUsage(ownerDb: Database, vault: Vault): Promise<KeyUsage[]> {
  const [wrapped, direct] = await withSystem(ownerDb, async (tx) => [
    await sql<Count>`select key_id, count(*)::int4 as count from data_keys group by key_id`.execute(tx),
    await sql<Count>`select ${NAMED} as key_id, count(*)::int4 as count from ${DIRECT_TOKENS} group by 1`.execute(
      tx,
    ),
  ]);
  const dataKeys = new Map(wrapped.rows.map((row) => [row.key_id, row.count]));
  const tokens = new Map(direct.rows.map((row) => [row.key_id, row.count]));
  const names = new Map(vault.keys.map(({ id, keyId }) => [keyId, id]));
  const used = [...new Set([...dataKeys.keys(), ...tokens.keys()])].sort();
  return [...new Set([...names.keys(), ...used])].map((keyId) => {
    const isFirst = keyId === vault.primaryKeyId;
    const counts = { dataKeys: dataKeys.get(keyId) ?? 0, tokens: tokens.get(keyId) ?? 0 };
    const isUnused = counts.dataKeys === 0 && counts.tokens === 0;
    return { id: names.get(keyId) ?? null, keyId, isFirst, ...counts, mayGo: !isFirst && isUnused };
  });
}

interface Count {
  key_id: string;
  count: number;
}

interface Scope {
  organizationId?: string | undefined;
}

/** Agencies whose newest data key is older than a moment. One without any gets its first when it first connects. */
export async function listAgencies(
  ownerDb: Database,
  { organizationId, olderThan }: Scope & { olderThan: Date },
): Promise<string[]> {
  const rows = await withSystem(ownerDb, (tx) =>
    tx
      .selectFrom('data_keys')
      .select('organization_id')
      .$if(organizationId !== undefined, (query) => query.where('organization_id', '=', organizationId ?? ''))
      .groupBy('organization_id')
      .having((eb) => eb(eb.fn.max('created_at'), '<', olderThan))
      .orderBy('organization_id')
      .execute(),
  );
  return rows.map((row) => row.organization_id);
}

/** The database's clock, rounded up: every data key that is there by now is older. */
export async function momentAfterAllKeys(ownerDb: Database): Promise<Date> {
  const { rows } = await withSystem(ownerDb, (tx) =>
    sql<{ moment: Date }>`select clock_timestamp() as moment`.execute(tx),
  );
  return new Date((rows[0]?.moment ?? new Date()).getTime() + 1);
}

/** Connections with a token of the time before data keys, by agency. */
export async function listDirectlySealed(
  ownerDb: Database,
  { organizationId }: Scope,
): Promise<{ organizationId: string; connectionIds: string[] }[]> {
  const only = organizationId === undefined ? sql`` : sql`and c.organization_id = ${organizationId}::uuid`;
  const { rows } = await withSystem(ownerDb, (tx) =>
    sql<{ organization_id: string; ids: string[] }>`
      select c.organization_id, array_agg(distinct c.id order by c.id) as ids
        from ${DIRECT_TOKENS} ${only} group by 1 order by 1`.execute(tx),
  );
  return rows.map((row) => ({ organizationId: row.organization_id, connectionIds: row.ids }));
}
