import type { TenantTx } from '../../../db/tenant.ts';
import type { DisclosureTerm } from './schema.ts';

/** The agency's own words of disclosure, by name. */
export async function listDisclosureTerms(tx: TenantTx): Promise<DisclosureTerm[]> {
  const rows = await tx
    .selectFrom('disclosure_terms')
    .select(['id', 'term', 'created_by_id', 'created_at'])
    .orderBy('term')
    .execute();
  return rows.map(toTerm);
}

export function toTerm(row: {
  id: string;
  term: string;
  created_by_id: string | null;
  created_at: Date;
}): DisclosureTerm {
  return {
    id: row.id,
    term: row.term,
    createdById: row.created_by_id,
    createdAt: row.created_at.toISOString(),
  };
}
