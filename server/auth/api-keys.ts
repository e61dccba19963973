import { sql } from 'kysely';
import type { Database } from '../../db/client.ts';
import { withSystem } from '../../db/tenant.ts';
import type { MemberRole } from '../../db/types.ts';
import { randomToken, sha256Hex } from '../kernel/crypto.ts';
import { type Principal, toPrincipal } from './principal.ts';

const PREFIX = 'spk_';

/** A new key: what its holder gets once, and what the database keeps. */
export function makeApiKey(): { key: string; keyHash: string } {
  const key = PREFIX + randomToken(32);
  return { key, keyHash: sha256Hex(key) };
}

/** Who acts behind an API key, or null where it is unknown, revoked or its agency is suspended. */
export async function findApiKeyPrincipal(db: Database, key: string): Promise<Principal | null> {
  if (!key.startsWith(PREFIX) || key.length > 100) return null;
  const { rows } = await withSystem(db, (tx) =>
    sql<{
      user_id: string;
      organization_id: string;
      role: MemberRole;
      brand_id: string | null;
      brand_ids: string[];
    }>`select * from app.api_key_principal(${sha256Hex(key)})`.execute(tx),
  );
  const row = rows[0];
  if (!row) return null;
  return toPrincipal({
    kind: 'API_KEY',
    organizationId: row.organization_id,
    userId: row.user_id,
    role: row.role,
    brandId: row.brand_id,
    brandIds: row.brand_ids,
  });
}
