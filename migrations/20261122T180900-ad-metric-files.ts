import { type Kysely, sql } from 'kysely';

/** Files of ad figures are imports too: a fourth kind, the ad account that they belong to, and what a check found. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await widenKind(db);
  await sql`
    alter table imports
      add column ad_account_id uuid,
      add column report jsonb,
      add foreign key (organization_id, ad_account_id) references ad_accounts (organization_id, id) on delete set null (ad_account_id)`.execute(
    db,
  );
  await sql`comment on column imports.ad_account_id is 'Of a file of ad figures: the account that they belong to, once it is known.'`.execute(
    db,
  );
  await sql`comment on column imports.report is 'Of a file of ad figures: what its check found, and what its run did.'`.execute(
    db,
  );
  await sql`create index imports_ad_account on imports (organization_id, ad_account_id)`.execute(db);
  await sql`
    alter table sync_runs
      add column import_id uuid,
      add foreign key (organization_id, import_id) references imports (organization_id, id) on delete set null (import_id)`.execute(
    db,
  );
  await sql`comment on column sync_runs.import_id is 'The file that the run read, in place of a platform; null for every other run.'`.execute(
    db,
  );
  await sql`create index sync_runs_import on sync_runs (organization_id, import_id)`.execute(db);
}

/** A value added to an enum cannot be used before the transaction that adds it ends: a new type can. */
async function widenKind(db: Kysely<unknown>): Promise<void> {
  await sql`alter type import_kind rename to import_kind_of_records`.execute(db);
  await sql`create type import_kind as enum ('COMPANIES', 'CONTACTS', 'DEALS', 'AD_METRICS')`.execute(db);
  await sql`alter table imports alter column kind type import_kind using kind::text::import_kind`.execute(db);
  await sql`drop type import_kind_of_records`.execute(db);
}
