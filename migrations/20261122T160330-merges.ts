import { type Kysely, sql } from 'kysely';

/** Merging two records into one: every reference moves, what was there before is kept, and the way back is known. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['companies', 'contacts']) await createMergedInto(db, table);
  await createMerges(db);
  await createCounts(db);
  await createMoveReferences(db);
  await createMoveAll(db);
  await createMerge(db);
  await createUndo(db);
}

async function createMergedInto(db: Kysely<unknown>, table: string): Promise<void> {
  const at = sql.table(table);
  await sql`alter table ${at} add column merged_into_id uuid,
    add check (merged_into_id is null or not is_active),
    add check (merged_into_id <> id),
    add foreign key (organization_id, merged_into_id) references ${at} (organization_id, id) on delete set null (merged_into_id)`.execute(
    db,
  );
  await sql`comment on column ${at}.merged_into_id is 'The record that this one became a part of: its address leads there.'`.execute(
    db,
  );
  await sql`create index ${sql.id(`${table}_merged_into`)} on ${at} (organization_id, merged_into_id)
    where merged_into_id is not null`.execute(db);
}

async function createMerges(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table merges (
      organization_id uuid not null,
      id uuid not null default app.uuid_v7(),
      noun record_noun not null,
      company_id uuid,
      merged_company_id uuid,
      contact_id uuid,
      merged_contact_id uuid,
      kept_before jsonb not null,
      merged_before jsonb not null,
      moved jsonb not null,
      changes jsonb not null default '{}',
      created_by_id uuid references users (id) on delete set null,
      undone_at timestamptz,
      created_at timestamptz not null default now(),
      primary key (organization_id, id),
      check (num_nonnulls(company_id, contact_id) = 1),
      check (num_nulls(company_id, merged_company_id) <> 1 and num_nulls(contact_id, merged_contact_id) <> 1),
      foreign key (organization_id, company_id) references companies (organization_id, id) on delete cascade,
      foreign key (organization_id, merged_company_id) references companies (organization_id, id) on delete cascade,
      foreign key (organization_id, contact_id) references contacts (organization_id, id) on delete cascade,
      foreign key (organization_id, merged_contact_id) references contacts (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table merges is 'Two records that became one: both as they were, and what moved. It goes with either, since it holds what they held.'`.execute(
    db,
  );
  await sql`comment on column merges.moved is '[{table, column, keys, dropped}]: the keys of the rows that moved, and the rows that the kept record had already.'`.execute(
    db,
  );
  await sql`comment on column merges.changes is 'What the merge wrote into the kept record, as {column: {from, to}}.'`.execute(
    db,
  );
  for (const column of ['company_id', 'merged_company_id', 'contact_id', 'merged_contact_id']) {
    await sql`create index ${sql.id(`merges_${column}`)} on merges (organization_id, ${sql.id(column)})
      where ${sql.id(column)} is not null`.execute(db);
  }
  await sql`create index merges_author on merges (created_by_id)`.execute(db);
  // What moved and the snapshots may tell of rows that a reader does not see: the functions alone read them.
  await sql`call app.protect('merges',
    '(select app.sees_all()) or ' || app.visible_through('merges', '{company,contact}'),
    'select (organization_id, id, noun, company_id, merged_company_id, contact_id, merged_contact_id, changes, created_by_id, undone_at, created_at), update (changes)')`.execute(
    db,
  );
}

/** With the asker's own rights: what they do not see is not counted. */
async function createCounts(db: Kysely<unknown>): Promise<void> {
  const signature = 'app.reference_counts(target regclass, record uuid)';
  await sql`
    create function ${sql.raw(signature)} returns table (table_name text, count integer)
      language plpgsql stable as $$
    declare link record;
    begin
      for link in
        select f.conrelid, c.relname, string_agg(format('%I = $1', a.attname), ' or ' order by a.attname) as refers
          from pg_catalog.pg_constraint f
          join pg_catalog.pg_class c on c.oid = f.conrelid
          join pg_catalog.pg_attribute a on a.attrelid = f.conrelid and a.attnum = any (f.conkey) and a.attname <> 'organization_id'
         where f.contype = 'f' and f.confrelid = target and c.relname <> 'merges' and a.attname <> 'merged_into_id'
           and has_table_privilege(c.oid, 'select')
         group by f.conrelid, c.relname
      loop
        return query execute format('select %L::text, count(*)::integer from %s where organization_id = app.organization_id() and (%s)',
          link.relname, link.conrelid::regclass, link.refers) using record;
      end loop;
    end $$`.execute(db);
  await sql`revoke execute on function ${sql.raw(signature)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(signature)} to spokestack_app, spokestack_jobs`.execute(db);
  await sql`comment on function ${sql.raw(signature)} is 'How many rows of each table refer to a record, as far as the asker sees them. The tables are those that the catalog names.'`.execute(
    db,
  );
}

