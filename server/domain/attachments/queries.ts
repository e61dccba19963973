import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import type { Attachment } from './schema.ts';

/** A file that is there whole. */
export interface AttachmentRow {
  id: string;
  note_id: string | null;
  file_name: string;
  content_type: string | null;
  bytes: number | null;
  created_at: Date;
}

/** One file of a note that the reader sees, or an upload of their own. Errors: `not_found`. */
export async function getAttachment(tx: TenantTx, attachmentId: string): Promise<AttachmentRow> {
  const row = await tx
    .selectFrom('attachments')
    .select(['id', 'note_id', 'file_name', 'content_type', 'bytes', 'created_at'])
    .where('id', '=', attachmentId)
    .where('stored_at', 'is not', null)
    .executeTakeFirst();
  if (!row) throw notFound('file');
  return row;
}

export function toAttachment(row: AttachmentRow): Attachment {
  return {
    id: row.id,
    fileName: row.file_name,
    contentType: row.content_type ?? 'application/octet-stream',
    bytes: row.bytes ?? 0,
    createdAt: row.created_at.toISOString(),
  };
}
