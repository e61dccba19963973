import { type Kysely, sql } from 'kysely';

/** Who is told of a campaign that waits or was decided, and which campaigns a day moves. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db);
  await tellApprovers(db);
  await findWhatMoves(db);
}

async function addColumns(db: Kysely<unknown>): Promise<void> {
  await sql`alter table campaigns
    add column campaign_template_id uuid,
    add column paused_on date,
    add column is_paused_by_date boolean not null default false,
    add check (not is_paused_by_date or (status = 'PAUSED' and paused_on is not null)),
    add foreign key (organization_id, campaign_template_id) references campaign_templates (organization_id, id)
      on delete set null (campaign_template_id)`.execute(db);
  for (const [column, text] of [
    ['campaign_template_id', 'The template that it began with.'],
    [
      'paused_on',
      'The pauses_on that was carried out: somebody who goes on after it is not paused again by the same day.',
    ],
    [
      'is_paused_by_date',
      'The pause that stands came by pauses_on, so that resumes_on may end it; one by hand stays.',
    ],
  ] as const)
    await sql`comment on column campaigns.${sql.ref(column)} is ${sql.lit(text)}`.execute(db);
  await sql`create index campaigns_template on campaigns (organization_id, campaign_template_id)`.execute(db);
  await sql`create index campaigns_to_move on campaigns (id)
    where is_active and moves_by_date and status in ('APPROVED', 'ACTIVE', 'PAUSED')`.execute(db);
}

async function tellApprovers(db: Kysely<unknown>): Promise<void> {
  for (const kind of ['CAMPAIGN_SUBMITTED', 'CAMPAIGN_APPROVED', 'CAMPAIGN_RETURNED', 'CAMPAIGN_CANCELLED'])
    await sql`alter type notification_kind add value if not exists ${sql.lit(kind)}`.execute(db);
  const tell = 'app.notify_approvers(what public.notification_kind, campaign uuid)';
  await sql`
    create function ${sql.raw(tell)} returns void
      language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
      insert into public.notifications (organization_id, user_id, kind, actor_id, campaign_id)
      select m.organization_id, m.user_id, what, app.user_id(), campaign
        from public.memberships m
       where m.organization_id = app.organization_id() and m.is_active and m.brand_id is null
         and m.role in ('OWNER', 'ADMIN') and m.user_id is distinct from app.user_id()
         and not exists (
           select from public.notifications n
            where n.organization_id = m.organization_id and n.user_id = m.user_id and n.read_at is null
              and n.kind = what and n.campaign_id = campaign) $$`.execute(db);
  await sql`comment on function app.notify_approvers(public.notification_kind, uuid) is 'Tells the agency''s owners and admins that a campaign waits for them; not who asked, and not twice while it is unread.'`.execute(
    db,
  );
  await grant(db, 'app.notify_approvers(public.notification_kind, uuid)', 'spokestack_app, spokestack_jobs');
}

async function findWhatMoves(db: Kysely<unknown>): Promise<void> {
  // The day after UTC's is the latest day that it can be anywhere: the exact day is the agency's, and the code's to say.
  await sql`
    create function app.campaigns_to_move(moment timestamptz, most integer)
      returns table (organization_id uuid, campaign_id uuid)
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select c.organization_id, c.id
        from public.campaigns c
        join public.organizations o on o.id = c.organization_id and o.is_active
       cross join lateral (select (moment at time zone 'UTC')::date + 1 as latest) d
       where c.is_active and c.moves_by_date and c.status in ('APPROVED', 'ACTIVE', 'PAUSED')
         and (c.status = 'APPROVED' and c.starts_on <= d.latest
              or c.status <> 'APPROVED' and c.ends_on < d.latest
              or c.status = 'ACTIVE' and c.pauses_on <= d.latest and c.paused_on is distinct from c.pauses_on
              or c.is_paused_by_date and c.resumes_on <= d.latest)
       order by least(case when c.status = 'APPROVED' then c.starts_on end, c.ends_on, c.pauses_on, c.resumes_on), c.id
       limit most $$`.execute(db);
  await sql`comment on function app.campaigns_to_move(timestamptz, integer) is 'Campaigns of all agencies that a day may move: ids alone. It may name one whose day has not come yet by its agency''s own clock.'`.execute(
    db,
  );
  await grant(db, 'app.campaigns_to_move(timestamptz, integer)', 'spokestack_jobs');
}

async function grant(db: Kysely<unknown>, signature: string, roles: string): Promise<void> {
  await sql`revoke execute on function ${sql.raw(signature)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(signature)} to ${sql.raw(roles)}`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
