import { type Kysely, sql } from 'kysely';

/** What a grant shows moves into rows of its own, is listed again every day, and is reconnected by link. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await moveFoundAccounts(db);
  await wakeDiscovery(db);
  await extendLinks(db);
  await bindStates(db);
  await defineLinkDoors(db);
}

/** Listings of before know no managers; one without a currency or a zone could never be picked. */
async function moveFoundAccounts(db: Kysely<unknown>): Promise<void> {
  await sql`
    insert into found_accounts (organization_id, connection_id, native_id, name, currency, time_zone, native_status,
                                holder_name, is_usable, is_manager, first_seen_at, last_seen_at)
    select distinct on (c.organization_id, c.id, f."nativeId")
           c.organization_id, c.id, f."nativeId", coalesce(f.name, ''), f.currency, f."timeZone", f."nativeStatus",
           f."holderName", coalesce(f."isUsable", true), false, c.granted_at, c.granted_at
      from oauth_connections c
      cross join jsonb_to_recordset(c.found_accounts) as f (
        "nativeId" text, name text, currency text, "timeZone" text, "nativeStatus" text, "holderName" text,
        "isUsable" boolean)
     where f."nativeId" is not null and f.currency ~ '^[A-Z]{3}$' and f."timeZone" is not null
    on conflict do nothing`.execute(db);
  await sql`alter table oauth_connections drop column found_accounts`.execute(db);
  await sql`create index found_accounts_native on found_accounts (organization_id, native_id)`.execute(db);
}

async function wakeDiscovery(db: Kysely<unknown>): Promise<void> {
  await define(
    db,
    'app.enqueue_discovery(connection uuid)',
    "Wakes the job that lists a connection's ad accounts again, of the transaction's own agency; one waits at a time.",
    {
      roles: 'spokestack_app, spokestack_jobs',
      rest: `returns void language plpgsql volatile as $$
    begin
      if app.organization_id() is null then raise exception 'no organization is set'; end if;
      perform graphile_worker.add_job(
        identifier => 'discover-accounts',
        payload => json_build_object('organizationId', app.organization_id(), 'subjectId', connection),
        queue_name => null, run_at => null, max_attempts => 8,
        job_key => 'discover-accounts:' || app.organization_id() || ':' || connection);
    end $$`,
    },
  );
  await define(
    db,
    'app.discoverable_connections()',
    'Connections whose ad accounts were not listed for 20 hours: ids alone.',
    {
      roles: 'spokestack_jobs',
      rest: `returns table (organization_id uuid, connection_id uuid) language sql stable as $$
      select c.organization_id, c.id from public.oauth_connections c
        join public.organizations o on o.organization_id = c.organization_id and o.id = c.organization_id
       where c.state = 'CONNECTED' and o.is_active
         and (c.accounts_listed_at is null or c.accounts_listed_at < now() - interval '20 hours')
       order by c.accounts_listed_at nulls first, c.id $$`,
    },
  );
}

async function extendLinks(db: Kysely<unknown>): Promise<void> {
  await sql`alter table reconnect_links add column revoked_at timestamptz`.execute(db);
  await sql`comment on column reconnect_links.revoked_at is 'Somebody of the agency took it back: it opens nothing any more.'`.execute(
    db,
  );
  await sql`alter table oauth_connections add column is_by_link boolean not null default false`.execute(db);
  await sql`comment on column oauth_connections.is_by_link is 'Given through a reconnect link, by somebody who need not be a user here; granted_by_id made the link.'`.execute(
    db,
  );
  await sql`grant select (is_by_link) on oauth_connections to spokestack_app`.execute(db);
}

/** A state is bound to a session, to an agency (an API key's), or to a link and the browser that opened it. */
async function bindStates(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table oauth_states
      alter column user_id drop not null,
      add column reconnect_link_id uuid,
      add column nonce_hash text check (length(nonce_hash) = 64),
      add check (user_id is not null or reconnect_link_id is not null),
      add check ((reconnect_link_id is null) = (nonce_hash is null)),
      add foreign key (organization_id, reconnect_link_id) references reconnect_links (organization_id, id) on delete cascade`.execute(
    db,
  );
  await sql`comment on column oauth_states.nonce_hash is 'SHA-256 of what the browser that began at a reconnect link keeps in a cookie: the flow ends in that browser alone.'`.execute(
    db,
  );
  await sql`create index oauth_states_reconnect_link on oauth_states (organization_id, reconnect_link_id)`.execute(
    db,
  );
  // A state of a link has no session either, and must not be ended by whoever is signed in.
  await sql`
    create or replace function app.oauth_state_consume(hash text, session text)
    returns table (platform public.ad_platform, redirect_uri text, return_to text, code_verifier text)
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
      update public.oauth_states s set used_at = now()
       where s.state_hash = hash and s.used_at is null and s.expires_at > now()
         and s.organization_id = app.organization_id() and s.reconnect_link_id is null
         and ((s.session_id = session and s.user_id = app.user_id()) or (s.session_id is null and session is not null))
      returning s.platform, s.redirect_uri, s.return_to, s.code_verifier $$`.execute(db);
}

async function defineLinkDoors(db: Kysely<unknown>): Promise<void> {
  await define(
    db,
    'app.reconnect_link_find(hash text)',
    'The reconnect link of this secret, where it may still be used: ids alone.',
    {
      roles: 'spokestack_app',
      rest: `returns table (organization_id uuid, reconnect_link_id uuid) language sql stable as $$
      select l.organization_id, l.id from public.reconnect_links l
        join public.organizations o on o.organization_id = l.organization_id and o.id = l.organization_id
       where l.token_hash = hash and l.used_at is null and l.revoked_at is null and l.expires_at > now()
         and o.is_active $$`,
    },
  );
  await define(
    db,
    'app.oauth_link_state_create(hash text, link uuid, nonce text, at_platform public.ad_platform, redirect text, verifier text, expiry timestamptz)',
    "Begins a flow at a reconnect link of the transaction's agency, bound to the browser that holds the nonce.",
    {
      roles: 'spokestack_app',
      rest: `returns void language sql volatile as $$
      insert into public.oauth_states (state_hash, organization_id, reconnect_link_id, nonce_hash, platform, redirect_uri, return_to, code_verifier, expires_at)
      values (hash, app.organization_id(), link, nonce, at_platform, redirect, '/reconnect/thanks', verifier, expiry) $$`,
    },
  );
  await define(
    db,
    'app.oauth_link_state_consume(hash text, nonce text)',
    'Uses a state that a reconnect link began once, within its time, in the browser that began it, while the link may still be used. No row otherwise.',
    {
      roles: 'spokestack_app',
      rest: `returns table (organization_id uuid, reconnect_link_id uuid, platform public.ad_platform, redirect_uri text, code_verifier text)
    language sql volatile as $$
      update public.oauth_states s set used_at = now()
        from public.reconnect_links l, public.organizations o
       where s.state_hash = hash and s.nonce_hash = nonce and s.used_at is null and s.expires_at > now()
         and l.organization_id = s.organization_id and l.id = s.reconnect_link_id
         and l.used_at is null and l.revoked_at is null and l.expires_at > now()
         and o.organization_id = s.organization_id and o.id = s.organization_id and o.is_active
      returning s.organization_id, s.reconnect_link_id, s.platform, s.redirect_uri, s.code_verifier $$`,
    },
  );
}

async function define(
  db: Kysely<unknown>,
  signature: string,
  about: string,
  { roles, rest }: { roles: string; rest: string },
): Promise<void> {
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
