import { type Kysely, sql } from 'kysely';

/** Rules are replaced as a whole: campaigns are looked at once a statement, and not once a rule. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop trigger apply_brand_rules on brand_rules`.execute(db);
  await sql`
    create or replace function app.apply_brand_rules() returns trigger language plpgsql
    security definer set search_path = pg_catalog, pg_temp as $$
    begin
      update public.platform_campaigns p set brand_id = w.brand_id
        from (select c.organization_id, c.id, app.brand_by_rule(c.organization_id, c.ad_account_id, c.name) as brand_id
                from public.platform_campaigns c
                join (select distinct organization_id, ad_account_id from changed) a
                  on a.organization_id = c.organization_id and a.ad_account_id = c.ad_account_id) w
       where p.organization_id = w.organization_id and p.id = w.id and p.brand_id is distinct from w.brand_id;
      return null;
    end $$`.execute(db);
  for (const [event, table] of [
    ['insert', 'new'],
    ['update', 'new'],
    ['delete', 'old'],
  ] as const)
    await sql`create trigger ${sql.id(`apply_brand_rules_${event}`)} after ${sql.raw(event)} on brand_rules
      referencing ${sql.raw(table)} table as changed
      for each statement execute function app.apply_brand_rules()`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