/**
 * Moves what refers to a record by one column. At first all at once; where a row would then stand twice or refer to
 * itself, one by one. A tie (a row without a version) that the other record has already is dropped; what people work
 * with never is.
 */
async function createMoveReferences(db: Kysely<unknown>): Promise<void> {
  await privileged(db, {
    signature:
      'app.move_references(of regclass, by_column name, agency uuid, record uuid, into_record uuid, only_keys jsonb)',
    returns: 'jsonb language plpgsql',
    comment:
      'Moves the references of one column from a record to another, all or those with these keys; answers the keys and the rows that were dropped. For the functions of merges alone.',
    body: `
      declare
        key text;
        chosen text := format('organization_id = $1 and %I = $2', by_column);
        keys jsonb := '[]';
        dropped jsonb := '[]';
        moved jsonb;
        one jsonb;
      begin
        select format('jsonb_build_array(%s)', string_agg(quote_ident(a.attname), ', ' order by a.attname)) into key
          from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey::int2[])
         where i.indrelid = of and i.indisprimary and a.attname <> 'organization_id';
        if only_keys is not null then chosen := chosen || format(' and $4 @> jsonb_build_array(%s)', key); end if;
        begin
          execute format('with moved as (update %s set %I = $3 where %s returning %s as key)
            select coalesce(jsonb_agg(key), ''[]'') from moved', of, by_column, chosen, key)
            into keys using agency, record, into_record, only_keys;
          return jsonb_build_object('keys', keys, 'dropped', dropped);
        exception when unique_violation or check_violation or exclusion_violation then
          keys := '[]';
        end;
        for one in execute format('select %s from %s where %s', key, of, chosen) using agency, record, into_record, only_keys loop
          begin
            execute format('update %s set %I = $3 where organization_id = $1 and %I = $2 and %s = $4 returning %s',
              of, by_column, by_column, key, key) into moved using agency, record, into_record, one;
            keys := keys || jsonb_build_array(moved);
          exception when unique_violation or check_violation or exclusion_violation then
            if exists (select from pg_attribute a where a.attrelid = of and a.attname = 'version' and not a.attisdropped) then
              raise exception 'both records have their own of %', of using errcode = 'SS001';
            elsif only_keys is null then
              execute format('with gone as (delete from %s t where organization_id = $1 and %I = $2 and %s = $3 returning to_jsonb(t) as row)
                select row from gone', of, by_column, key) into moved using agency, record, one;
              dropped := dropped || jsonb_build_array(moved);
            end if;
          end;
        end loop;
        return jsonb_build_object('keys', keys, 'dropped', dropped);
      end`,
  });
}

async function createMoveAll(db: Kysely<unknown>): Promise<void> {
  await privileged(db, {
    signature: 'app.move_all_references(target regclass, agency uuid, record uuid, into_record uuid)',
    returns: 'jsonb language plpgsql',
    comment:
      'Moves every reference that the catalog knows of, so that a table made later comes along by itself. For app.merge_records alone.',
    body: `
      declare
        link record;
        moved jsonb := '[]';
      begin
        for link in
          select f.conrelid::regclass as of, a.attname as by_column, f.conrelid = f.confrelid as is_own
            from pg_constraint f
            join pg_attribute a on a.attrelid = f.conrelid and a.attnum = any (f.conkey) and a.attname <> 'organization_id'
           where f.contype = 'f' and f.confrelid = target and f.conrelid <> 'public.merges'::regclass
           order by 1, 2
        loop
          -- What stands above the kept record must not come to stand below it: there the next above takes its place.
          if link.is_own then
            execute format('with recursive above as (
                select id, %2$I as up from %1$s where organization_id = $1 and id = $3
                union select t.id, t.%2$I from %1$s t join above on t.organization_id = $1 and t.id = above.up)
              update %1$s set %2$I = (select t.%2$I from %1$s t where t.organization_id = $1 and t.id = $2)
               where organization_id = $1 and %2$I = $2 and id in (select id from above)', link.of, link.by_column)
              using agency, record, into_record;
          end if;
          moved := moved || jsonb_build_array(
            jsonb_build_object('table', (select relname from pg_class where oid = link.of), 'column', link.by_column)
            || app.move_references(link.of, link.by_column, agency, record, into_record, null));
        end loop;
        return moved;
      end`,
  });
}

const TARGET = `case noun when 'COMPANY' then 'public.companies'::regclass when 'CONTACT' then 'public.contacts'::regclass end`;

