import { type Kysely, sql } from 'kysely';

const APP = 'spokestack_app';
const JOBS = 'spokestack_jobs';

/** The ways into and out of what stands outside tenancy: storing, finding whose it is, waking the jobs, removing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await defineReceiving(db);
  await defineRouting(db);
  await defineWaking(db);
  await defineCleaning(db);
  await wakeOnNewCreators(db);
}

async function defineReceiving(db: Kysely<unknown>): Promise<void> {
  await define(db, {
    signature: 'app.receive_webhooks(of_source public.webhook_source, events jsonb)',
    about:
      'Stores what a sender told of, each thing once, and wakes the job that finds whose it is. Answers how much of it was new.',
    roles: APP,
    rest: `returns integer language plpgsql volatile as $$
      declare
        batch uuid := app.uuid_v7();
        fresh integer;
      begin
        with made as (
          insert into public.webhook_deliveries (batch_id, source, dedupe_key, name, native_id, refs, payload, is_kept)
          select batch, of_source, e."dedupeKey", e.name, e."nativeId", e.refs, e.payload, e."isKept"
            from jsonb_to_recordset(events) as e (
              "dedupeKey" text, name text, "nativeId" text, refs text[], payload text, "isKept" boolean)
           order by e."dedupeKey"
          on conflict (source, dedupe_key) do nothing returning 1)
        select count(*)::integer into fresh from made;
        if fresh > 0 then
          perform graphile_worker.add_job(identifier => 'route-webhooks', payload => json_build_object('batchId', batch),
            max_attempts => 25, priority => -10);
        end if;
        return fresh;
      end $$`,
  });
  await define(db, {
    signature: 'app.lead_form_key(hash text)',
    about:
      'The stored hash of a lead form’s key that counts now, for comparison; NULL where none does. Tells nothing of whose it is.',
    roles: APP,
    rest: `returns text language sql stable as $$
      select hash from public.lead_forms f
        join public.organizations o on o.organization_id = f.organization_id and o.id = f.organization_id
       where f.is_active and o.is_active
         and (f.key_hash = hash or (f.previous_key_hash = hash and f.previous_key_until > now())) limit 1 $$`,
  });
}

async function defineRouting(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function app.refs_of(refs text[], kind text) returns text[] language sql immutable strict parallel safe
      return array(select substr(r, length(kind) + 2) from unnest(refs) r where starts_with(r, kind || ':'))`.execute(
    db,
  );
  await sql`comment on function app.refs_of is 'Those of one kind, without the kind.'`.execute(db);
  await sql`revoke execute on function app.refs_of from public`.execute(db);
  await sql`
    create function app.webhook_targets(of_source public.webhook_source, refs text[])
    returns table (organization_id uuid, lead_form_id uuid) language sql stable set search_path = pg_catalog, pg_temp as $$
      select distinct on (t.organization_id) t.organization_id, t.lead_form_id from (
        select f.organization_id, f.id as lead_form_id from public.lead_forms f
         where of_source = 'META' and f.is_active and f.page_id = any (app.refs_of(refs, 'page'))
        union all
        select f.organization_id, f.id from public.lead_forms f
         where of_source = 'GOOGLE' and f.is_active
           and (f.key_hash = any (app.refs_of(refs, 'key')) or f.previous_key_hash = any (app.refs_of(refs, 'key')))
        union all
        select a.organization_id, null from public.ad_accounts a
         where of_source = 'META' and a.platform = 'META' and a.native_id = any (app.refs_of(refs, 'ad-account'))
        union all
        select c.organization_id, null from public.creators c
         where of_source = 'PHYLLO' and c.phyllo_user_id = any (app.refs_of(refs, 'user')::uuid[])
        union all
        select p.organization_id, null from public.creator_platforms p
         where of_source = 'PHYLLO' and p.phyllo_account_id = any (app.refs_of(refs, 'account')::uuid[])) t
        join public.organizations o on o.organization_id = t.organization_id and o.id = t.organization_id
       where o.is_active order by t.organization_id, t.lead_form_id $$`.execute(db);
  await sql`comment on function app.webhook_targets is 'Whose a reference is, by what agencies named and connected themselves and never by what a payload claims. Granted to nobody: the function below calls it.'`.execute(
    db,
  );
  await sql`revoke execute on function app.webhook_targets from public`.execute(db);
  await define(db, {
    signature: 'app.route_webhooks(batch uuid)',
    about:
      'Hands what was stored to the agencies whose it is, and wakes their jobs. Without a batch: whatever waits and has an owner by now. Answers how many events were made.',
    roles: JOBS,
    rest: `returns integer language sql volatile as $$
      with waiting as (
        select d.* from public.webhook_deliveries d
         where d.routed_at is null and d.payload is not null
           and (d.batch_id = batch or (batch is null and exists (select from app.webhook_targets(d.source, d.refs))))
         order by d.received_at limit 1000 for update skip locked),
      targets as (
        select w.*, t.organization_id, t.lead_form_id
          from waiting w cross join lateral app.webhook_targets(w.source, w.refs) t),
      made as (
        insert into public.webhook_events (organization_id, source, dedupe_key, name, native_id, payload, received_at, lead_form_id)
        select t.organization_id, t.source, t.dedupe_key, t.name, t.native_id, t.payload, t.received_at, t.lead_form_id
          from targets t on conflict (organization_id, source, dedupe_key) do nothing
        returning organization_id, id),
      routed as (
        update public.webhook_deliveries d set routed_at = now(), payload = null, parked_at = null
         where d.id in (select t.id from targets t)),
      parked as (
        update public.webhook_deliveries d set parked_at = now()
         where d.parked_at is null and d.id in (select w.id from waiting w except select t.id from targets t))
      select count(j)::integer from made m cross join lateral graphile_worker.add_job(
        identifier => 'handle-webhook',
        payload => json_build_object('organizationId', m.organization_id, 'subjectId', m.id),
        max_attempts => 25, priority => -10,
        job_key => 'handle-webhook:' || m.organization_id || ':' || m.id) j $$`,
  });
}

async function defineWaking(db: Kysely<unknown>): Promise<void> {
  await define(db, {
    signature: 'app.wake_webhook_routing()',
    about: 'Wakes the job that looks whether somebody named what waits for an owner.',
    roles: `${APP}, ${JOBS}`,
    rest: `returns void language sql volatile as $$
      select graphile_worker.add_job(identifier => 'route-webhooks', payload => '{"batchId":null}'::json,
        job_key => 'route-webhooks', max_attempts => 25) $$`,
  });
  await define(db, {
    signature: 'app.enqueue_webhook(event uuid, at timestamptz)',
    about: 'Wakes the job of an event of the transaction’s own agency at that time.',
    roles: `${APP}, ${JOBS}`,
    rest: `returns void language plpgsql volatile as $$
      begin
        if app.organization_id() is null then raise exception 'no organization is set'; end if;
        perform graphile_worker.add_job(
          identifier => 'handle-webhook',
          payload => json_build_object('organizationId', app.organization_id(), 'subjectId', event),
          run_at => at, max_attempts => 25, priority => -10,
          job_key => 'handle-webhook:' || app.organization_id() || ':' || event);
      end $$`,
  });
  await define(db, {
    signature: 'app.waiting_webhook_events()',
    about:
      'Events whose time has come and gone, so that no job may be left that would handle them: ids alone.',
    roles: JOBS,
    rest: `returns table (organization_id uuid, webhook_event_id uuid) language sql stable as $$
      select e.organization_id, e.id from public.webhook_events e
       where e.next_attempt_at < now() - interval '1 minute' order by e.next_attempt_at limit 1000 $$`,
  });
  await define(db, {
    signature: 'app.enqueue_lead_fetch(form uuid)',
    about:
      'Wakes the job that asks a page of the transaction’s own agency for leads that no webhook told of.',
    roles: JOBS,
    rest: `returns void language plpgsql volatile as $$
      begin
        if app.organization_id() is null then raise exception 'no organization is set'; end if;
        perform graphile_worker.add_job(
          identifier => 'fetch-leads',
          payload => json_build_object('organizationId', app.organization_id(), 'subjectId', form),
          max_attempts => 3, job_key => 'fetch-leads:' || app.organization_id() || ':' || form);
      end $$`,
  });
  await define(db, {
    signature: 'app.lead_forms_to_poll()',
    about: 'Facebook pages whose leads were not asked for within the hour: ids alone.',
    roles: JOBS,
    rest: `returns table (organization_id uuid, lead_form_id uuid) language sql stable as $$
      select f.organization_id, f.id from public.lead_forms f
        join public.organizations o on o.organization_id = f.organization_id and o.id = f.organization_id
       where f.source = 'META' and f.is_active and o.is_active
         and (f.polled_at is null or f.polled_at < now() - interval '50 minutes')
       order by f.polled_at nulls first, f.id $$`,
  });
}

async function defineCleaning(db: Kysely<unknown>): Promise<void> {
  await define(db, {
    signature: 'app.webhooks_clean()',
    about:
      'After 30 days: removes keys that no sender repeats any more, what nobody owned, and events that are done. The keys of leads and what failed stay.',
    roles: JOBS,
    rest: `returns void language sql volatile as $$
      delete from public.webhook_deliveries where not is_kept and received_at < now() - interval '30 days';
      update public.webhook_deliveries set payload = null
       where is_kept and payload is not null and received_at < now() - interval '30 days';
      delete from public.webhook_events
       where state in ('HANDLED', 'IGNORED') and settled_at < now() - interval '30 days' $$`,
  });
}

/** What came for a creator before we knew their name at Phyllo waits for no sweep. */
async function wakeOnNewCreators(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function app.webhook_owner_named() returns trigger language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$ begin perform app.wake_webhook_routing(); return null; end $$`.execute(
    db,
  );
  await sql`comment on function app.webhook_owner_named is 'Trigger: an event may have waited for this owner.'`.execute(
    db,
  );
  await sql`revoke execute on function app.webhook_owner_named from public`.execute(db);
  for (const [table, column] of [
    ['creators', 'phyllo_user_id'],
    ['creator_platforms', 'phyllo_account_id'],
  ] as const) {
    await sql`create trigger webhook_owner_made after insert on ${sql.table(table)} for each row
      when (new.${sql.id(column)} is not null) execute function app.webhook_owner_named()`.execute(db);
    await sql`create trigger webhook_owner_named after update of ${sql.id(column)} on ${sql.table(table)} for each row
      when (new.${sql.id(column)} is distinct from old.${sql.id(column)} and new.${sql.id(column)} is not null)
      execute function app.webhook_owner_named()`.execute(db);
  }
  await sql`create trigger webhook_owner_named after insert or update of page_id, key_hash, is_active on lead_forms
    for each row when (new.is_active) execute function app.webhook_owner_named()`.execute(db);
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
