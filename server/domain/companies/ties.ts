import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { invalidField } from '../../kernel/errors.ts';
import { requireCompany } from './queries.ts';

/**
 * Whether a parent stands under the company itself, through companies that this principal does not see too. Holds off
 * other changes of parents until the transaction ends, so ask before any row is locked.
 */
export async function isUnder(tx: TenantTx, parentId: string, companyId: string): Promise<boolean> {
  const { rows } = await sql<{ is_under: boolean }>`
    select app.company_is_under(${parentId}::uuid, ${companyId}::uuid) as is_under`.execute(tx);
  return rows[0]?.is_under ?? false;
}

/** Errors: `invalid` on `parentId` where it is none that this principal sees, the company itself, or one under it. */
export async function requireParent(tx: TenantTx, parentId: string, isRing: boolean): Promise<void> {
  await requireCompany(tx, parentId, 'parentId');
  if (isRing) {
    throw invalidField('parentId', 'A company cannot stand under itself, nor under a company below it.');
  }
}

/**
 * A domain says whose mail it is; one that many share says it of nobody.
 * Errors: `invalid` on `domains`, naming those of mail services, social networks and builders of sites.
 */
export async function requireOwnDomains(tx: TenantTx, domains: readonly string[]): Promise<void> {
  if (domains.length === 0) return;
  const { rows } = await sql<{ domain: string }>`
    select domain from unnest(${[...domains]}::text[]) as domain where app.is_shared_host(domain)`.execute(
    tx,
  );
  if (rows.length === 0) return;
  const shared = rows.map(({ domain }) => domain).join(', ');
  throw invalidField(
    'domains',
    `Many people and companies share ${shared}; write a domain that is this company’s own.`,
  );
}
