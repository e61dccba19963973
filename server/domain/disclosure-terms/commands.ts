import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { normalizeTerm } from '../creator-contents/rules.ts';
import { toTerm } from './queries.ts';
import type { DisclosureTerm } from './schema.ts';

/** More would make reading captions slow, and disclose nothing better. */
const MOST_TERMS = 200;

/** Adds a word; the captions are read anew by the jobs. Errors: `conflict` where it is there, or there are too many. */
export async function addDisclosureTerm(
  tx: TenantTx,
  principal: Principal,
  input: { term: string },
): Promise<DisclosureTerm> {
  await lockTerms(tx);
  const term = normalizeTerm(input.term);
  const known = await tx.selectFrom('disclosure_terms').select('term').execute();
  if (known.some((row) => row.term === term))
    throw new AppError('conflict', `“${term}” is among your words already.`);
  if (known.length >= MOST_TERMS)
    throw new AppError('conflict', `There are ${MOST_TERMS} words, which is the most. Remove one first.`);
  const row = await tx
    .insertInto('disclosure_terms')
    .values({ organization_id: principal.organizationId, term, created_by_id: principal.userId })
    .returning(['id', 'term', 'created_by_id', 'created_at'])
    .executeTakeFirstOrThrow();
  await afterChange(tx, principal, `“${term}” now discloses an advertisement`);
  return toTerm(row);
}

/** Errors: `not_found`. */
export async function removeDisclosureTerm(
  tx: TenantTx,
  principal: Principal,
  disclosureTermId: string,
): Promise<DisclosureTerm> {
  await lockTerms(tx);
  const row = await tx
    .deleteFrom('disclosure_terms')
    .where('id', '=', disclosureTermId)
    .returning(['id', 'term', 'created_by_id', 'created_at'])
    .executeTakeFirst();
  if (!row) throw notFound('word of disclosure');
  await afterChange(tx, principal, `“${row.term}” no longer discloses an advertisement`);
  return toTerm(row);
}

/** Whoever reads contents by the list is waited for: see listOwnTerms of creator-contents. */
async function lockTerms(tx: TenantTx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('disclosure-terms:' || app.organization_id(), 0))`.execute(
    tx,
  );
}

async function afterChange(tx: TenantTx, principal: Principal, description: string): Promise<void> {
  await sql`select app.wake_disclosures()`.execute(tx);
  await recordActivities(tx, principal, [
    { type: 'DISCLOSURE_TERMS_UPDATED', description, audience: 'AGENCY' },
  ]);
}
