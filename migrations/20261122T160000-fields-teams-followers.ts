import { type Kysely, sql } from 'kysely';

/** What is told of fields and teams, and who is told of a record that they follow. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const type of [
    'CUSTOM_FIELD_CREATED',
    'CUSTOM_FIELD_UPDATED',
    'CUSTOM_FIELD_ARCHIVED',
    'CUSTOM_FIELD_RESTORED',
    'TEAM_CREATED',
    'TEAM_UPDATED',
    'TEAM_DELETED',
  ]) {
    await sql`alter type activity_type add value ${sql.lit(type)}`.execute(db);
  }
  await createNotifyFollowers(db);
}

async function createNotifyFollowers(db: Kysely<unknown>): Promise<void> {
  const signature =
    'app.notify_followers(companies uuid[], contacts uuid[], deals uuid[], campaigns uuid[], clients_too boolean)';
  await sql`create function ${sql.raw(signature)} returns void language sql volatile as $$
      insert into public.notifications
        (organization_id, user_id, kind, actor_id, company_id, contact_id, deal_id, campaign_id)
      select f.organization_id, f.user_id, 'RECORD_CHANGED', app.user_id(), f.company_id, f.contact_id, f.deal_id, f.campaign_id
        from public.record_followers f
        join public.memberships m on m.organization_id = f.organization_id and m.user_id = f.user_id and m.is_active
       where f.organization_id = app.organization_id()
         and (f.company_id = any (companies) or f.contact_id = any (contacts) or f.deal_id = any (deals)
              or f.campaign_id = any (campaigns))
         and (clients_too or m.brand_id is null)
         and f.user_id is distinct from app.user_id()
         and not exists (
           select from public.notifications n
            where n.organization_id = f.organization_id and n.user_id = f.user_id and n.read_at is null
              and n.kind = 'RECORD_CHANGED' and n.actor_id is not distinct from app.user_id()
              and (n.company_id, n.contact_id, n.deal_id, n.campaign_id)
                  is not distinct from (f.company_id, f.contact_id, f.deal_id, f.campaign_id)) $$
    security definer set search_path = pg_catalog, pg_temp`.execute(db);
  await sql`revoke execute on function ${sql.raw(signature)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(signature)} to spokestack_app, spokestack_jobs`.execute(db);
  await sql`comment on function ${sql.raw(signature)} is 'Tells the followers of these records of the transaction''s agency, whom the teller''s own policies would not let write to. One who has not read of the same teller''s last change is not told twice; the teller is not told at all.'`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
