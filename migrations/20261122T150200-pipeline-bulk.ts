import { type Kysely, sql } from 'kysely';

/** How an agency runs its pipeline, what each deal went through, and changes of many records at once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createStages(db);
  await createStageChanges(db);
  await createBulkChanges(db);
}

async function createStages(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table deal_stages (
      organization_id uuid not null references organizations (id) on delete cascade,
      stage deal_stage not null,
      probability smallint not null check (probability between 0 and 100),
      stale_after_days integer check (stale_after_days between 1 and 3650),
      required_fields text[] not null default '{}',
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      primary key (organization_id, stage)
    )`.execute(db);
  await sql`comment on table deal_stages is 'What the agency says of a stage: its probability, when a deal has been in it too long, and what a deal must have to enter it. A stage without a row has the product''s own.'`.execute(
    db,
  );
  await sql`create trigger touch before update on deal_stages for each row execute function app.touch()`.execute(
    db,
  );
  await sql`call app.protect('deal_stages')`.execute(db);
  await sql`
    create table deal_close_reasons (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      status deal_status not null check (status <> 'OPEN'),
      name text not null check (length(name) between 1 and 200),
      position integer not null default 0,
      created_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (organization_id, status, name)
    )`.execute(db);
  await sql`comment on table deal_close_reasons is 'The reasons that the agency offers when a deal is won or lost; another may be written.'`.execute(
    db,
  );
  await sql`call app.protect('deal_close_reasons', null, 'select, insert, update, delete')`.execute(db);
}

async function createStageChanges(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table deal_stage_changes (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      deal_id uuid not null,
      from_stage deal_stage,
      to_stage deal_stage not null,
      from_status deal_status,
      to_status deal_status not null,
      amount numeric(18,4),
      currency char(3),
      actor_id uuid references users (id) on delete set null,
      changed_at timestamptz not null default now(),
      primary key (organization_id, id),
      foreign key (organization_id, deal_id) references deals (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table deal_stage_changes is 'Append-only: each standing that a deal entered, whichever way it was changed. The first has no from.'`.execute(
    db,
  );
  await sql`create index deal_stage_changes_deal on deal_stage_changes (organization_id, deal_id, changed_at)`.execute(
    db,
  );
  await sql`create index deal_stage_changes_time on deal_stage_changes (organization_id, changed_at)`.execute(
    db,
  );
  await sql`create index deal_stage_changes_actor on deal_stage_changes (actor_id)`.execute(db);
  await sql`call app.protect('deal_stage_changes',
    '(select app.sees_all()) or ' || app.visible_through('deal_stage_changes', '{deal}'), 'select')`.execute(
    db,
  );
  await sql`
    create function app.record_deal_stage() returns trigger language plpgsql security definer
      set search_path = pg_catalog, pg_temp as $$
    begin
      if tg_op = 'INSERT' then
        insert into public.deal_stage_changes (organization_id, deal_id, to_stage, to_status, amount, currency, actor_id)
        values (new.organization_id, new.id, new.stage, new.status, new.amount, new.currency, app.user_id());
      elsif old.stage <> new.stage or old.status <> new.status then
        insert into public.deal_stage_changes
          (organization_id, deal_id, from_stage, to_stage, from_status, to_status, amount, currency, actor_id)
        values (new.organization_id, new.id, old.stage, new.stage, old.status, new.status, new.amount, new.currency, app.user_id());
      end if;
      return null;
    end $$`.execute(db);
  await sql`revoke execute on function app.record_deal_stage() from public`.execute(db);
  await sql`comment on function app.record_deal_stage() is 'Trigger: keeps each standing of a deal, also those that an import or a bulk change gave it. The serving roles cannot write there.'`.execute(
    db,
  );
  await sql`create trigger record_stage after insert or update of stage, status on deals
    for each row execute function app.record_deal_stage()`.execute(db);
  await sql`
    insert into deal_stage_changes (organization_id, deal_id, to_stage, to_status, amount, currency, actor_id, changed_at)
    select organization_id, id, stage, status, amount, currency, created_by_id, stage_changed_at from deals`.execute(
    db,
  );
}

async function createBulkChanges(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table bulk_changes (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      noun record_noun not null,
      change jsonb not null,
      created_by_id uuid not null references users (id) on delete cascade,
      undone_at timestamptz,
      created_at timestamptz not null default now(),
      primary key (organization_id, id)
    )`.execute(db);
  await sql`comment on table bulk_changes is 'A change of many records at once, kept for as long as it may be undone.'`.execute(
    db,
  );
  await sql`create index bulk_changes_author on bulk_changes (created_by_id)`.execute(db);
  await sql`create index bulk_changes_age on bulk_changes (created_at)`.execute(db);
  await sql`call app.protect('bulk_changes', 'created_by_id = (select app.user_id())')`.execute(db);
  await sql`
    create table bulk_change_rows (
      organization_id uuid not null,
      bulk_change_id uuid not null,
      record_id uuid not null,
      before jsonb not null,
      version integer not null,
      primary key (organization_id, bulk_change_id, record_id),
      foreign key (organization_id, bulk_change_id) references bulk_changes (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table bulk_change_rows is 'What a record said before, and its version after: one that was changed since is not undone.'`.execute(
    db,
  );
  await sql`call app.protect('bulk_change_rows', 'exists (select from bulk_changes b
      where b.organization_id = bulk_change_rows.organization_id and b.id = bulk_change_rows.bulk_change_id)', 'select, insert')`.execute(
    db,
  );
  await sql`
    create function app.bulk_changes_clean() returns void language sql volatile
      security definer set search_path = pg_catalog, pg_temp as $$
      delete from public.bulk_changes where created_at < now() - interval '1 day' $$`.execute(db);
  await sql`revoke execute on function app.bulk_changes_clean() from public`.execute(db);
  await sql`grant execute on function app.bulk_changes_clean() to spokestack_jobs`.execute(db);
  await sql`comment on function app.bulk_changes_clean() is 'Removes what is past undoing.'`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
