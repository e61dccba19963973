import { sql, type SqlBool } from 'kysely';
import { keysetPage, type Page, type SortKey } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Audience } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { notFound } from '../../kernel/errors.ts';
import { containing } from '../records/queries.ts';
import { mayChange } from './rules.ts';
import type { ListNotesInput, Note } from './schema.ts';

/** One note. Errors: `not_found`, the same for a foreign id, a private one of somebody else and a nonsense one. */
export async function getNote(tx: TenantTx, principal: Principal, noteId: string): Promise<Note> {
  const row = await selectNotes(tx).where('notes.id', '=', noteId).executeTakeFirst();
  if (!row) throw notFound('note');
  return toNote(row, principal);
}

/** Notes of the agency or of one record, newest first unless asked otherwise. */
export async function listNotes(
  tx: TenantTx,
  principal: Principal,
  input: ListNotesInput,
): Promise<Page<Note>> {
  let query = selectNotes(tx).where(
    input.deleted ? sql<SqlBool>`not notes.is_active` : sql<SqlBool>`notes.is_active`,
  );
  if (input.companyId) query = query.where('notes.company_id', '=', input.companyId);
  if (input.contactId) query = query.where('notes.contact_id', '=', input.contactId);
  if (input.dealId) query = query.where('notes.deal_id', '=', input.dealId);
  if (input.campaignId) query = query.where('notes.campaign_id', '=', input.campaignId);
  if (input.q) query = query.where('notes.content', 'ilike', containing(input.q));
  if (input.updatedSince) {
    query = query.where(sql<SqlBool>`notes.updated_at >= ${input.updatedSince}::timestamptz`);
  }
  const page = await keysetPage(query, {
    sortName: input.sort,
    key: sortKey(input.sort),
    id: sql<string>`notes.id`,
    cursor: input.cursor,
    limit: input.limit,
  });
  return { items: page.items.map((row) => toNote(row, principal)), nextCursor: page.nextCursor };
}

/** The active notes of these ids that the reader sees, by their ids. */
export async function findNotes(
  tx: TenantTx,
  principal: Principal,
  noteIds: readonly string[],
): Promise<Map<string, Note>> {
  if (noteIds.length === 0) return new Map();
  const rows = await selectNotes(tx).where('notes.id', 'in', noteIds).execute();
  return new Map(rows.map((row) => [row.id, toNote(row, principal)]));
}

function sortKey(sort: ListNotesInput['sort']): SortKey {
  const expression = sort.endsWith('createdAt') ? sql`notes.created_at` : sql`notes.updated_at`;
  return { expression, type: 'timestamptz', direction: sort.startsWith('-') ? 'desc' : 'asc' };
}

function selectNotes(tx: TenantTx) {
  return tx
    .selectFrom('notes')
    .leftJoin('users', 'users.id', 'notes.created_by_id')
    .selectAll('notes')
    .select('users.name as author_name')
    .select(
      sql<Note['mentions']>`coalesce((
        select jsonb_agg(jsonb_build_object('userId', m.user_id, 'name', u.name) order by u.name, u.id)
          from note_mentions m join users u on u.id = m.user_id
         where m.organization_id = notes.organization_id and m.note_id = notes.id), '[]')`.as('mentions'),
    )
    .select(
      sql<NoteRow['attachments']>`coalesce((
        select jsonb_agg(jsonb_build_object('id', a.id, 'fileName', a.file_name, 'contentType', a.content_type,
                                            'bytes', a.bytes, 'createdAt', a.created_at) order by a.created_at, a.id)
          from attachments a
         where a.organization_id = notes.organization_id and a.note_id = notes.id), '[]')`.as('attachments'),
    );
}

interface NoteRow {
  id: string;
  content: string;
  company_id: string | null;
  contact_id: string | null;
  deal_id: string | null;
  campaign_id: string | null;
  brand_id: string | null;
  owner_id: string | null;
  audience: Audience;
  created_by_id: string | null;
  author_name: string | null;
  mentions: Note['mentions'];
  attachments: Note['attachments'];
  is_active: boolean;
  version: number;
  created_at: Date;
  updated_at: Date;
}

function toNote(row: NoteRow, principal: Principal): Note {
  return {
    id: row.id,
    content: row.content,
    companyId: row.company_id,
    contactId: row.contact_id,
    dealId: row.deal_id,
    campaignId: row.campaign_id,
    brandId: row.brand_id,
    isPrivate: row.audience === 'AUTHOR',
    isShared: row.audience === 'EVERYONE',
    isEditable: mayChange(principal, row),
    createdById: row.created_by_id,
    authorName: row.author_name,
    mentions: row.mentions,
    attachments: row.attachments.map((file) => ({
      ...file,
      createdAt: new Date(file.createdAt).toISOString(),
    })),
    isActive: row.is_active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
