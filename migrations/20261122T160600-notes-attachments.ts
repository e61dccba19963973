import { type Kysely, type RawBuilder, sql } from 'kysely';

/** Notes with files: uploads before their note is written, bytes that are no longer referred to, and who reads a note. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await stageUploads(db);
  await rememberRemovals(db);
  await cleanUp(db);
  await hideNotes(db);
  await tellReaders(db);
}

/** A file is uploaded before the note that it is for; its row comes before its bytes, so that no bytes are unknown. */
async function stageUploads(db: Kysely<unknown>): Promise<void> {
  await sql`alter table attachments
    alter column note_id drop not null,
    alter column content_type drop not null,
    alter column bytes drop not null,
    alter column sha256 drop not null,
    add column stored_at timestamptz,
    add foreign key (organization_id) references organizations (id) on delete cascade,
    add check ((stored_at is null) = (content_type is null)),
    add check ((stored_at is null) = (bytes is null)),
    add check ((stored_at is null) = (sha256 is null)),
    add check (note_id is null or stored_at is not null)`.execute(db);
  await sql`comment on column attachments.note_id is 'NULL: an upload whose note is not written yet, known to who uploaded it alone.'`.execute(
    db,
  );
  await sql`comment on column attachments.stored_at is 'When all bytes were stored; NULL while they come in.'`.execute(
    db,
  );
  await sql`create index attachments_staged on attachments (created_at) where note_id is null`.execute(db);
  await sql`call app.change_visible('attachments', '(note_id is null and created_by_id = (select app.user_id())) or '
    || app.visible_through('attachments', '{note}'))`.execute(db);
  await sql`grant update (note_id, content_type, bytes, sha256, stored_at) on attachments to spokestack_app`.execute(
    db,
  );
}

async function rememberRemovals(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table removed_files (
      organization_id uuid not null,
      storage_key text not null,
      removed_at timestamptz not null default now(),
      primary key (organization_id, storage_key)
    )`.execute(db);
  await sql`comment on table removed_files is 'Bytes that nothing refers to any more and that the jobs have yet to remove. It outlives the agency.'`.execute(
    db,
  );
  await sql`create index removed_files_age on removed_files (removed_at)`.execute(db);
  await sql`alter table removed_files enable row level security`.execute(db);
  await sql`alter table removed_files force row level security`.execute(db);
  await sql`
    create function app.remember_removed_file() returns trigger language plpgsql security definer
      set search_path = pg_catalog, pg_temp as $$
    begin
      insert into public.removed_files (organization_id, storage_key) values (old.organization_id, old.storage_key)
        on conflict do nothing;
      return null;
    end $$`.execute(db);
  await sql`revoke execute on function app.remember_removed_file() from public`.execute(db);
  await sql`comment on function app.remember_removed_file() is 'Trigger: whichever way an attachment goes, its bytes are removed after it.'`.execute(
    db,
  );
  await sql`create trigger remember_removed after delete on attachments
    for each row execute function app.remember_removed_file()`.execute(db);
}

async function cleanUp(db: Kysely<unknown>): Promise<void> {
  await forJobs(db, {
    name: sql`app.attachments_clean()`,
    body: sql`returns void language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
      delete from public.attachments where note_id is null and created_at < now() - interval '1 day' $$`,
    comment: 'Removes uploads whose note was never written.',
  });
  await forJobs(db, {
    name: sql`app.removed_files_next(most int)`,
    body: sql`returns table (organization_id uuid, storage_key text) language sql stable
      security definer set search_path = pg_catalog, pg_temp as $$
      select f.organization_id, f.storage_key from public.removed_files f
       order by f.removed_at, f.organization_id, f.storage_key limit most $$`,
    comment: 'The keys of bytes to remove, oldest first; a key is an agency’s id and a random one.',
  });
  await forJobs(db, {
    name: sql`app.removed_file_done(organization uuid, key text)`,
    body: sql`returns void language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
      delete from public.removed_files f where f.organization_id = organization and f.storage_key = key $$`,
    comment: 'Forgets one key whose bytes are gone.',
  });
}

interface JobFunction {
  name: RawBuilder<unknown>;
  body: RawBuilder<unknown>;
  comment: string;
}

async function forJobs(db: Kysely<unknown>, { name, body, comment }: JobFunction): Promise<void> {
  await sql`create function ${name} ${body}`.execute(db);
  await sql`revoke execute on function ${name} from public`.execute(db);
  await sql`grant execute on function ${name} to spokestack_jobs`.execute(db);
  await sql`comment on function ${name} is ${sql.lit(comment)}`.execute(db);
}

/** A note that becomes private takes its traces with it, so what tells of a note is read as far as the note is. */
async function hideNotes(db: Kysely<unknown>): Promise<void> {
  await sql`call app.change_visible('activities', '((select app.sees_all())
      or brand_id = any ((select app.brand_ids())::uuid[])
      or actor_id = (select app.person_id())
      or ' || app.visible_through('activities', '{company,contact,deal,campaign}') || ')
      and (audience = ''EVERYONE'' or (audience = ''AGENCY'' and (select app.scope()) <> ''brand'')
           or actor_id = (select app.user_id()))
      and (note_id is null or ' || app.visible_through('activities', '{note}') || ')')`.execute(db);
}

async function tellReaders(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function app.reach_of(person uuid) returns table (scope text, brand_ids uuid[]) language sql stable
      security definer set search_path = pg_catalog, pg_temp as $$
      select case when m.brand_id is not null then 'brand' when m.role = 'MEMBER' then 'assigned' else 'all' end,
             case when m.brand_id is not null then array[m.brand_id]
                  else array(select a.brand_id from public.brand_assignments a
                              where a.organization_id = m.organization_id and a.user_id = m.user_id) end
        from public.memberships m
       where m.organization_id = app.organization_id() and m.user_id = person and m.is_active $$`.execute(db);
  await sql`revoke execute on function app.reach_of(uuid) from public`.execute(db);
  await sql`grant execute on function app.reach_of(uuid) to spokestack_app, spokestack_jobs`.execute(db);
  await sql`comment on function app.reach_of(uuid) is 'How far one active member of the transaction''s agency sees: what their own transactions would say.'`.execute(
    db,
  );
  // It asks as each person, under the policies, so that no second statement of who sees what has to be kept true.
  await sql`
    create function app.note_readers(note uuid, people uuid[]) returns setof uuid language plpgsql volatile as $$
    declare
      mine text[] := array[current_setting('app.user_id', true), current_setting('app.scope', true),
                           current_setting('app.brand_ids', true)];
      person uuid;
      theirs record;
      is_reader boolean;
    begin
      foreach person in array people loop
        select r.scope, r.brand_ids into theirs from app.reach_of(person) r;
        continue when not found;
        perform set_config('app.user_id', person::text, true), set_config('app.scope', theirs.scope, true),
                set_config('app.brand_ids', theirs.brand_ids::text, true);
        is_reader := exists (select from public.notes n where n.id = note);
        perform set_config('app.user_id', coalesce(mine[1], ''), true),
                set_config('app.scope', coalesce(mine[2], ''), true),
                set_config('app.brand_ids', coalesce(mine[3], ''), true);
        if is_reader then return next person; end if;
      end loop;
    end $$`.execute(db);
  await sql`revoke execute on function app.note_readers(uuid, uuid[]) from public`.execute(db);
  await sql`grant execute on function app.note_readers(uuid, uuid[]) to spokestack_app, spokestack_jobs`.execute(
    db,
  );
  await sql`comment on function app.note_readers(uuid, uuid[]) is 'Which of these people may read a note: asked under the policies as each of them, then as oneself again.'`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
