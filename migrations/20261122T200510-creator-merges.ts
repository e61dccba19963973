import { type Kysely, sql } from 'kysely';

/** Two contacts of whom both are creators become one: what hangs on the one creator moves to the other, and back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await followMoves(db);
  await leaveBehind(db);
  await mergeCreators(db);
  await undoCreators(db);
}

/** Totals and countries follow an account to another creator, and leave the one that it was of. */
async function followMoves(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ definition: string }>`
    select pg_get_functiondef('app.total_creator()'::regprocedure) as definition`.execute(db);
  const former = (rows[0]?.definition ?? '')
    .replace('app.total_creator()', 'app.total_former_creator()')
    .replaceAll('new.creator_id', 'old.creator_id');
  if (!former.includes('old.creator_id')) throw new Error('app.total_creator() does not read as expected.');
  await sql.raw(former).execute(db);
  await sql`revoke execute on function app.total_former_creator() from public`.execute(db);
  await sql`comment on function app.total_former_creator() is 'Trigger: as app.total_creator(), for the creator whose account it was before.'`.execute(
    db,
  );
  await sql`create trigger total_former_creator after update of creator_id on creator_platforms
    for each row when (old.creator_id <> new.creator_id) execute function app.total_former_creator()`.execute(
    db,
  );
  await sql`create function app.move_audience_countries() returns trigger language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$
    begin
      update public.creators set audience_countries = '{}'
       where organization_id = new.organization_id and id in (old.creator_id, new.creator_id) and audience_countries <> '{}';
      -- Their own trigger says the countries anew.
      update public.creator_audiences a set followers = a.followers from public.creator_platforms p
       where p.organization_id = new.organization_id and p.creator_id in (old.creator_id, new.creator_id)
         and a.organization_id = p.organization_id and a.creator_platform_id = p.id;
      return null;
    end $$`.execute(db);
  await sql`revoke execute on function app.move_audience_countries() from public`.execute(db);
  await sql`comment on function app.move_audience_countries() is 'Trigger: the countries of both creators follow an account that moved from one to the other.'`.execute(
    db,
  );
  await sql`create trigger move_audience_countries after update of creator_id on creator_platforms
    for each row when (old.creator_id <> new.creator_id) execute function app.move_audience_countries()`.execute(
    db,
  );
}

/** The creator of a merged contact stays with it where the kept one is a creator too: what hangs on them has moved. */
async function leaveBehind(db: Kysely<unknown>): Promise<void> {
  await rewrite(db, 'app.move_references(regclass, name, uuid, uuid, uuid, jsonb)', [
    [
      `if exists (select from pg_attribute a where a.attrelid = of and a.attname = 'version' and not a.attisdropped) then`,
      `if of = 'public.creators'::regclass and by_column = 'contact_id' then
              -- One creator a contact: see app.merge_records().
              null;
            elsif of = 'public.campaign_creators'::regclass and by_column = 'creator_id' and exists (
                select from public.campaign_creators l
                 where l.organization_id = agency and l.id = (one ->> 0)::uuid and not l.is_active) then
              -- Taken off a campaign on which the other works: there is nothing to tell.
              null;
            elsif exists (select from pg_attribute a where a.attrelid = of and a.attname = 'version' and not a.attisdropped) then`,
    ],
  ]);
}

async function mergeCreators(db: Kysely<unknown>): Promise<void> {
  await rewrite(db, 'app.merge_records(public.record_noun, uuid, uuid)', [
    [
      'merge_id uuid;',
      "merge_id uuid;\n        creator_parts jsonb := '[]';\n        kept_creator uuid;\n        merged_creator uuid;",
    ],
    [
      'update public.merges m set moved = app.move_all_references(target, agency, merged, kept)',
      `if noun = 'CONTACT' then
          select c.id into kept_creator from public.creators c where c.organization_id = agency and c.contact_id = kept for update;
          select c.id into merged_creator from public.creators c where c.organization_id = agency and c.contact_id = merged for update;
        end if;
        if kept_creator is not null and merged_creator is not null then
          -- A grant is one Phyllo user's, and a creator has one.
          if exists (select from public.creator_platforms p where p.organization_id = agency and p.creator_id = merged_creator
              and p.is_active and p.connection_state not in ('NEVER', 'REVOKED')) then
            raise exception 'the merged creator is connected' using errcode = 'SS002';
          end if;
          select coalesce(jsonb_agg(part || jsonb_build_object('record', merged_creator, 'into', kept_creator)), '[]')
            into creator_parts
            from jsonb_array_elements(app.move_all_references('public.creators'::regclass, agency, merged_creator, kept_creator)) part;
        end if;
        update public.merges m set moved = app.move_all_references(target, agency, merged, kept) || creator_parts`,
    ],
  ]);
}

async function undoCreators(db: Kysely<unknown>): Promise<void> {
  await rewrite(db, 'app.undo_merge(uuid)', [
    [
      "agency, kept, merged, part -> 'keys');",
      "agency, coalesce((part ->> 'into')::uuid, kept), coalesce((part ->> 'record')::uuid, merged), part -> 'keys');",
    ],
  ]);
}

/** Changes parts of a function as it stands; a part that is not there fails the migration. */
async function rewrite(
  db: Kysely<unknown>,
  signature: string,
  parts: readonly (readonly [string, string])[],
): Promise<void> {
  const { rows } = await sql<{ definition: string }>`
    select pg_get_functiondef(${signature}::regprocedure) as definition`.execute(db);
  let definition = rows[0]?.definition ?? '';
  for (const [from, to] of parts) {
    if (!definition.includes(from)) throw new Error(`${signature} does not read as expected.`);
    definition = definition.replaceAll(from, () => to);
  }
  await sql.raw(definition).execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
