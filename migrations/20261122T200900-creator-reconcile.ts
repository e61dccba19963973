import { type Kysely, sql } from 'kysely';

const APP = 'spokestack_app';
const JOBS = 'spokestack_jobs';

/** What Phyllo’s webhook did not tell while it was off is read once it speaks again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await define(db, {
    signature: 'app.reconcile_creators()',
    about:
      'Wakes the poll of creators for everything that was not read since now: the webhook was silent until now.',
    roles: `${APP}, ${JOBS}`,
    // A key of its own: the poll of the clock would take the place of this one.
    rest: `returns void language sql volatile as $$
      select graphile_worker.add_job(identifier => 'poll-creators',
        payload => json_build_object('notReadSince', now()), job_key => 'poll-creators:reconcile', max_attempts => 25) $$`,
  });
  await define(db, {
    signature: 'app.creator_syncs_missed(since timestamptz, most integer)',
    about:
      'Which connected accounts nobody asked to read whole since then, and whose accounts nobody looked for: ids and what to read.',
    roles: JOBS,
    rest: `returns table (organization_id uuid, creator_id uuid, creator_platform_id uuid, kind public.creator_sync_kind)
      language sql stable as $$
      with subject as (
        select c.organization_id, c.id as creator_id, p.id as creator_platform_id,
               'EVERYTHING'::public.creator_sync_kind as kind, p.last_synced_at as at
          from public.creator_platforms p
          join public.creators c on c.organization_id = p.organization_id and c.id = p.creator_id
         where p.is_active and c.is_active and p.phyllo_account_id is not null
           and p.connection_state in ('CONNECTED', 'SYNCED', 'EXPIRING')
        union all
        select c.organization_id, c.id, null, 'ACCOUNT', null
          from public.creators c
         where c.is_active and c.phyllo_user_id is not null)
      select s.organization_id, s.creator_id, s.creator_platform_id, s.kind
        from subject s
        join public.organizations o on o.organization_id = s.organization_id and o.id = s.organization_id
       where o.is_active
         and not exists (select from public.creator_sync_runs r
                          where r.organization_id = s.organization_id and r.creator_id = s.creator_id
                            and r.creator_platform_id is not distinct from s.creator_platform_id
                            and r.kind = s.kind and (r.created_at >= since or r.status = 'QUEUED'))
       order by s.at nulls first, s.creator_id, s.creator_platform_id limit most $$`,
  });
}

interface Defined {
  signature: string;
  about: string;
  roles: string;
  rest: string;
}

async function define(db: Kysely<unknown>, { signature, about, roles, rest }: Defined): Promise<void> {
  const name = signature.slice(0, signature.indexOf('('));
  await sql`create function ${sql.raw(signature)} ${sql.raw(rest)} security definer set search_path = pg_catalog, pg_temp`.execute(
    db,
  );
  await sql`comment on function ${sql.raw(name)} is ${sql.lit(about)}`.execute(db);
  await sql`revoke execute on function ${sql.raw(name)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(name)} to ${sql.raw(roles)}`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
