import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { requireRelated } from '../records/related.ts';
import { sentOnly } from '../records/rules.ts';
import { changeRecord } from '../records/store.ts';
import { keepMentions } from './mentions.ts';
import { audienceOf, mayChange } from './rules.ts';
import type { CreateNoteInput, UpdateNoteInput, WrittenNote } from './schema.ts';
import { type NoteRow, tellOfChange, tellOfNote } from './tell.ts';

/** What became of a note; the router puts it together with its files. */
export interface Written {
  noteId: string;
  unreached: WrittenNote['unreached'];
}

/**
 * Writes a note on the records that it names. Errors: `invalid` where it names none, or one that is not the author's to
 * see, or where a private note mentions somebody.
 */
export async function createNote(
  tx: TenantTx,
  principal: Principal,
  input: CreateNoteInput,
): Promise<Written> {
  const { content, companyId = null, contactId = null, dealId = null, campaignId = null } = input;
  if (!companyId && !contactId && !dealId && !campaignId) {
    throw invalidField('companyId', 'Say what the note is about: a company, contact, deal or campaign.');
  }
  const isClient = principal.brandId !== null;
  const audience = audienceOf(input, isClient);
  const { brandId } = await requireRelated(tx, input);
  const row = await tx
    .insertInto('notes')
    .values({
      organization_id: principal.organizationId,
      brand_id: principal.brandId ?? brandId,
      owner_id: principal.kind === 'USER' && !isClient ? principal.userId : null,
      created_by_id: principal.userId,
      company_id: companyId,
      contact_id: contactId,
      deal_id: dealId,
      campaign_id: campaignId,
      content,
      audience,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const unreached = await keepMentions(tx, mentioning(row));
  await tellOfNote(tx, principal, { row, type: 'NOTE_ADDED', description: 'Note added' });
  return { noteId: row.id, unreached };
}

/**
 * Changes what a note says and who reads it; what it is about stays. Errors: `not_found`; `forbidden` for who reads it
 * and may not change it; `conflict`, `precondition` as every record; `invalid` as createNote.
 */
export async function updateNote(
  tx: TenantTx,
  principal: Principal,
  input: UpdateNoteInput,
): Promise<Written> {
  const { noteId, content, expectedVersion, base } = input;
  const now = await requireChangeable(tx, principal, noteId);
  const audience = audienceOf(input, principal.brandId !== null, now.audience);
  if (audience === 'AUTHOR' && now.created_by_id !== principal.userId) {
    throw invalidField('isPrivate', 'Only its author can make a note private.');
  }
  const { row, changes } = await changeRecord(tx, {
    table: 'notes',
    id: noteId,
    values: sentOnly({ content, audience }),
    expectedVersion,
    base,
  });
  const unreached = await keepMentions(tx, mentioning(row));
  if (Object.keys(changes).length > 0) {
    await tellOfChange(tx, principal, { row, wasFor: now.audience, changes });
  }
  return { noteId, unreached };
}

/** Moves a note to the recycle bin (`isActive` false) or back. Errors: `not_found`, `forbidden`, `precondition`. */
export async function setNoteActive(
  tx: TenantTx,
  principal: Principal,
  input: { noteId: string; isActive: boolean; expectedVersion?: number | undefined },
): Promise<void> {
  const { noteId, isActive, expectedVersion } = input;
  await requireChangeable(tx, principal, noteId);
  const values = { is_active: isActive };
  const { row, changes } = await changeRecord(tx, { table: 'notes', id: noteId, values, expectedVersion });
  if (Object.keys(changes).length === 0) return;
  const [type, description] = isActive
    ? (['NOTE_RESTORED', 'Note restored'] as const)
    : (['NOTE_DELETED', 'Note deleted'] as const);
  await tellOfNote(tx, principal, { row, type, description });
}

/** The note as it stands. Errors: `not_found`; `forbidden` for who reads it and may not change it. */
export async function requireChangeable(
  tx: TenantTx,
  principal: Principal,
  noteId: string,
): Promise<NoteRow> {
  const row = await tx.selectFrom('notes').selectAll().where('id', '=', noteId).executeTakeFirst();
  if (!row) throw notFound('note');
  if (mayChange(principal, row)) return row;
  throw new AppError(
    'forbidden',
    'You may read this note and not change it: that is for its author and those who work on its brand.',
  );
}

function mentioning(row: NoteRow) {
  return {
    noteId: row.id,
    organizationId: row.organization_id,
    content: row.content,
    audience: row.audience,
    references: {
      companyId: row.company_id,
      contactId: row.contact_id,
      dealId: row.deal_id,
      campaignId: row.campaign_id,
    },
  };
}
