import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import type { Mode, TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import type { FileStore } from '../../integrations/file-store.ts';
import { invalidField } from '../../kernel/errors.ts';
import { Inspection } from './inspect.ts';
import { toAttachment, uploadGone } from './queries.ts';
import { requireHarmlessName, safeFileName, storageKeyOf } from './rules.ts';
import { MAX_ATTACHMENTS } from './fields.ts';
import type { Attachment, UploadInput } from './schema.ts';

/** What an upload works with: no transaction is open while bytes come in. */
export interface UploadServices {
  principal: Principal;
  files: FileStore;
  inTenant: <T>(mode: Mode, work: (tx: TenantTx) => Promise<T>) => Promise<T>;
}

/**
 * Takes a file in; it waits for its note and is known to its uploader alone. Its row is there before its bytes, so that
 * whatever breaks leaves nothing that the clean-up does not know.
 * Errors: `invalid` for a program and for nothing at all, `too_large`, `upstream` where the store does not answer.
 */
export async function uploadFile(services: UploadServices, input: UploadInput): Promise<Attachment> {
  const { principal, files, inTenant } = services;
  const fileName = safeFileName(input.fileName);
  requireHarmlessName(fileName);
  const attachmentId = uuidV7();
  const key = storageKeyOf(principal.organizationId, attachmentId);
  await inTenant('write', (tx) => announce(tx, principal, { attachmentId, fileName, key }));
  const inspection = new Inspection(fileName);
  try {
    await files.put(key, inspection.pass(input.content));
  } catch (error) {
    await inTenant('write', (tx) => forget(tx, attachmentId));
    throw error;
  }
  return inTenant('write', async (tx) => {
    const { contentType, bytes, sha256 } = inspection.result();
    const row = await tx
      .updateTable('attachments')
      .set({ content_type: contentType, bytes, sha256, stored_at: sql<Date>`now()` })
      .where('id', '=', attachmentId)
      .returning(['id', 'note_id', 'file_name', 'content_type', 'bytes', 'created_at'])
      .executeTakeFirstOrThrow();
    return toAttachment(row);
  });
}

async function announce(
  tx: TenantTx,
  principal: Principal,
  file: { attachmentId: string; fileName: string; key: string },
): Promise<void> {
  await tx
    .insertInto('attachments')
    .values({
      organization_id: principal.organizationId,
      id: file.attachmentId,
      file_name: file.fileName,
      storage_key: file.key,
      created_by_id: principal.userId,
    })
    .execute();
}

/** The trigger behind the deletion has the bytes removed. */
async function forget(tx: TenantTx, attachmentId: string): Promise<void> {
  await tx.deleteFrom('attachments').where('id', '=', attachmentId).execute();
}

/**
 * Gives uploads to the note that they were made for, of which at most ten. Errors: `invalid` on `uploadIds` where one
 * is none of the caller's waiting uploads, or where the note would have too many.
 */
export async function attachUploads(
  tx: TenantTx,
  principal: Principal,
  { noteId, uploadIds }: { noteId: string; uploadIds: readonly string[] },
): Promise<void> {
  if (uploadIds.length === 0) return;
  const { rows } = await sql<{ id: string }>`
    update attachments set note_id = ${noteId}::uuid
     where id = any (${[...uploadIds]}::uuid[]) and note_id is null and stored_at is not null
       and created_by_id = ${principal.userId}::uuid
    returning id`.execute(tx);
  if (rows.length !== new Set(uploadIds).size) {
    throw uploadGone();
  }
  const { count } = await tx
    .selectFrom('attachments')
    .select(sql<number>`count(*)::int4`.as('count'))
    .where('note_id', '=', noteId)
    .executeTakeFirstOrThrow();
  if (count > MAX_ATTACHMENTS) {
    throw invalidField('uploadIds', `A note has at most ${MAX_ATTACHMENTS} files.`);
  }
}

/** Takes a file away, whose right to do so was asked before. */
export async function deleteAttachment(tx: TenantTx, attachmentId: string): Promise<void> {
  await forget(tx, attachmentId);
}
