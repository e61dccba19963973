import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Lead } from '../../integrations/lead-source.ts';
import { checkContact } from '../duplicates/queries.ts';
import type { LeadPerson } from './rules.ts';
import type { LeadForm } from './schema.ts';

/** The contact that a lead became before; undefined where it is not in yet, null where that contact is gone. */
export async function findLead(
  tx: TenantTx,
  form: Pick<LeadForm, 'source'>,
  nativeLeadId: string,
): Promise<{ contactId: string | null } | undefined> {
  const row = await tx
    .selectFrom('leads')
    .select('contact_id')
    .where('source', '=', form.source)
    .where('native_lead_id', '=', nativeLeadId)
    .executeTakeFirst();
  return row && { contactId: row.contact_id };
}

/** One lead that comes twice, and two leads of one person, are kept one after the other until the transaction ends. */
export async function waitForTurn(
  tx: TenantTx,
  lead: Pick<Lead, 'nativeId'>,
  { emails, phones }: LeadPerson,
): Promise<void> {
  const keys = [lead.nativeId, ...emails, ...phones].map((value) => value.toLowerCase());
  // In one order, so that no two wait for each other.
  for (const key of [...new Set(keys)].sort())
    await sql`select pg_advisory_xact_lock(hashtextextended(app.organization_id() || ' lead ' || ${key}, 0))`.execute(
      tx,
    );
}

/**
 * The contact that this person is already, by the rules that find duplicates: the same mail address, or without one the
 * same number under a name that is not quite another. A contact of another brand is left alone, since what is asked for
 * one client is not for another's people to read; one of no brand is anybody's.
 */
export async function findPerson(
  tx: TenantTx,
  person: LeadPerson,
  brandId: string | null,
): Promise<string | null> {
  const { firstName, lastName, emails, phones } = person;
  if (emails.length + phones.length === 0) return null;
  const candidates = await checkContact(tx, { firstName, lastName, emails, phones });
  const ids = candidates
    .filter(({ reasons }) =>
      emails.length > 0
        ? reasons.includes('SAME_EMAIL')
        : reasons.includes('SAME_PHONE') && !reasons.includes('OTHER_NAME'),
    )
    .map(({ record }) => record.id);
  if (ids.length === 0) return null;
  const rows = await tx.selectFrom('contacts').select(['id', 'brand_id']).where('id', 'in', ids).execute();
  const of = (brand: string | null) =>
    ids.find((id) => rows.some((row) => row.id === id && row.brand_id === brand)) ?? null;
  return brandId === null ? (of(null) ?? ids[0] ?? null) : (of(brandId) ?? of(null));
}

/** The owner and the brand of a form, as far as they are still there to be given something. */
export async function ownershipNow(
  tx: TenantTx,
  { ownerId, brandId }: Pick<LeadForm, 'ownerId' | 'brandId'>,
): Promise<{ ownerId: string | null; brandId: string | null }> {
  const { rows } = await sql<{ owner_id: string | null; brand_id: string | null }>`
    select (select m.user_id from memberships m where m.user_id = ${ownerId}::uuid and m.is_active) as owner_id,
           (select b.id from organizations b where b.id = ${brandId}::uuid and b.type = 'BRAND' and b.is_active) as brand_id`.execute(
    tx,
  );
  return { ownerId: rows[0]?.owner_id ?? null, brandId: rows[0]?.brand_id ?? null };
}

/** Writes down that a lead is in. False where somebody wrote it at this moment: then nothing else may be kept of it. */
export async function writeLead(
  tx: TenantTx,
  { organizationId, form, lead, contactId }: NewLead,
): Promise<boolean> {
  const row = await tx
    .insertInto('leads')
    .values({
      organization_id: organizationId,
      source: form.source,
      native_lead_id: lead.nativeId,
      native_form_id: lead.nativeFormId,
      native_campaign_id: lead.nativeCampaignId,
      native_ad_id: lead.nativeAdId,
      lead_form_id: form.id,
      contact_id: contactId,
      submitted_at: lead.submittedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

interface NewLead {
  organizationId: string;
  form: LeadForm;
  lead: Lead;
  contactId: string;
}

/** How a page's leads are asked for: when that was done last. */
export async function notePoll(
  tx: TenantTx,
  leadFormId: string,
  result: { error: string | null },
): Promise<void> {
  const done = result.error === null ? { polled_at: sql<Date>`now()` } : {};
  await tx
    .updateTable('lead_forms')
    .set({ poll_error: result.error, ...done })
    .where('id', '=', leadFormId)
    .execute();
}
