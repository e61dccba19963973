import type { TenantTx } from '../../db/tenant.ts';
import { jobPrincipal, type Principal } from '../../server/auth/principal.ts';
import { recordActivities } from '../../server/domain/activities/record.ts';
import { createContact, updateContact } from '../../server/domain/contacts/commands.ts';
import { getContact } from '../../server/domain/contacts/queries.ts';
import {
  findLead,
  findPerson,
  ownershipNow,
  waitForTurn,
  writeLead,
} from '../../server/domain/lead-forms/keep.ts';
import { type LeadPerson, noteOf, personOf } from '../../server/domain/lead-forms/rules.ts';
import type { LeadForm } from '../../server/domain/lead-forms/schema.ts';
import { createNote } from '../../server/domain/notes/commands.ts';
import type { Lead } from '../../server/integrations/lead-source.ts';

export interface KeptLead {
  /** Null where it was in before and its contact is gone since. */
  contactId: string | null;
  /** What happened, for people. */
  summary: string;
}

const sources = { META: 'Meta lead ad', GOOGLE: 'Google lead form' } as const;

/**
 * Makes a lead a contact, or a note on the contact that this person is already. However often it comes, by whichever
 * way, it is one.
 */
export async function keepLead(
  tx: TenantTx,
  organizationId: string,
  { form, lead }: { form: LeadForm; lead: Lead },
): Promise<KeptLead> {
  const principal = jobPrincipal(organizationId);
  const person = personOf(lead.answers);
  await waitForTurn(tx, lead, person);
  const known = await findLead(tx, form, lead.nativeId);
  if (known) return { contactId: known.contactId, summary: 'This lead was in already.' };
  const ownership = await ownershipNow(tx, form);
  const foundId = await findPerson(tx, person, ownership.brandId);
  const contactId = foundId
    ? await addToContact(tx, principal, { contactId: foundId, person, brandId: ownership.brandId })
    : await makeContact(tx, principal, { person, form, ownership });
  await writeLead(tx, { organizationId, form, lead, contactId });
  await tellLead(tx, principal, { form, lead, contactId });
  const summary = foundId ? 'Added to a contact who was here already.' : 'A new contact was made.';
  return { contactId, summary };
}

interface NewContact {
  person: LeadPerson;
  form: LeadForm;
  ownership: { ownerId: string | null; brandId: string | null };
}

async function makeContact(
  tx: TenantTx,
  principal: Principal,
  { person, form, ownership }: NewContact,
): Promise<string> {
  const { firstName, lastName, emails, phones, title } = person;
  const contact = await createContact(tx, principal, {
    ...{ firstName, lastName, emails, phones, title },
    ...ownership,
    type: 'LEAD',
    source: sources[form.source],
  });
  return contact.id;
}

/** Fills what the contact lacks; what it says already stays as it is. */
async function addToContact(
  tx: TenantTx,
  principal: Principal,
  { contactId, person, brandId }: { contactId: string; person: LeadPerson; brandId: string | null },
): Promise<string> {
  const contact = await getContact(tx, contactId);
  const hasNumber = contact.phones.length > 0 || contact.mobile !== null;
  await updateContact(tx, principal, {
    contactId,
    ...(contact.emails.length === 0 ? { emails: person.emails } : {}),
    ...(hasNumber ? {} : { phones: person.phones }),
    ...(contact.title === null && person.title !== null ? { title: person.title } : {}),
    ...(contact.brandId === null && brandId !== null ? { brandId } : {}),
  });
  return contactId;
}

/** The answers as a note, and the lead itself on the timeline. */
async function tellLead(
  tx: TenantTx,
  principal: Principal,
  { form, lead, contactId }: { form: LeadForm; lead: Lead; contactId: string },
): Promise<void> {
  const { companyId, brandId } = await getContact(tx, contactId);
  await recordActivities(tx, principal, [
    {
      type: 'LEAD_RECEIVED',
      description: `Lead received through ${form.name}`,
      metadata: {
        leadFormId: form.id,
        source: form.source,
        nativeLeadId: lead.nativeId,
        nativeFormId: lead.nativeFormId,
        nativeCampaignId: lead.nativeCampaignId,
        nativeAdId: lead.nativeAdId,
        submittedAt: lead.submittedAt?.toISOString() ?? null,
      },
      contactId,
      companyId,
      brandId,
    },
  ]);
  await createNote(tx, principal, { content: noteOf(lead, form), contactId });
}
