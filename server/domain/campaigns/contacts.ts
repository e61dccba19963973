import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { invalidField } from '../../kernel/errors.ts';

interface Replacement {
  organizationId: string;
  campaignId: string;
  contactIds: readonly string[];
}

/** The people of a campaign before and after, as far as the author sees them; null where they stay. */
export type ContactChange = { from: string[]; to: string[] } | null;

/**
 * Replaces the client's people of a campaign. Whom the author does not see stays. Errors: `invalid` on the id of one who
 * is no contact that the author sees.
 */
export async function replaceContacts(
  tx: TenantTx,
  { organizationId, campaignId, contactIds }: Replacement,
): Promise<ContactChange> {
  const wanted = [...new Set(contactIds)];
  const before = await visibleContacts(tx, campaignId);
  const added = wanted.filter((contactId) => !before.includes(contactId));
  const gone = before.filter((contactId) => !wanted.includes(contactId));
  if (added.length === 0 && gone.length === 0) return null;
  await requireContacts(tx, contactIds, added);
  if (gone.length > 0)
    await tx
      .deleteFrom('campaign_contacts')
      .where('campaign_id', '=', campaignId)
      .where('contact_id', 'in', gone)
      .execute();
  if (added.length > 0)
    await tx
      .insertInto('campaign_contacts')
      .values(
        added.map((contactId) => ({
          organization_id: organizationId,
          campaign_id: campaignId,
          contact_id: contactId,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  return { from: before, to: wanted };
}

/** Those of a campaign whom the reader sees, as `campaigns` answers them. */
export function contactsOf() {
  return sql<{ contactId: string; name: string; title: string | null }[]>`coalesce((
    select jsonb_agg(jsonb_build_object('contactId', k.id, 'name', k.name, 'title', k.title) order by lower(k.name), k.id)
      from campaign_contacts l
      join contacts k on k.organization_id = l.organization_id and k.id = l.contact_id and k.is_active
     where l.organization_id = campaigns.organization_id and l.campaign_id = campaigns.id), '[]'::jsonb)`.as(
    'contacts',
  );
}

async function visibleContacts(tx: TenantTx, campaignId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('campaign_contacts')
    .innerJoin('contacts', (join) =>
      join
        .onRef('contacts.organization_id', '=', 'campaign_contacts.organization_id')
        .onRef('contacts.id', '=', 'campaign_contacts.contact_id'),
    )
    .select('contacts.id')
    .where('campaign_contacts.campaign_id', '=', campaignId)
    .where('contacts.is_active', '=', true)
    .orderBy('contacts.id')
    .execute();
  return rows.map(({ id }) => id);
}

async function requireContacts(
  tx: TenantTx,
  sent: readonly string[],
  added: readonly string[],
): Promise<void> {
  if (added.length === 0) return;
  const rows = await tx
    .selectFrom('contacts')
    .select('id')
    .where('id', 'in', added)
    .where('is_active', '=', true)
    .execute();
  const known = new Set(rows.map(({ id }) => id));
  const unknown = added.find((contactId) => !known.has(contactId));
  if (unknown !== undefined)
    throw invalidField(
      `contactIds.${sent.indexOf(unknown)}`,
      'There is no such contact, or it is not yours to see.',
    );
}