async function createMerge(db: Kysely<unknown>): Promise<void> {
  await privileged(db, {
    signature: 'app.merge_records(noun public.record_noun, kept uuid, merged uuid)',
    returns: 'uuid language plpgsql',
    isGranted: true,
    comment:
      'Makes one record a part of another, both of the transaction’s agency, active and visible to the caller: moves every reference, those that the caller does not see as well, and answers the id of the merge; NULL where one is not there.',
    body: `
      declare
        target regclass := ${TARGET};
        agency uuid := app.organization_id();
        column_name text := lower(noun::text) || '_id';
        seen jsonb;
        merge_id uuid;
      begin
        if target is null or kept = merged then return null; end if;
        execute format('select jsonb_object_agg(id, row) from (select id, to_jsonb(r) as row from %s r
          where organization_id = $1 and id in ($2, $3) and is_active and (%s) order by id for update) r', target, app.visible_record())
          into seen using agency, kept, merged;
        if seen -> kept::text is null or seen -> merged::text is null then return null; end if;
        execute format('insert into public.merges (organization_id, noun, %I, %I, kept_before, merged_before, moved, created_by_id)
          values ($1, $2, $3, $4, $5, $6, ''[]'', app.user_id()) returning id', column_name, 'merged_' || column_name)
          into merge_id using agency, noun, kept, merged, seen -> kept::text, seen -> merged::text;
        update public.merges m set moved = app.move_all_references(target, agency, merged, kept)
         where m.organization_id = agency and m.id = merge_id;
        execute format('update %s set is_active = false, merged_into_id = $3, external_id = null
          where organization_id = $1 and id = $2', target) using agency, merged, kept;
        return merge_id;
      end`,
  });
}

async function createUndo(db: Kysely<unknown>): Promise<void> {
  await privileged(db, {
    signature: 'app.undo_merge(merge uuid)',
    returns: 'boolean language plpgsql',
    isGranted: true,
    comment:
      'Takes two records apart again where the caller sees both and the kept one stands: the merged one comes back, and what moved and is still where the merge put it. False where there is nothing to undo.',
    body: `
      declare
        agency uuid := app.organization_id();
        m public.merges;
        target regclass;
        kept uuid;
        merged uuid;
        found_rows integer;
        part jsonb;
        row jsonb;
        columns text;
      begin
        select * into m from public.merges where organization_id = agency and id = merge and undone_at is null for update;
        if not found then return false; end if;
        kept := coalesce(m.company_id, m.contact_id);
        merged := coalesce(m.merged_company_id, m.merged_contact_id);
        target := ${TARGET.replace('noun', 'm.noun')};
        execute format('select count(*) from (select from %s r where organization_id = $1
          and (id = $2 and is_active or id = $3 and merged_into_id = $2) and (%s) order by id for update) r', target, app.visible_record())
          into found_rows using agency, kept, merged;
        if found_rows <> 2 then return false; end if;
        execute format('update %1$s t set is_active = true, merged_into_id = null, external_id = case when not exists (
            select from %1$s o where o.organization_id = $1 and o.external_id = $3) then $3 end
          where organization_id = $1 and id = $2', target) using agency, merged, m.merged_before ->> 'external_id';
        for part in select * from jsonb_array_elements(m.moved) loop
          continue when not exists (select from pg_attribute a where a.attrelid = to_regclass(format('public.%I', part ->> 'table'))
            and a.attname = part ->> 'column' and not a.attisdropped);
          perform app.move_references(to_regclass(format('public.%I', part ->> 'table')), (part ->> 'column')::name,
            agency, kept, merged, part -> 'keys');
          select string_agg(quote_ident(a.attname), ', ') into columns from pg_attribute a
           where a.attrelid = to_regclass(format('public.%I', part ->> 'table')) and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
          for row in select * from jsonb_array_elements(part -> 'dropped') loop
            begin
              execute format('insert into public.%1$I (%2$s) select %2$s from jsonb_populate_record(null::public.%1$I, $1) on conflict do nothing',
                part ->> 'table', columns) using row;
            exception when foreign_key_violation then
              -- What the tie led to is gone since: there is nothing to tie.
              null;
            end;
          end loop;
        end loop;
        update public.merges set undone_at = now() where organization_id = agency and id = merge;
        return true;
      end`,
  });
}

interface PrivilegedFunction {
  signature: string;
  returns: string;
  comment: string;
  body: string;
  /** Whether the serving roles may call it; without, other functions alone do. */
  isGranted?: boolean;
}

async function privileged(db: Kysely<unknown>, made: PrivilegedFunction): Promise<void> {
  const { signature, returns, comment, body, isGranted = false } = made;
  await sql`create function ${sql.raw(signature)} returns ${sql.raw(returns)} volatile
    security definer set search_path = pg_catalog, pg_temp as ${sql.lit(body)}`.execute(db);
  await sql`revoke execute on function ${sql.raw(signature)} from public`.execute(db);
  if (isGranted)
    await sql`grant execute on function ${sql.raw(signature)} to spokestack_app, spokestack_jobs`.execute(db);
  await sql`comment on function ${sql.raw(signature)} is ${sql.lit(comment)}`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
