import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { type AssignedDays, GRACE_DAYS, isInWindow, matchReasons, type MatchRules } from './rules.ts';

/** What is matched anew: all of a creator, some of their pieces, or their pieces with one campaign. */
export interface AttributionScope {
  creatorId: string;
  contentIds?: readonly string[];
  campaignId?: string;
}

interface Assignment extends MatchRules, AssignedDays {
  campaignId: string;
}

interface Piece extends MatchRules {
  contentId: string;
  /** In the agency's own time zone. */
  day: string;
}

interface Match {
  campaignId: string;
  contentId: string;
  reasons: string[];
}

/**
 * Matches a creator's contents with the campaigns that they work on. What a person confirmed or rejected stays as it is;
 * a pending match whose rule no longer holds goes. Answers how many matches came and went. It must see the whole agency
 * (a job's transaction), and holds the creator, so that what happens at the same time is matched afterwards.
 */
export async function attributeContents(
  tx: TenantTx,
  scope: AttributionScope,
): Promise<{ added: number; removed: number }> {
  await lockCreator(tx, scope.creatorId);
  const assignments = await findAssignments(tx, scope);
  const pieces = assignments.length > 0 ? await findPieces(tx, scope, assignments) : [];
  const wanted = pieces.flatMap((piece) => matchesOf(piece, assignments));
  const added = await addMatches(tx, wanted);
  const removed = await removeOthers(tx, scope, wanted);
  return { added, removed };
}

/** Assigning a creator takes the same lock, through the trigger behind creators.brand_ids. */
export async function lockCreator(tx: TenantTx, creatorId: string): Promise<void> {
  await tx.selectFrom('creators').select('id').where('id', '=', creatorId).forNoKeyUpdate().execute();
}

/** The creators of a campaign, of now and of its pending matches. */
export async function creatorsToAttribute(tx: TenantTx, campaignId: string): Promise<string[]> {
  const { rows } = await sql<{ creator_id: string }>`
    select l.creator_id from campaign_creators l where l.campaign_id = ${campaignId}::uuid
    union
    select c.creator_id from campaign_contents m
      join creator_contents c on c.organization_id = m.organization_id and c.id = m.creator_content_id
     where m.campaign_id = ${campaignId}::uuid and m.state = 'PENDING'
     order by creator_id`.execute(tx);
  return rows.map((row) => row.creator_id);
}

function matchesOf(piece: Piece, assignments: readonly Assignment[]): Match[] {
  return assignments.flatMap((assignment) => {
    if (!isInWindow(piece.day, assignment)) return [];
    const reasons = matchReasons(piece, assignment);
    const { campaignId } = assignment;
    return reasons.length > 0 ? [{ campaignId, contentId: piece.contentId, reasons }] : [];
  });
}

async function findAssignments(tx: TenantTx, scope: AttributionScope): Promise<Assignment[]> {
  const { rows } = await sql<Assignment>`
    select k.id as "campaignId", coalesce(l.starts_on, k.starts_on)::text as "startsOn",
           coalesce(l.ends_on, k.ends_on)::text as "endsOn",
           (k.created_at at time zone o.time_zone)::date::text as "enteredOn", k.hashtags, k.mentions, k.links
      from campaign_creators l
      join campaigns k on k.organization_id = l.organization_id and k.id = l.campaign_id
      join organizations o on o.organization_id = l.organization_id and o.id = l.organization_id
     where l.creator_id = ${scope.creatorId}::uuid and l.is_active and l.status not in ('DECLINED', 'CANCELLED')
       and k.is_active and k.status <> 'CANCELLED'
       and (${scope.campaignId ?? null}::uuid is null or k.id = ${scope.campaignId ?? null}::uuid)`.execute(
    tx,
  );
  return rows.filter(({ hashtags, mentions, links }) => hashtags.length + mentions.length + links.length > 0);
}

async function findPieces(
  tx: TenantTx,
  { creatorId, contentIds }: AttributionScope,
  assignments: readonly Assignment[],
): Promise<Piece[]> {
  const first = assignments.map(({ startsOn, enteredOn }) => startsOn ?? enteredOn).sort()[0] ?? null;
  const ends = assignments.map(({ endsOn }) => endsOn);
  const last = ends.includes(null) ? null : (ends.sort().at(-1) ?? null);
  const { rows } = await sql<Piece>`
    select c.id as "contentId", (c.published_at at time zone o.time_zone)::date::text as day,
           c.hashtags, c.mentions, c.links
      from creator_contents c
      join organizations o on o.organization_id = c.organization_id and o.id = c.organization_id
     where c.creator_id = ${creatorId}::uuid and c.is_active
       and c.published_at >= ${first}::date - interval '1 day'
       and (${last}::date is null or c.published_at < ${last}::date + ${GRACE_DAYS + 2}::int)
       and (${contentIds ? [...contentIds] : null}::uuid[] is null or c.id = any (${contentIds ? [...contentIds] : null}::uuid[]))
       and cardinality(c.hashtags) + cardinality(c.mentions) + cardinality(c.links) > 0`.execute(tx);
  return rows;
}

/** Answers how many are new; a pending one takes its reasons of now. */
async function addMatches(tx: TenantTx, wanted: readonly Match[]): Promise<number> {
  if (wanted.length === 0) return 0;
  const { rows } = await sql<{ is_new: boolean }>`
    insert into campaign_contents as m (organization_id, campaign_id, creator_content_id, reasons)
    select app.organization_id(), w."campaignId", w."contentId", w.reasons
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w ("campaignId" uuid, "contentId" uuid, reasons text[])
     order by 2, 3
    on conflict (organization_id, campaign_id, creator_content_id) do update set reasons = excluded.reasons
     where m.state = 'PENDING' and m.reasons is distinct from excluded.reasons
    returning xmax = 0 as is_new`.execute(tx);
  return rows.filter((row) => row.is_new).length;
}

async function removeOthers(
  tx: TenantTx,
  { creatorId, contentIds, campaignId }: AttributionScope,
  wanted: readonly Match[],
): Promise<number> {
  const ids = contentIds ? [...contentIds] : null;
  const { numAffectedRows } = await sql`
    delete from campaign_contents m using creator_contents c
     where c.organization_id = m.organization_id and c.id = m.creator_content_id and m.state = 'PENDING'
       and c.creator_id = ${creatorId}::uuid
       and (${campaignId ?? null}::uuid is null or m.campaign_id = ${campaignId ?? null}::uuid)
       and (${ids}::uuid[] is null or c.id = any (${ids}::uuid[]))
       and not exists (
         select from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w ("campaignId" uuid, "contentId" uuid)
          where w."campaignId" = m.campaign_id and w."contentId" = m.creator_content_id)`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}
