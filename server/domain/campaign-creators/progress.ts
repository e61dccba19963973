import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { FeePost } from './fee-basis.ts';
import { type DeliveredPiece, matchPieces, type Progress, progressOf } from './rules.ts';
import type { Deliverable } from './schema.ts';

/** Work whose deliverables are looked at. */
export interface LookedAt {
  id: string;
  campaign_id: string;
  creator_id: string;
  /** The assignment's last day, else the campaign's. */
  last_day: string | null;
}

export interface WorkProgress {
  deliverables: Deliverable[];
  confirmed: number;
  pending: number;
  /** The confirmed pieces as a fee counts them. */
  posts: FeePost[];
  /** When their figures were read, the oldest and the newest. */
  postsReadAt: { from: string; to: string } | null;
}

type DeliverableRow = Omit<Deliverable, keyof Progress> & { workId: string };
type PieceRow = DeliveredPiece & {
  campaignId: string;
  creatorId: string;
  countsOn: string;
  views: number | null;
  readAt: string | null;
};

/** What became of the deliverables of some work, by its id. */
export async function progressOfWork(
  tx: TenantTx,
  work: readonly LookedAt[],
): Promise<Map<string, WorkProgress>> {
  if (work.length === 0) return new Map();
  const [deliverables, pieces, today] = await Promise.all([
    listDeliverables(tx, work),
    listPieces(tx, work),
    agencyDay(tx),
  ]);
  return new Map(
    work.map(({ id, campaign_id, creator_id, last_day }) => {
      const owed = deliverables.filter(({ workId }) => workId === id);
      const mine = pieces.filter(
        ({ campaignId, creatorId }) => campaignId === campaign_id && creatorId === creator_id,
      );
      const progress = progressOf(owed, mine, { today, endsOn: last_day });
      const confirmed = mine.filter(({ isConfirmed }) => isConfirmed);
      const matched = matchPieces(owed, mine);
      const posts = confirmed.map((piece) => ({
        ...{ day: piece.countsOn, views: piece.views },
        deliverableId: matched.get(piece) ?? null,
      }));
      return [
        id,
        {
          deliverables: owed.flatMap(({ workId: _work, ...one }) => {
            const made = progress.get(one.id);
            return made ? [{ ...one, ...made }] : [];
          }),
          confirmed: confirmed.length,
          pending: mine.length - confirmed.length,
          posts,
          postsReadAt: spanOf(confirmed.flatMap(({ readAt }) => readAt ?? [])),
        },
      ];
    }),
  );
}

function spanOf(moments: readonly string[]): { from: string; to: string } | null {
  const [from] = [...moments].sort();
  const to = [...moments].sort().at(-1);
  return from === undefined || to === undefined ? null : { from, to };
}

/** The agency's own day. */
export async function agencyDay(tx: TenantTx): Promise<string> {
  const { rows } = await sql<{ today: string }>`
    select (now() at time zone o.time_zone)::date::text as today from organizations o where o.type <> 'BRAND'`.execute(
    tx,
  );
  return rows[0]?.today ?? new Date().toISOString().slice(0, 10);
}

async function listDeliverables(tx: TenantTx, work: readonly LookedAt[]): Promise<DeliverableRow[]> {
  const rows = await tx
    .selectFrom('campaign_deliverables')
    .select(['id', 'platform', 'type', 'count', 'note'])
    .select(['due_on as dueOn', 'revision_rounds as revisionRounds', 'campaign_creator_id as workId'])
    .where(
      'campaign_creator_id',
      'in',
      work.map(({ id }) => id),
    )
    .orderBy('position')
    .orderBy('id')
    .execute();
  return rows;
}

async function listPieces(tx: TenantTx, work: readonly LookedAt[]): Promise<PieceRow[]> {
  const { rows } = await sql<PieceRow>`
    select m.campaign_id as "campaignId", c.creator_id as "creatorId", m.state = 'CONFIRMED' as "isConfirmed",
           m.campaign_deliverable_id as "deliverableId", c.platform, c.type,
           (c.published_at at time zone o.time_zone)::date::text as "publishedOn",
           (coalesce(c.published_at, m.decided_at, m.created_at) at time zone o.time_zone)::date::text as "countsOn",
           c.views,
           to_char(coalesce(c.fetched_at, c.updated_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "readAt"
      from jsonb_to_recordset(${JSON.stringify(work)}::jsonb) as w (campaign_id uuid, creator_id uuid)
      join campaign_contents m on m.campaign_id = w.campaign_id and m.state <> 'REJECTED'
      join creator_contents c on c.organization_id = m.organization_id and c.id = m.creator_content_id
                             and c.creator_id = w.creator_id and c.is_active
      join organizations o on o.organization_id = c.organization_id and o.id = c.organization_id
     order by c.published_at, c.id`.execute(tx);
  return rows;
}
