import { sql } from 'kysely';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import { containing } from '../records/queries.ts';
import type { Activity, ListActivitiesInput } from './schema.ts';

/** The stream of the agency or of one record, newest first unless asked otherwise. */
export async function listActivities(tx: TenantTx, input: ListActivitiesInput): Promise<Page<Activity>> {
  let query = tx
    .selectFrom('activities')
    .leftJoin('users', 'users.id', 'activities.actor_id')
    .selectAll('activities')
    .select('users.name as actor_name');
  if (input.companyId) query = query.where('activities.company_id', '=', input.companyId);
  if (input.contactId) query = query.where('activities.contact_id', '=', input.contactId);
  if (input.dealId) query = query.where('activities.deal_id', '=', input.dealId);
  if (input.campaignId) query = query.where('activities.campaign_id', '=', input.campaignId);
  if (input.q) query = query.where('activities.description', 'ilike', containing(input.q));
  if (input.updatedSince) {
    query = query.where(sql<boolean>`activities.created_at >= ${input.updatedSince}::timestamptz`);
  }
  if (input.importedRows === false) {
    query = query.where(
      sql<boolean>`(not activities.metadata ? 'importId' or activities.type = 'IMPORT_COMPLETED')`,
    );
  }
  const page = await keysetPage(query, {
    sortName: input.sort,
    key: {
      expression: sql`activities.created_at`,
      type: 'timestamptz',
      direction: input.sort === 'createdAt' ? 'asc' : 'desc',
    },
    id: sql<string>`activities.id`,
    cursor: input.cursor,
    limit: input.limit,
  });
  return { items: page.items.map(toActivity), nextCursor: page.nextCursor };
}

type ActivityRow = {
  id: string;
  type: string;
  description: string;
  metadata: unknown;
  actor_kind: Activity['actorKind'];
  actor_id: string | null;
  actor_name: string | null;
  brand_id: string | null;
  company_id: string | null;
  contact_id: string | null;
  deal_id: string | null;
  campaign_id: string | null;
  created_at: Date;
};

function toActivity(row: ActivityRow): Activity {
  return {
    id: row.id,
    type: row.type,
    description: row.description,
    metadata: row.metadata as Record<string, unknown>,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorName: row.actor_name,
    brandId: row.brand_id,
    companyId: row.company_id,
    contactId: row.contact_id,
    dealId: row.deal_id,
    campaignId: row.campaign_id,
    createdAt: row.created_at.toISOString(),
  };
}
