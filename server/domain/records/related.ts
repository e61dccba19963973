import type { TenantTx } from '../../../db/tenant.ts';
import { invalidField } from '../../kernel/errors.ts';

/** The records that a task or a note hangs on. */
export interface RelatedInput {
  companyId?: string | null | undefined;
  contactId?: string | null | undefined;
  dealId?: string | null | undefined;
  campaignId?: string | null | undefined;
}

/** Nearest first: a deal says more of whose work it is than its company does. */
const nearest = [
  ['dealId', 'deals', 'deal'],
  ['campaignId', 'campaigns', 'campaign'],
  ['contactId', 'contacts', 'contact'],
  ['companyId', 'companies', 'company'],
] as const;

/**
 * Looks up the records that were named, as the author sees them, and answers the brand of the nearest that has one.
 * Errors: `invalid` naming the field of one that is not there, not active, or not the author's to see.
 */
export async function requireRelated(tx: TenantTx, input: RelatedInput): Promise<{ brandId: string | null }> {
  const brands = await Promise.all(
    nearest.map(async ([field, table, noun]) => {
      const id = input[field];
      if (!id) return null;
      const row = await tx
        // The four share the columns that are named here.
        .selectFrom(table as 'companies')
        .select(['id', 'brand_id'])
        .where('id', '=', id)
        .where('is_active', '=', true)
        .executeTakeFirst();
      if (!row) throw invalidField(field, `There is no such ${noun}, or it is not yours to see.`);
      return row.brand_id;
    }),
  );
  return { brandId: brands.find((brandId) => brandId !== null) ?? null };
}
