import { type Kysely, sql } from 'kysely';

/** The signed file of a contract, what its people were told of once, and notifications that lead to one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createFiles(db);
  await createNotices(db);
  await notifyOfContracts(db);
}

async function createFiles(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table contract_files (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      creator_contract_id uuid not null,
      file_name text not null check (length(file_name) between 1 and 255),
      storage_key text not null check (length(storage_key) between 1 and 255),
      content_type text,
      bytes bigint check (bytes > 0),
      sha256 text check (length(sha256) = 64),
      stored_at timestamptz,
      created_by_id uuid references users (id) on delete set null,
      created_at timestamptz not null default now(),
      primary key (organization_id, id),
      check ((stored_at is null) = (content_type is null)),
      check ((stored_at is null) = (bytes is null)),
      check ((stored_at is null) = (sha256 is null)),
      foreign key (organization_id, creator_contract_id) references creator_contracts (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table contract_files is 'The signed file of a contract: one that is stored, and those whose bytes still come in. Its row is there before its bytes.'`.execute(
    db,
  );
  await sql`create index contract_files_contract on contract_files (organization_id, creator_contract_id)`.execute(
    db,
  );
  await sql`create index contract_files_author on contract_files (created_by_id)`.execute(db);
  await sql`create index contract_files_coming on contract_files (created_at) where stored_at is null`.execute(
    db,
  );
  await sql`create trigger remember_removed after delete on contract_files
    for each row execute function app.remember_removed_file()`.execute(db);
  await protectThroughContract(db, 'contract_files', 'select, insert, delete');
  await sql`grant update (content_type, bytes, sha256, stored_at) on contract_files to spokestack_app`.execute(
    db,
  );
  await sql`
    create function app.contract_files_clean() returns void language sql volatile security definer
      set search_path = pg_catalog, pg_temp as $$
      delete from public.contract_files where stored_at is null and created_at < now() - interval '1 day' $$`.execute(
    db,
  );
  await sql`revoke execute on function app.contract_files_clean() from public`.execute(db);
  await sql`grant execute on function app.contract_files_clean() to spokestack_jobs`.execute(db);
  await sql`comment on function app.contract_files_clean() is 'Removes files of contracts whose bytes never came in whole.'`.execute(
    db,
  );
}

async function createNotices(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table creator_contract_notices (
      organization_id uuid not null,
      creator_contract_id uuid not null,
      key text collate "C" not null check (length(key) between 1 and 255),
      told_at timestamptz not null default now(),
      primary key (organization_id, creator_contract_id, key),
      foreign key (organization_id, creator_contract_id) references creator_contracts (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table creator_contract_notices is 'What the people of a contract were told of: an end that comes near, a conflict. Written together with the telling, so that each is told once.'`.execute(
    db,
  );
  await protectThroughContract(db, 'creator_contract_notices', 'select, insert');
}

async function notifyOfContracts(db: Kysely<unknown>): Promise<void> {
  for (const kind of ['CONTRACT_ENDING', 'CONTRACT_CONFLICT'])
    await sql`alter type notification_kind add value if not exists ${sql.lit(kind)}`.execute(db);
  await sql`alter type activity_type add value if not exists 'CONTRACT_CONFLICT'`.execute(db);
  await sql`alter table notifications add column creator_contract_id uuid,
    add foreign key (organization_id, creator_contract_id) references creator_contracts (organization_id, id) on delete cascade`.execute(
    db,
  );
  await sql`create index notifications_contract on notifications (organization_id, creator_contract_id)
    where creator_contract_id is not null`.execute(db);
  await sql`
    create function app.notify_of_contract(person uuid, what public.notification_kind, contract uuid) returns void
      language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
      insert into public.notifications (organization_id, user_id, kind, actor_id, creator_contract_id)
      select m.organization_id, m.user_id, what, app.user_id(), contract
        from public.memberships m
       where m.organization_id = app.organization_id() and m.user_id = person and m.is_active
         and m.brand_id is null and m.user_id is distinct from app.user_id() $$`.execute(db);
  await sql`revoke execute on function app.notify_of_contract(uuid, public.notification_kind, uuid) from public`.execute(
    db,
  );
  await sql`grant execute on function app.notify_of_contract(uuid, public.notification_kind, uuid) to spokestack_app, spokestack_jobs`.execute(
    db,
  );
  await sql`comment on function app.notify_of_contract(uuid, public.notification_kind, uuid) is 'Tells one active member of the transaction''s agency, no client, of a contract. Nobody is told of what they did themselves.'`.execute(
    db,
  );
}

async function protectThroughContract(db: Kysely<unknown>, table: string, verbs: string): Promise<void> {
  await sql`call app.protect(${sql.lit(table)},
    '(select app.sees_all()) or ' || app.visible_through(${sql.lit(table)}, '{creator_contract}'),
    ${sql.lit(verbs)})`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
