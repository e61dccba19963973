import { type Kysely, sql } from 'kysely';

/** A brief is answered by whoever holds its link, and its people are told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter type notification_kind add value if not exists 'BRIEF_ANSWERED'`.execute(db);
  await sql`create function app.campaign_brief_find(hash text)
    returns table (organization_id uuid, campaign_brief_id uuid) language sql stable
    security definer set search_path = pg_catalog, pg_temp as $$
      select b.organization_id, b.id from public.campaign_briefs b
        join public.organizations o on o.organization_id = b.organization_id and o.id = b.organization_id
        join public.campaign_creators l on l.organization_id = b.organization_id and l.id = b.campaign_creator_id
        join public.campaigns k on k.organization_id = l.organization_id and k.id = l.campaign_id
       where b.token_hash = hash and b.withdrawn_at is null and b.expires_at > now()
         and o.is_active and l.is_active and k.is_active $$`.execute(db);
  await sql`comment on function app.campaign_brief_find is 'The brief of this secret, where its link may still be opened: ids alone.'`.execute(
    db,
  );
  await sql`revoke execute on function app.campaign_brief_find from public`.execute(db);
  await sql`grant execute on function app.campaign_brief_find to spokestack_app`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
