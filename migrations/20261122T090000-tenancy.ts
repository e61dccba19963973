import { type Kysely, sql } from 'kysely';

/**
 * The ground every tenant table stands on: the settings of a transaction as functions, and one procedure that turns
 * tenancy on, so that all tables have the same policies by construction.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema app`.execute(db);
  await sql`comment on schema app is 'Functions of the tenancy. The serving roles may call what is granted, and create nothing.'`.execute(
    db,
  );
  await sql`revoke all on schema public from public`.execute(db);
  await sql`grant usage on schema public, app to spokestack_app, spokestack_jobs`.execute(db);
  // New functions are executable by PUBLIC unless the default is taken back.
  await sql`alter default privileges revoke execute on functions from public`.execute(db);

  await createSettings(db);
  await createIds(db);
  await createTouch(db);
  await createProtect(db);
}

async function createSettings(db: Kysely<unknown>): Promise<void> {
  // nullif: after one committed transaction the setting is '' and not NULL for the rest of the connection's life.
  await sql`
    create function app.organization_id() returns uuid language sql stable parallel safe
      return nullif(current_setting('app.organization_id', true), '')::uuid`.execute(db);
  await sql`
    create function app.user_id() returns uuid language sql stable parallel safe
      return nullif(current_setting('app.user_id', true), '')::uuid`.execute(db);
  await sql`
    create function app.scope() returns text language sql stable parallel safe
      return coalesce(current_setting('app.scope', true), '')`.execute(db);
  await sql`
    create function app.sees_all() returns boolean language sql stable parallel safe
      return coalesce(current_setting('app.scope', true), '') = 'all'`.execute(db);
  await sql`
    create function app.person_id() returns uuid language sql stable parallel safe
      return case when coalesce(current_setting('app.scope', true), '') = 'assigned'
                  then nullif(current_setting('app.user_id', true), '')::uuid end`.execute(db);
  await sql`
    create function app.brand_ids() returns uuid[] language sql stable parallel safe
      return coalesce(nullif(current_setting('app.brand_ids', true), '')::uuid[], '{}'::uuid[])`.execute(db);
  await sql`
    create function app.door() returns text language sql stable parallel safe
      return coalesce(current_setting('app.door', true), '')`.execute(db);

  for (const [name, comment] of [
    ['organization_id', 'The agency of this transaction, or NULL: an unset setting gives no rows.'],
    ['user_id', 'The acting user of this transaction, or NULL.'],
    ['scope', 'How far the principal sees: all | assigned | brand, or empty.'],
    ['sees_all', 'True where the principal sees every brand of its agency.'],
    ['person_id', 'The acting user where ownership and authorship count (scope assigned), else NULL.'],
    ['brand_ids', 'The brands that an assigned or a brand principal sees; never NULL.'],
    ['door', 'The narrow door (throttle) that a statement outside tenancy was opened for.'],
  ] as const) {
    await sql`grant execute on function ${sql.id('app', name)}() to spokestack_app, spokestack_jobs`.execute(
      db,
    );
    await comment_on(db, `function app.${name}()`, comment);
  }
}

async function createIds(db: Kysely<unknown>): Promise<void> {
  // RFC 9562 section 5.7: 48 bits of Unix milliseconds, version 7, the rest random (gen_random_uuid sets the variant).
  await sql`
    create function app.uuid_v7() returns uuid language sql volatile parallel safe
      return encode(
        set_bit(set_bit(
          overlay(uuid_send(gen_random_uuid())
            placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
          52, 1), 53, 1), 'hex')::uuid`.execute(db);
  await sql`grant execute on function app.uuid_v7() to spokestack_app, spokestack_jobs`.execute(db);
  await comment_on(db, 'function app.uuid_v7()', 'A time-ordered id (RFC 9562, version 7).');
}

async function createTouch(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function app.touch() returns trigger language plpgsql as $$
    begin
      new.updated_at := now();
      new.version := old.version + 1;
      return new;
    end $$`.execute(db);
  await comment_on(
    db,
    'function app.touch()',
    'Trigger: the change time and the version behind the ETag move with every update.',
  );
}

async function createProtect(db: Kysely<unknown>): Promise<void> {
  await sql`
    create procedure app.protect(target regclass, visible text default null, verbs text default 'select, insert, update')
    language plpgsql as $$
    begin
      execute format('alter table %s enable row level security', target);
      execute format('alter table %s force row level security', target);
      execute format(
        'create policy tenant on %s as permissive for all to spokestack_app, spokestack_jobs
           using (organization_id = (select app.organization_id()))
           with check (organization_id = (select app.organization_id()))', target);
      execute format('comment on policy tenant on %s is %L', target,
        'Rows of the transaction''s own agency; an unset setting is NULL and gives none.');
      if visible is not null then
        execute format(
          'create policy visible on %s as restrictive for all to spokestack_app, spokestack_jobs
             using (%s) with check (%s)', target, visible, visible);
        execute format('comment on policy visible on %s is %L', target,
          'Within the agency: everything for those who see all, else by brand, ownership and authorship.');
      end if;
      execute format('grant %s on %s to spokestack_app, spokestack_jobs', verbs, target);
    end $$`.execute(db);
  await comment_on(
    db,
    'procedure app.protect(regclass, text, text)',
    'Turns tenancy on for a table: enable and force row-level security, the policies, the grants.',
  );

  await sql`
    create function app.visible_record() returns text language sql immutable
      return '(select app.sees_all())
        or brand_id = any ((select app.brand_ids())::uuid[])
        or owner_id = (select app.person_id())
        or created_by_id = (select app.person_id())'`.execute(db);
  await comment_on(
    db,
    'function app.visible_record()',
    'The predicate of a record that people work with: its brand, its owner, its author.',
  );
}

async function comment_on(db: Kysely<unknown>, what: string, text: string): Promise<void> {
  await sql`comment on ${sql.raw(what)} is ${sql.lit(text)}`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('The first migration is not reversed: drop the database instead.'));
}
