import { v7 as uuidV7 } from 'uuid';
import type { TenantTx } from '../../../db/tenant.ts';
import type { ActivityType, Audience, Json } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { notifyFollowers } from './notify-followers.ts';

/** What happened and which records it concerns. */
export interface ActivityEntry {
  type: ActivityType;
  description: string;
  metadata?: Record<string, unknown>;
  brandId?: string | null;
  companyId?: string | null;
  contactId?: string | null;
  dealId?: string | null;
  campaignId?: string | null;
  creatorId?: string | null;
  noteId?: string | null;
  taskId?: string | null;
  /** Who reads it; EVERYONE unless said: see the type audience. */
  audience?: Audience;
  /** Only for the people of `brandId`: others see the same creator or contact and must not learn of it. */
  isBrandOnly?: boolean;
}

/**
 * Appends to the stream, in the transaction of the change that it tells of. The one write that every slice may make in
 * another's table: the stream is append-only and has no rule of its own. Who follows a changed record is told.
 */
export async function recordActivities(
  tx: TenantTx,
  principal: Principal,
  entries: readonly ActivityEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await Promise.all([appendActivities(tx, principal, entries), notifyFollowers(tx, entries)]);
}

async function appendActivities(
  tx: TenantTx,
  principal: Principal,
  entries: readonly ActivityEntry[],
): Promise<void> {
  await tx
    .insertInto('activities')
    .values(
      entries.map((entry) => ({
        organization_id: principal.organizationId,
        // Of one moment, they are told apart by their ids alone: these count up, the database's own do not.
        id: uuidV7(),
        type: entry.type,
        description: entry.description,
        metadata: (entry.metadata ?? {}) as Json,
        actor_kind: principal.kind,
        actor_id: principal.userId,
        brand_id: entry.brandId ?? null,
        company_id: entry.companyId ?? null,
        contact_id: entry.contactId ?? null,
        deal_id: entry.dealId ?? null,
        campaign_id: entry.campaignId ?? null,
        creator_id: entry.creatorId ?? null,
        note_id: entry.noteId ?? null,
        task_id: entry.taskId ?? null,
        audience: entry.audience ?? 'EVERYONE',
        is_brand_only: entry.isBrandOnly ?? false,
      })),
    )
    .execute();
}
