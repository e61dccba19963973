import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { invalidField } from '../../kernel/errors.ts';
import type { DeliverableInput } from './schema.ts';

interface Replacement {
  organizationId: string;
  campaignCreatorId: string;
  deliverables: readonly DeliverableInput[];
}

/**
 * Replaces what is owed as a whole; one that is named by its id keeps it and what was delivered. True where anything
 * changed. Errors: `invalid` on the id of one that is none of this work's, or that is named twice.
 */
export async function replaceDeliverables(
  tx: TenantTx,
  { organizationId, campaignCreatorId, deliverables }: Replacement,
): Promise<boolean> {
  const before = await tx
    .selectFrom('campaign_deliverables')
    .select(['id', 'platform', 'type', 'count', 'due_on', 'revision_rounds', 'note', 'position'])
    .where('campaign_creator_id', '=', campaignCreatorId)
    .orderBy('id')
    .forUpdate()
    .execute();
  requireKnown(deliverables, new Set(before.map(({ id }) => id)));
  const kept = new Set(deliverables.flatMap(({ campaignDeliverableId }) => campaignDeliverableId ?? []));
  const gone = before.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  if (gone.length > 0) await tx.deleteFrom('campaign_deliverables').where('id', 'in', gone).execute();
  const rows = deliverables.map((one, position) => ({
    id: one.campaignDeliverableId ?? null,
    platform: one.platform,
    type: one.type,
    count: one.count,
    due_on: one.dueOn ?? null,
    revision_rounds: one.revisionRounds ?? null,
    note: one.note ?? null,
    position,
  }));
  const { rows: written } = await sql<{ id: string }>`
    insert into campaign_deliverables as d (organization_id, id, campaign_creator_id, platform, type, count, due_on,
      revision_rounds, note, position)
    select ${organizationId}::uuid, coalesce(n.id, app.uuid_v7()), ${campaignCreatorId}::uuid, n.platform, n.type, n.count,
           n.due_on, n.revision_rounds, n.note, n.position
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (id uuid, platform social_platform, type content_type,
        count integer, due_on date, revision_rounds integer, note text, position integer)
    on conflict (organization_id, id) do update
      set (platform, type, count, due_on, revision_rounds, note, position) =
          (excluded.platform, excluded.type, excluded.count, excluded.due_on, excluded.revision_rounds, excluded.note,
           excluded.position)
      where (d.platform, d.type, d.count, d.due_on, d.revision_rounds, d.note, d.position) is distinct from
            (excluded.platform, excluded.type, excluded.count, excluded.due_on, excluded.revision_rounds, excluded.note,
             excluded.position)
    returning d.id`.execute(tx);
  return written.length > 0 || gone.length > 0;
}

function requireKnown(deliverables: readonly DeliverableInput[], known: ReadonlySet<string>): void {
  const named = new Set<string>();
  deliverables.forEach(({ campaignDeliverableId: id }, index) => {
    if (id === undefined) return;
    const path = `deliverables.${index}.campaignDeliverableId`;
    if (!known.has(id)) throw invalidField(path, 'This is no deliverable of this work.');
    if (named.has(id)) throw invalidField(path, 'This deliverable is named twice.');
    named.add(id);
  });
}
