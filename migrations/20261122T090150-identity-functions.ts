import { type Kysely, sql } from 'kysely';

/**
 * The only ways to users and sessions. SECURITY DEFINER, a pinned search_path, executable by the web's role alone; each
 * answers about one key that the caller must already hold.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function app.membership_counts(membership public.memberships) returns boolean language sql stable
    set search_path = pg_catalog, pg_temp
    as $$ select membership.is_active
             and exists (select 1 from public.organizations o
                          where o.organization_id = membership.organization_id and o.id = membership.organization_id and o.is_active)
             and (membership.brand_id is null
                  or exists (select 1 from public.organizations b
                              where b.organization_id = membership.organization_id and b.id = membership.brand_id and b.is_active)) $$`.execute(
    db,
  );
  await sql`comment on function app.membership_counts(public.memberships) is 'Whether a membership lets its person in: it, its agency and a client''s brand are active. For the functions below alone.'`.execute(
    db,
  );
  await define(
    db,
    'app.user_for_sign_in(address text)',
    'The id and password hash for one address, for verification alone.',
    `
    returns table (user_id uuid, password_hash text) language sql stable
    as $$ select u.id, u.password_hash from public.users u
          where u.email operator(public.=) address::public.citext and u.is_active and u.kind = 'PERSON' $$`,
  );
  await define(
    db,
    'app.session_create(session_id text, for_user uuid, expiry timestamptz, agent text, peer text)',
    'Starts a session at the first agency that the person joined and that still has them.',
    `
    returns void language sql volatile
    as $$ insert into public.sessions (id, user_id, organization_id, expires_at, user_agent, address)
          select session_id, for_user,
                 (select m.organization_id from public.memberships m
                   where m.user_id = for_user and app.membership_counts(m)
                   order by m.joined_at, m.id limit 1),
                 expiry, left(agent, 400), left(peer, 64) $$`,
  );
  await define(
    db,
    'app.session_find(session_id text)',
    'One session by its hash.',
    `
    returns table (id text, user_id uuid, expires_at timestamptz) language sql stable
    as $$ select s.id, s.user_id, s.expires_at from public.sessions s join public.users u on u.id = s.user_id
          where s.id = session_id and u.is_active $$`,
  );
  await define(
    db,
    'app.session_extend(session_id text, expiry timestamptz)',
    "Moves one session's expiry.",
    `
    returns void language sql volatile
    as $$ update public.sessions set expires_at = expiry, last_seen_at = now() where id = session_id $$`,
  );
  await define(
    db,
    'app.session_delete(session_id text)',
    'Ends one session.',
    `
    returns void language sql volatile as $$ delete from public.sessions where id = session_id $$`,
  );
  await define(
    db,
    'app.session_delete_all(for_user uuid)',
    'Ends every session of one person: sign-out everywhere.',
    `
    returns void language sql volatile as $$ delete from public.sessions where user_id = for_user $$`,
  );
  await define(
    db,
    'app.session_delete_expired()',
    'Removes what has expired.',
    `
    returns void language sql volatile as $$ delete from public.sessions where expires_at <= now() $$`,
    'spokestack_app, spokestack_jobs',
  );
  await define(
    db,
    'app.session_set_password(session_id text, new_hash text)',
    'Replaces the password of the person behind one session and ends all their other sessions; false where it is over.',
    `
    returns boolean language sql volatile
    as $$ with changed as (
            update public.users u set password_hash = new_hash, updated_at = now()
              from public.sessions s
             where s.id = session_id and s.expires_at > now() and u.id = s.user_id and u.is_active
            returning u.id),
          ended as (
            delete from public.sessions o using changed c where o.user_id = c.id and o.id <> session_id)
          select exists (select 1 from changed) $$`,
  );
  await define(
    db,
    'app.session_list(session_id text)',
    'The sessions of the person behind one session.',
    `
    returns table (is_current boolean, created_at timestamptz, last_seen_at timestamptz, user_agent text, address text) language sql stable
    as $$ select s.id = session_id, s.created_at, s.last_seen_at, s.user_agent, s.address
          from public.sessions s where s.expires_at > now()
            and s.user_id = (select c.user_id from public.sessions c where c.id = session_id and c.expires_at > now())
          order by s.last_seen_at desc limit 100 $$`,
  );
  await define(
    db,
    'app.session_switch(session_id text, to_organization uuid)',
    'Moves one session to another agency where its person is an active member; true when it did.',
    `
    returns boolean language sql volatile
    as $$ with moved as (
            update public.sessions s set organization_id = to_organization
             where s.id = session_id and exists (
               select 1 from public.memberships m
                where m.user_id = s.user_id and m.organization_id = to_organization and app.membership_counts(m))
            returning 1)
          select exists (select 1 from moved) $$`,
  );
  await define(
    db,
    'app.session_principal(session_id text)',
    'Who acts behind one live session: ids, role and brands. The second row source is the memberships for the switcher.',
    `
    returns table (user_id uuid, email text, name text, expires_at timestamptz, organization_id uuid, role public.member_role,
                   brand_id uuid, brand_ids uuid[], memberships jsonb) language sql stable
    as $$ select u.id, u.email::text, u.name, s.expires_at, m.organization_id, m.role, m.brand_id,
                 case when m.brand_id is not null then array[m.brand_id]
                      else array(select a.brand_id from public.brand_assignments a
                                  where a.organization_id = m.organization_id and a.user_id = u.id) end,
                 coalesce((select jsonb_agg(jsonb_build_object('organizationId', o.id, 'name', o.name, 'slug', o.slug, 'role', x.role) order by o.name)
                             from public.memberships x join public.organizations o on o.id = x.organization_id
                            where x.user_id = u.id and app.membership_counts(x)), '[]')
          from public.sessions s
          join public.users u on u.id = s.user_id and u.is_active
          left join public.memberships m on m.user_id = u.id and m.organization_id = s.organization_id
               and app.membership_counts(m)
          where s.id = session_id and s.expires_at > now() $$`,
  );
  await define(
    db,
    'app.api_key_principal(hash text)',
    'Who acts behind one live API key; marks its use once a minute.',
    `
    returns table (user_id uuid, organization_id uuid, role public.member_role, brand_id uuid, brand_ids uuid[], api_key_id uuid) language plpgsql volatile
    as $$
    #variable_conflict use_column
    begin
      update public.api_keys k set last_used_at = now()
       where k.key_hash = hash and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute');
      return query
        select k.user_id, k.organization_id, k.role, k.brand_id,
               case when k.brand_id is null then '{}'::uuid[] else array[k.brand_id] end, k.id
          from public.api_keys k join public.organizations o on o.id = k.organization_id and o.is_active
          left join public.organizations b on b.organization_id = k.organization_id and b.id = k.brand_id
         where k.key_hash = hash and k.revoked_at is null and (k.brand_id is null or b.is_active);
    end $$`,
  );
}

async function define(
  db: Kysely<unknown>,
  signature: string,
  comment: string,
  body: string,
  roles = 'spokestack_app',
): Promise<void> {
  await sql`create function ${sql.raw(signature)} ${sql.raw(body)}
    security definer set search_path = pg_catalog, pg_temp`.execute(db);
  await sql`revoke execute on function ${sql.raw(signature)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(signature)} to ${sql.raw(roles)}`.execute(db);
  await sql`comment on function ${sql.raw(signature)} is ${sql.lit(comment)}`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
