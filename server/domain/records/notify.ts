import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { NotificationKind } from '../../../db/types.ts';

/** What one person is told of. It refers and quotes nothing: the words are found as the reader reads. */
export interface Notice {
  userId: string;
  kind: NotificationKind;
  noteId?: string | null;
  taskId?: string | null;
  companyId?: string | null;
  contactId?: string | null;
  dealId?: string | null;
  campaignId?: string | null;
}

/**
 * Tells one active member of this agency, in the transaction of what they are told of. Somebody who left is not told,
 * and nobody of what they did themselves.
 */
export async function notify(tx: TenantTx, notice: Notice): Promise<void> {
  const { userId, kind, noteId, taskId, companyId, contactId, dealId, campaignId } = notice;
  await sql`select app.notify(${userId}::uuid, ${kind}::notification_kind, ${noteId ?? null}::uuid,
    ${taskId ?? null}::uuid, ${companyId ?? null}::uuid, ${contactId ?? null}::uuid, ${dealId ?? null}::uuid,
    ${campaignId ?? null}::uuid)`.execute(tx);
}
