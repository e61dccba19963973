import { type Kysely, sql } from 'kysely';

/** How a series of tasks hangs together, what the jobs look at each minute, and a person's own time zone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await linkSeries(db);
  await createLooks(db);
  await createTimeZone(db);
}

/** What a person says of a task. The jobs' own marks are not in it: they must not make an open form stale. */
const written =
  sql.raw(`brand_id, owner_id, is_active, external_id, tags, custom_fields, company_id, contact_id, deal_id,
  campaign_id, title, description, priority, assignee_id, due_on, due_time, remind_on, remind_time, recurrence, series_id,
  series_start_on, audience, completed_at, completed_by_id, next_task_id`);

async function linkSeries(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table tasks add column next_task_id uuid,
      add foreign key (organization_id, next_task_id) references tasks (organization_id, id) on delete set null (next_task_id)`.execute(
    db,
  );
  await sql`comment on column tasks.next_task_id is 'The task that came of completing this one: it comes once, however often this one is completed.'`.execute(
    db,
  );
  await sql`create index tasks_next on tasks (organization_id, next_task_id) where next_task_id is not null`.execute(
    db,
  );
  await sql`drop trigger touch on tasks`.execute(db);
  await sql`create trigger touch before update of ${written} on tasks for each row execute function app.touch()`.execute(
    db,
  );
}

async function createLooks(db: Kysely<unknown>): Promise<void> {
  const look = 'app.tasks_to_look_at(moment timestamptz, most integer)';
  // PostgreSQL reads a doubled hour as its second pass and a skipped one by the clock before it, so a moment that it
  // computes is up to an hour later than ours: three hours more let the exact rule in the code decide.
  await sql`create function ${sql.raw(look)} returns table (organization_id uuid, task_id uuid) language sql stable as $$
      with due as (
        select t.organization_id, t.id,
               (t.remind_on + coalesce(t.remind_time, time '09:00')) at time zone coalesce(u.time_zone, o.time_zone) as due_at
          from public.tasks t
          join public.organizations o on o.id = t.organization_id and o.is_active
          left join public.users u on u.id = t.assignee_id
         where t.is_active and t.completed_at is null and t.reminded_at is null
           and t.remind_on <= (moment at time zone 'UTC')::date + 1
        union all
        select t.organization_id, t.id,
               (t.due_on + coalesce(t.due_time, time '24:00')) at time zone coalesce(u.time_zone, o.time_zone)
          from public.tasks t
          join public.organizations o on o.id = t.organization_id and o.is_active
          left join public.users u on u.id = t.assignee_id
         where t.is_active and t.completed_at is null and t.overdue_at is null
           and t.due_on <= (moment at time zone 'UTC')::date + 1)
      select d.organization_id, d.id from due d
       where d.due_at <= moment + interval '3 hours'
       group by d.organization_id, d.id order by min(d.due_at) limit most $$
    security definer set search_path = pg_catalog, pg_temp`.execute(db);
  await sql`revoke execute on function ${sql.raw(look)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(look)} to spokestack_jobs`.execute(db);
  await sql`comment on function ${sql.raw(look)} is 'The ids of tasks over all agencies whose reminder or due moment has come or nearly so, the longest waiting first. Each is judged again within its agency.'`.execute(
    db,
  );
}

async function createTimeZone(db: Kysely<unknown>): Promise<void> {
  const set = 'app.session_set_time_zone(session_id text, zone text)';
  await sql`create function ${sql.raw(set)} returns boolean language plpgsql volatile as $$
    begin
      -- Fails for a zone that this server does not know.
      perform now() at time zone zone;
      update public.users u set time_zone = zone, updated_at = now()
        from public.sessions s
       where s.id = session_id and s.expires_at > now() and u.id = s.user_id and u.is_active;
      return found;
    end $$
    security definer set search_path = pg_catalog, pg_temp`.execute(db);
  await sql`revoke execute on function ${sql.raw(set)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(set)} to spokestack_app`.execute(db);
  await sql`comment on function ${sql.raw(set)} is 'Sets the time zone of the person behind one session, or with NULL that of their agency; false where the session is over.'`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
