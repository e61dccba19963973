import { type Kysely, sql } from 'kysely';

/** What the text over a list finds: by the entries and the ways of the search, but all that fits and nothing guessed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const matching = 'app.matching_records(sought text, sought_noun public.search_noun)';
  await sql`create function ${sql.raw(matching)} returns setof uuid
    language plpgsql stable security definer rows 500
    set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as ${sql.raw(MATCHING)}`.execute(
    db,
  );
  await sql`revoke execute on function ${sql.raw(matching)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(matching)} to spokestack_app, spokestack_jobs`.execute(db);
  await sql`comment on function ${sql.raw(matching)} is 'The active companies, contacts, deals or campaigns of the transaction''s agency that fit, in no order. It asks of each entry what the policies ask of its record, and answers with ids alone.'`.execute(
    db,
  );
}

/** What the policies of companies, contacts, deals and campaigns let the transaction see. */
const SEEN = `e.organization_id = org and e.noun = sought_noun
         and (sees_all or e.brand_id = any (brands) or e.owner_id = person or e.created_by_id = person)`;

/**
 * All ways find together, since a list has no best first. Of a number the digits within another number count only
 * where nothing is, or begins with, that number. A title's beginning is also the beginnings of its words.
 */
const MATCHING = String.raw`$$
declare
  org uuid := app.organization_id();
  sees_all boolean := app.sees_all();
  brands uuid[] := app.brand_ids();
  person uuid := app.person_id();
  asked text := app.fold(left(sought, 200));
  is_number boolean := asked ~ '^(act_)?[+(]*[0-9][0-9 ()+/.-]*$';
  has_found boolean := false;
  way record;
  p1 text;
  p2 text;
  p3 text;
begin
  -- Who else sees an ad account, app.search() knows: no list asks for them here.
  if org is null or asked = '' or sought_noun = 'AD_ACCOUNT' then return; end if;
  for way in select s.kind, s.patterns from app.search_steps(asked) s where s.kind in ('ID', 'HOLDING') loop
    p1 := way.patterns[1];
    p2 := way.patterns[2];
    p3 := way.patterns[3];
    exit when is_number and has_found and p1 not like '\% %';
    if way.kind = 'ID' then
      -- What reads like an id of ours may be one elsewhere, or stand in a name.
      return query select e.record_id from public.search_entries e where ${SEEN} and e.record_id = p1::uuid
         union all select e.record_id from public.search_entries e where ${SEEN} and e.terms like '%' || p1 || '%';
    else
      return query select e.record_id from public.search_entries e
       where ${SEEN} and e.terms like p1 and (p2 is null or e.terms like p2) and (p3 is null or e.terms like p3)
         and e.terms like all (way.patterns);
    end if;
    has_found := has_found or found;
  end loop;
end $$`;

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
