import { type Kysely, sql } from 'kysely';

/** Creators as the roster and the search find them, and a creator's place in the recycle bin beside their contact's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await archiveWithContacts(db);
  await createIndexes(db);
  await indexCreators(db);
  await searchCreators(db);
}

/** A creator is one with their contact: a list of creators never shows somebody whose contact is in the bin. */
async function archiveWithContacts(db: Kysely<unknown>): Promise<void> {
  await sql`alter table creators add column is_archived_with_contact boolean not null default false,
    add check (not (is_active and is_archived_with_contact))`.execute(db);
  await sql`comment on column creators.is_archived_with_contact is 'It went to the recycle bin with its contact and comes back with it. Kept by triggers.'`.execute(
    db,
  );
  await definer(db, {
    name: 'app.archive_creator()',
    comment:
      'Trigger: a contact’s creator goes to the recycle bin and comes back with them, also where the one who does it does not see that.',
    body: `
      if new.is_active then
        update public.creators set is_active = true
         where organization_id = new.organization_id and contact_id = new.id and is_archived_with_contact;
      else
        update public.creators set is_active = false, is_archived_with_contact = true
         where organization_id = new.organization_id and contact_id = new.id and is_active;
      end if;
      return null;`,
  });
  await sql`create trigger archive_creator after update of is_active on contacts
    for each row when (old.is_active is distinct from new.is_active) execute function app.archive_creator()`.execute(
    db,
  );
  await sql`create function app.restore_creator() returns trigger language plpgsql
    set search_path = pg_catalog, pg_temp as $$ begin new.is_archived_with_contact := false; return new; end $$`.execute(
    db,
  );
  await sql`revoke execute on function app.restore_creator() from public`.execute(db);
  await sql`comment on function app.restore_creator() is 'Trigger: what came back is in the recycle bin for no reason.'`.execute(
    db,
  );
  await sql`create trigger restore_creator before update of is_active on creators
    for each row when (new.is_active) execute function app.restore_creator()`.execute(db);
}

async function createIndexes(db: Kysely<unknown>): Promise<void> {
  // The search reads them with its owner's rights, where an index may answer what a policy may not ask of it.
  await sql`create index creators_brands on creators using gin (brand_ids)`.execute(db);
  // As server/domain/records/sort.ts orders them: what is unknown stands at the end.
  for (const column of ['total_followers', 'engagement_rate'])
    await sql`create index ${sql.id(`creators_by_${column}`)} on creators
      (organization_id, coalesce(${sql.ref(column)}, '-Infinity'::numeric) desc, id desc) where is_active`.execute(
      db,
    );
}

const HANDLES = `(select string_agg('@' || p.handle || ' ' || p.handle, ' ' order by p.handle_key)
   from public.creator_platforms p
  where p.organization_id = r.organization_id and p.creator_id = r.id and p.is_active)`;

const entriesOf = (from: string) => `
  insert into public.search_entries as e
      (organization_id, noun, record_id, title, terms, brand_id, owner_id, created_by_id)
    select s.organization_id, 'CREATOR', s.id, s.title, app.search_terms(s.title, s.others), s.brand_id, s.owner_id, s.created_by_id
      from (select r.organization_id, r.id, app.search_title(r.name) as title,
                   concat_ws(' ', ${HANDLES}, r.external_id) as others, r.brand_id, r.owner_id, r.created_by_id
              from ${from} offset 0) as s
  on conflict (organization_id, noun, record_id) do update set title = excluded.title, terms = excluded.terms,
    brand_id = excluded.brand_id, owner_id = excluded.owner_id, created_by_id = excluded.created_by_id
   where (e.title, e.terms, e.brand_id, e.owner_id, e.created_by_id)
     is distinct from (excluded.title, excluded.terms, excluded.brand_id, excluded.owner_id, excluded.created_by_id);`;

