import { type Kysely, sql } from 'kysely';

/** Tasks, notes with their attachments, and what people are told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table users add column time_zone text check (length(time_zone) between 1 and 100)`.execute(
    db,
  );
  await sql`comment on column users.time_zone is 'The person''s own zone (IANA); NULL: that of the agency they work in.'`.execute(
    db,
  );
  await sql`grant select (time_zone) on users to spokestack_app, spokestack_jobs`.execute(db);
  await createTasks(db);
  await createNotes(db);
  await createAttachments(db);
  await createNotifications(db);
}

const related = ['company', 'contact', 'deal', 'campaign'] as const;

const references = sql.raw(`
  company_id uuid,
  contact_id uuid,
  deal_id uuid,
  campaign_id uuid,
  foreign key (organization_id, company_id) references companies (organization_id, id) on delete cascade,
  foreign key (organization_id, contact_id) references contacts (organization_id, id) on delete cascade,
  foreign key (organization_id, deal_id) references deals (organization_id, id) on delete cascade,
  foreign key (organization_id, campaign_id) references campaigns (organization_id, id) on delete cascade`);

const ownership = sql.raw(`
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  brand_id uuid,
  owner_id uuid,
  created_by_id uuid references users (id) on delete set null,
  is_active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  foreign key (organization_id, brand_id) references organizations (organization_id, id) on delete set null (brand_id),
  foreign key (organization_id, owner_id) references memberships (organization_id, user_id) on delete set null (owner_id)`);

/**
 * Read by who sees one of the records it hangs on, within its audience; changed by its owner, its author, and those of
 * its brand. `own` adds to both.
 */
