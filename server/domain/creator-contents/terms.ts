import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';

/**
 * The agency's own words of disclosure. Whoever reads contents by them waits for a change of the list, and the change
 * for them, so that no piece keeps what an older list found: see addDisclosureTerm.
 */
export async function listOwnTerms(tx: TenantTx): Promise<string[]> {
  await sql`select pg_advisory_xact_lock_shared(${termsLock()})`.execute(tx);
  const rows = await tx.selectFrom('disclosure_terms').select('term').orderBy('term').execute();
  return rows.map(({ term }) => term);
}

function termsLock() {
  return sql`hashtextextended('disclosure-terms:' || app.organization_id(), 0)`;
}
