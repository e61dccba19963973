import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { countUnread } from './queries.ts';
import type { MarkReadInput } from './schema.ts';

/**
 * Marks the reader's own notifications as read; ids of others and of none are passed over alike. Answers how many stay
 * unread, counted to 100.
 */
export async function markRead(tx: TenantTx, userId: string | null, input: MarkReadInput): Promise<number> {
  let unread = tx
    .updateTable('notifications')
    .set({ read_at: sql<Date>`now()` })
    .where('user_id', '=', userId)
    .where('read_at', 'is', null);
  if (input.notificationIds) unread = unread.where('id', 'in', input.notificationIds);
  await unread.execute();
  return countUnread(tx, userId);
}
