import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { invalidField, notFound } from '../../kernel/errors.ts';
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

/** Errors: `invalid` on `uploadIds` where one is none of the caller's uploads that wait for their note. */
export async function requireUploads(
  tx: TenantTx,
  principal: Principal,
  uploadIds: readonly string[] = [],
): Promise<void> {
  if (uploadIds.length === 0) return;
  const rows = await tx
    .selectFrom('attachments')
    .select('id')
    .where('id', 'in', uploadIds)
    .where('note_id', 'is', null)
    .where('stored_at', 'is not', null)
    .where('created_by_id', '=', principal.userId)
    .execute();
  if (rows.length !== new Set(uploadIds).size) throw uploadGone();
}

export function uploadGone() {
  return invalidField('uploadIds', 'One of the files is no longer here. Attach it again.');
}