async function protectHanging(db: Kysely<unknown>, table: string, own = ''): Promise<void> {
  const audience = `(audience = 'EVERYONE' or (audience = 'AGENCY' and (select app.scope()) <> 'brand')
    or created_by_id = (select app.user_id()))`;
  const writable = sql`${sql.lit(`${audience} and (`)} || app.visible_record() || ${sql.lit(`${own})`)}`;
  const visible = sql`${sql.lit(`${audience} and (`)} || app.visible_record() || ${sql.lit(`${own} or `)}
    || app.visible_through(${sql.lit(table)}, '{company,contact,deal,campaign}') || ')'`;
  await sql`call app.protect(${sql.lit(table)}, ${visible})`.execute(db);
  await sql`do $do$ begin
    execute 'alter policy visible on ' || ${sql.lit(table)} || ' with check (' || ${writable} || ')';
  end $do$`.execute(db);
}

async function createTasks(db: Kysely<unknown>): Promise<void> {
  await sql`create type task_priority as enum ('LOW', 'MEDIUM', 'HIGH', 'URGENT')`.execute(db);
  await sql`create type task_recurrence as enum ('DAILY', 'WEEKDAYS', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'YEARLY')`.execute(
    db,
  );
  await sql`
    create table tasks (${ownership},
      external_id text check (length(external_id) between 1 and 255),
      tags text[] not null default '{}',
      custom_fields jsonb not null default '{}' check (jsonb_typeof(custom_fields) = 'object'),
      ${references},
      title text not null check (length(title) between 1 and 1000),
      name text not null generated always as (title) stored,
      name_key text collate "C" not null generated always as (lower(title)) stored,
      description text,
      priority task_priority not null default 'MEDIUM',
      assignee_id uuid,
      due_on date,
      due_time time(0),
      remind_on date,
      remind_time time(0),
      recurrence task_recurrence,
      series_id uuid,
      series_start_on date,
      audience audience not null default 'AGENCY' check (audience <> 'AUTHOR'),
      completed_at timestamptz,
      completed_by_id uuid references users (id) on delete set null,
      reminded_at timestamptz,
      overdue_at timestamptz,
      check (due_time is null or due_on is not null),
      check (remind_time is null or remind_on is not null),
      check (recurrence is null or due_on is not null),
      foreign key (organization_id, assignee_id) references memberships (organization_id, user_id) on delete set null (assignee_id)
    )`.execute(db);
  await sql`comment on table tasks is 'What somebody has to do. Days and times are those of the assignee''s own zone.'`.execute(
    db,
  );
  await sql`comment on column tasks.series_start_on is 'The first due day of a recurring task: the 31st stays the 31st after a February.'`.execute(
    db,
  );
  await sql`comment on column tasks.overdue_at is 'When it was marked as overdue; NULL again once its due moment moves.'`.execute(
    db,
  );
  await sql`create index tasks_assignee on tasks (organization_id, assignee_id, due_on) where is_active and completed_at is null`.execute(
    db,
  );
  await sql`create index tasks_assigned on tasks (organization_id, assignee_id)`.execute(db);
  await sql`create index tasks_name on tasks (organization_id, name_key, id) where is_active`.execute(db);
  await sql`create index tasks_completed_by on tasks (completed_by_id)`.execute(db);
  await sql`create index tasks_series on tasks (organization_id, series_id) where series_id is not null`.execute(
    db,
  );
  await sql`create unique index tasks_external on tasks (organization_id, external_id) where external_id is not null`.execute(
    db,
  );
  // What the minute's look asks for, over all agencies.
  await sql`create index tasks_to_remind on tasks (remind_on) where is_active and completed_at is null and reminded_at is null`.execute(
    db,
  );
  await sql`create index tasks_to_mark on tasks (due_on) where is_active and completed_at is null and overdue_at is null`.execute(
    db,
  );
  await finish(db, 'tasks');
  await protectHanging(db, 'tasks', ' or assignee_id = (select app.person_id())');
}

async function createNotes(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table notes (${ownership},
      ${references},
      content text not null check (length(content) between 1 and 100000),
      audience audience not null default 'AGENCY',
      check (num_nonnulls(company_id, contact_id, deal_id, campaign_id) >= 1)
    )`.execute(db);
  await sql`comment on column notes.content is 'Markdown as it was written; a mention is [@Name](user:ID).'`.execute(
    db,
  );
  await finish(db, 'notes');
  await protectHanging(db, 'notes');
  await sql`
    create table note_mentions (
      organization_id uuid not null,
      note_id uuid not null,
      user_id uuid not null,
      created_at timestamptz not null default now(),
      primary key (organization_id, note_id, user_id),
      foreign key (organization_id, note_id) references notes (organization_id, id) on delete cascade,
      foreign key (organization_id, user_id) references memberships (organization_id, user_id) on delete cascade
    )`.execute(db);
  await sql`create index note_mentions_user on note_mentions (organization_id, user_id)`.execute(db);
  await sql`call app.protect('note_mentions', app.visible_through('note_mentions', '{note}'), 'select, insert, delete')`.execute(
    db,
  );
  await sql`alter table activities add column note_id uuid, add column task_id uuid,
    add foreign key (organization_id, note_id) references notes (organization_id, id) on delete cascade,
    add foreign key (organization_id, task_id) references tasks (organization_id, id) on delete cascade`.execute(
    db,
  );
  for (const noun of ['note', 'task']) {
    await sql`create index ${sql.id(`activities_${noun}`)} on activities (organization_id, ${sql.id(`${noun}_id`)})
      where ${sql.id(`${noun}_id`)} is not null`.execute(db);
  }
}

async function createAttachments(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table attachments (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      note_id uuid not null,
      file_name text not null check (length(file_name) between 1 and 255),
      content_type text not null,
      bytes integer not null check (bytes > 0),
      sha256 text not null check (length(sha256) = 64),
      storage_key text not null,
      created_by_id uuid references users (id) on delete set null,
      created_at timestamptz not null default now(),
      primary key (organization_id, id),
      unique (organization_id, storage_key),
      foreign key (organization_id, note_id) references notes (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on column attachments.content_type is 'What the bytes are, found by looking at them; never what the sender said.'`.execute(
    db,
  );
  await sql`create index attachments_note on attachments (organization_id, note_id)`.execute(db);
  await sql`create index attachments_author on attachments (created_by_id)`.execute(db);
  await sql`call app.protect('attachments', app.visible_through('attachments', '{note}'), 'select, insert, delete')`.execute(
    db,
  );
}

async function createNotifications(db: Kysely<unknown>): Promise<void> {
  await sql`create type notification_kind as enum ('MENTIONED', 'TASK_ASSIGNED', 'TASK_REMINDER', 'TASK_OVERDUE', 'RECORD_CHANGED')`.execute(
    db,
  );
  await sql`
    create table notifications (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      user_id uuid not null,
      kind notification_kind not null,
      actor_id uuid references users (id) on delete set null,
      note_id uuid,
      task_id uuid,
      ${references},
      read_at timestamptz,
      created_at timestamptz not null default now(),
      primary key (organization_id, id),
      foreign key (organization_id, user_id) references memberships (organization_id, user_id) on delete cascade,
      foreign key (organization_id, note_id) references notes (organization_id, id) on delete cascade,
      foreign key (organization_id, task_id) references tasks (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table notifications is 'What one person is told. It refers and quotes nothing: what it is about is read under the policies of the reader.'`.execute(
    db,
  );
  await sql`create index notifications_person on notifications (organization_id, user_id, created_at desc, id desc)`.execute(
    db,
  );
  await sql`create index notifications_unread on notifications (organization_id, user_id) where read_at is null`.execute(
    db,
  );
  await sql`create index notifications_actor on notifications (actor_id)`.execute(db);
  for (const noun of [...related, 'note', 'task']) {
    await sql`create index ${sql.id(`notifications_${noun}`)} on notifications (organization_id, ${sql.id(`${noun}_id`)})`.execute(
      db,
    );
  }
  await sql`call app.protect('notifications', 'user_id = (select app.user_id())', 'select')`.execute(db);
  await sql`grant update (read_at) on notifications to spokestack_app`.execute(db);
  const notify =
    'app.notify(person uuid, what public.notification_kind, note uuid, task uuid, company uuid, contact uuid, deal uuid, campaign uuid)';
  await sql`create function ${sql.raw(notify)} returns void language sql volatile as $$
      insert into public.notifications (organization_id, user_id, kind, actor_id, note_id, task_id, company_id, contact_id, deal_id, campaign_id)
      select m.organization_id, m.user_id, what, app.user_id(), note, task, company, contact, deal, campaign
        from public.memberships m
       where m.organization_id = app.organization_id() and m.user_id = person and m.is_active
         and m.user_id is distinct from app.user_id() $$
    security definer set search_path = pg_catalog, pg_temp`.execute(db);
  await sql`revoke execute on function ${sql.raw(notify)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(notify)} to spokestack_app, spokestack_jobs`.execute(db);
  await sql`comment on function ${sql.raw(notify)} is 'Tells one active member of the transaction''s agency, whom the teller''s own policies would not let write to. Nobody is told of what they did themselves.'`.execute(
    db,
  );
}

async function finish(db: Kysely<unknown>, table: string): Promise<void> {
  const index = (suffix: string) => sql.id(`${table}_${suffix}`);
  const at = sql.table(table);
  for (const noun of related) {
    await sql`create index ${index(noun)} on ${at} (organization_id, ${sql.id(`${noun}_id`)})`.execute(db);
  }
  await sql`create index ${index('created')} on ${at} (organization_id, created_at desc, id desc)`.execute(
    db,
  );
  await sql`create index ${index('updated')} on ${at} (organization_id, updated_at desc, id desc)`.execute(
    db,
  );
  await sql`create index ${index('brand')} on ${at} (organization_id, brand_id)`.execute(db);
  await sql`create index ${index('owner')} on ${at} (organization_id, owner_id)`.execute(db);
  await sql`create index ${index('created_by')} on ${at} (organization_id, created_by_id)`.execute(db);
  await sql`create index ${index('author')} on ${at} (created_by_id)`.execute(db);
  await sql`create trigger touch before update on ${at} for each row execute function app.touch()`.execute(
    db,
  );
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
