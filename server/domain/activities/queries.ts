import { sql } from 'kysely';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Audience } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { containing } from '../records/queries.ts';
import { type Details, findDetails, referencesIn } from './details.ts';
import { type Activity, type ListActivitiesInput, typesOf } from './schema.ts';

/**
 * The stream of the agency or of one record, newest first unless asked otherwise, with the notes and tasks that it
 * tells of as they are now.
 */
export async function listActivities(
  tx: TenantTx,
  principal: Principal,
  input: ListActivitiesInput,
): Promise<Page<Activity>> {
  let query = tx
    .selectFrom('activities')
    .leftJoin('users', 'users.id', 'activities.actor_id')
    .selectAll('activities')
    .select('users.name as actor_name');
  if (input.companyId) query = query.where('activities.company_id', '=', input.companyId);
  if (input.contactId) query = query.where('activities.contact_id', '=', input.contactId);
  if (input.dealId) query = query.where('activities.deal_id', '=', input.dealId);
  if (input.campaignId) query = query.where('activities.campaign_id', '=', input.campaignId);
  if (input.creatorId) query = query.where('activities.creator_id', '=', input.creatorId);
  if (input.kinds) query = query.where('activities.type', 'in', typesOf(input.kinds));
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
  const details = await findDetails(tx, principal, page.items);
  return { items: page.items.map((row) => toActivity(row, details)), nextCursor: page.nextCursor };
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
  creator_id: string | null;
  note_id: string | null;
  task_id: string | null;
  audience: Audience;
  created_at: Date;
};

function toActivity(row: ActivityRow, { notes, tasks, names }: Details): Activity {
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
    creatorId: row.creator_id,
    noteId: row.note_id,
    taskId: row.task_id,
    audience: row.audience,
    note: notes.get(row.id) ?? null,
    task: row.task_id === null ? null : (tasks.get(row.task_id) ?? null),
    names: namedIn(row.metadata, names),
    createdAt: row.created_at.toISOString(),
  };
}

function namedIn(metadata: unknown, names: Details['names']): Record<string, string> {
  return Object.fromEntries(
    referencesIn(metadata).flatMap((id) => {
      const name = names[id];
      return name === undefined ? [] : [[id, name]];
    }),
  );
}