/** Once a statement, however many rows it wrote: see the entries of the other records. */
async function indexCreators(db: Kysely<unknown>): Promise<void> {
  const watched = ['name', 'external_id', 'brand_id', 'owner_id', 'created_by_id', 'is_active'];
  const of = (row: string) => `(${watched.map((column) => `${row}.${column}`).join(', ')})`;
  await definer(db, {
    name: 'app.index_creators()',
    comment:
      'Trigger: keeps the search entries of the creators that a statement wrote. The serving roles cannot write there.',
    body: `
      if tg_op = 'INSERT' then
        ${entriesOf('new_rows r where r.is_active')}
      elsif tg_op = 'DELETE' then
        delete from public.search_entries e using old_rows o
         where e.organization_id = o.organization_id and e.noun = 'CREATOR' and e.record_id = o.id;
      else
        delete from public.search_entries e using new_rows r join old_rows o using (organization_id, id)
         where o.is_active and not r.is_active
           and e.organization_id = r.organization_id and e.noun = 'CREATOR' and e.record_id = r.id;
        ${entriesOf(`new_rows r join old_rows o on o.organization_id = r.organization_id and o.id = r.id
           where r.is_active and ${of('r')} is distinct from ${of('o')}`)}
      end if;
      return null;`,
  });
  await definer(db, {
    name: 'app.index_creator_handles()',
    comment: 'Trigger: a creator is found by the handles of their accounts.',
    body: `${entriesOf(`public.creators r where r.is_active and (r.organization_id, r.id) in
      (select n.organization_id, n.creator_id from new_rows n)`)}
      return null;`,
  });
  for (const [event, tables] of [
    ['insert', 'new table as new_rows'],
    ['update', 'old table as old_rows new table as new_rows'],
    ['delete', 'old table as old_rows'],
  ] as const)
    await sql`create trigger ${sql.id(`index_${event}`)} after ${sql.raw(event)} on creators
      referencing ${sql.raw(tables)} for each statement execute function app.index_creators()`.execute(db);
  for (const event of ['insert', 'update'] as const)
    await sql`create trigger ${sql.id(`index_${event}`)} after ${sql.raw(event)} on creator_platforms
      referencing new table as new_rows for each statement execute function app.index_creator_handles()`.execute(
      db,
    );
  await sql.raw(entriesOf('public.creators r where r.is_active')).execute(db);
}

/** A creator is also found by those whose campaign they work on, as the policy of creators lets them see. */
async function searchCreators(db: Kysely<unknown>): Promise<void> {
  await rewrite(db, 'app.search(text, public.search_noun[], integer)', [
    [
      `(e.noun = 'AD_ACCOUNT' and e.record_id = any (shared))`,
      `(e.noun in ('AD_ACCOUNT', 'CREATOR') and e.record_id = any (shared))`,
    ],
    [
      `and (c.brand_id = any (brands) or c.owner_id = person or c.created_by_id = person));`,
      `and (c.brand_id = any (brands) or c.owner_id = person or c.created_by_id = person));
    -- As the policy of creators: they are also seen by the people of every brand that they work for.
    shared := shared || array(select k.id from public.creators k
     where k.organization_id = org and k.is_active and k.brand_ids && brands);`,
    ],
  ]);
  await rewrite(db, 'app.matching_records(text, public.search_noun)', [
    [
      `(sees_all or e.brand_id = any (brands) or e.owner_id = person or e.created_by_id = person)`,
      `(sees_all or e.brand_id = any (brands) or e.owner_id = person or e.created_by_id = person
           or (sought_noun = 'CREATOR' and exists (select from public.creators k
                where k.organization_id = org and k.id = e.record_id and k.brand_ids && brands)))`,
    ],
  ]);
  await sql`comment on function app.matching_records(text, public.search_noun) is 'The active companies, contacts, deals, creators or campaigns of the transaction''s agency that fit, in no order. It asks of each entry what the policies ask of its record, and answers with ids alone.'`.execute(
    db,
  );
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

interface TriggerFunction {
  name: string;
  comment: string;
  body: string;
}

async function definer(db: Kysely<unknown>, { name, comment, body }: TriggerFunction): Promise<void> {
  await sql`create function ${sql.raw(name)} returns trigger language plpgsql security definer
    set search_path = pg_catalog, pg_temp as ${sql.raw(`$$ begin ${body} end $$`)}`.execute(db);
  await sql`revoke execute on function ${sql.raw(name)} from public`.execute(db);
  await sql`comment on function ${sql.raw(name)} is ${sql.lit(comment)}`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
