import type { Selectable } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { ActivityType, Audience, Notes } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { recordActivities } from '../activities/record.ts';

export type NoteRow = Selectable<Notes>;

const opened: Readonly<Record<Audience, number>> = { AUTHOR: 0, AGENCY: 1, EVERYONE: 2 };

interface Changed {
  row: NoteRow;
  wasFor: Audience;
  changes: Record<string, unknown>;
}

/**
 * Words that a note no longer says are not kept: who took them out meant it. A note that more people read now is added
 * for them, since they did not see it before.
 */
export async function tellOfChange(
  tx: TenantTx,
  principal: Principal,
  { row, wasFor, changes }: Changed,
): Promise<void> {
  const isOpened = opened[row.audience] > opened[wasFor];
  if (isOpened) {
    const description =
      row.audience === 'EVERYONE' ? 'Note shared with the client' : 'Note opened to the agency';
    await tellOfNote(tx, principal, { row, type: 'NOTE_ADDED', description, metadata: { wasFor } });
    return;
  }
  const metadata = { fields: Object.keys(changes) };
  await tellOfNote(tx, principal, { row, type: 'NOTE_UPDATED', description: 'Note changed', metadata });
}

/** A file that was taken from a note. */
export function tellOfRemovedFile(
  tx: TenantTx,
  principal: Principal,
  { row, fileName }: { row: NoteRow; fileName: string },
): Promise<void> {
  const metadata = { removedFile: fileName };
  return tellOfNote(tx, principal, {
    row,
    type: 'NOTE_UPDATED',
    description: 'File removed from a note',
    metadata,
  });
}

interface Told {
  row: NoteRow;
  type: ActivityType;
  description: string;
  metadata?: Record<string, unknown>;
}

/** On the timelines of the records that the note hangs on, and of those that these belong to. */
export async function tellOfNote(
  tx: TenantTx,
  principal: Principal,
  { row, type, description, metadata = {} }: Told,
): Promise<void> {
  const concerned = await concernedBy(tx, row);
  const { id: noteId, campaign_id: campaignId, audience } = row;
  const brandId = row.brand_id;
  await recordActivities(tx, principal, [
    { type, description, metadata, ...concerned, campaignId, noteId, brandId, audience },
  ]);
}

/** As a deal's own activities stand on the timelines of its company and its contact. */
async function concernedBy(tx: TenantTx, row: NoteRow) {
  const campaign = row.campaign_id
    ? await tx.selectFrom('campaigns').select('deal_id').where('id', '=', row.campaign_id).executeTakeFirst()
    : undefined;
  const dealId = row.deal_id ?? campaign?.deal_id ?? null;
  const deal = dealId
    ? await tx
        .selectFrom('deals')
        .select(['company_id', 'contact_id'])
        .where('id', '=', dealId)
        .executeTakeFirst()
    : undefined;
  const contactId = row.contact_id ?? deal?.contact_id ?? null;
  const contact =
    contactId && !row.company_id && !deal?.company_id
      ? await tx.selectFrom('contacts').select('company_id').where('id', '=', contactId).executeTakeFirst()
      : undefined;
  const companyId = row.company_id ?? deal?.company_id ?? contact?.company_id ?? null;
  return { dealId, contactId, companyId };
}
