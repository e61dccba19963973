import { type Kysely, sql } from 'kysely';

/**
 * What the search box looks at: one narrow row for each active record, kept by triggers, and the one function that
 * reads it. LIKE and likeness are not leakproof, so under a policy they find no index: the function has its owner's
 * rights, asks what the policies ask, and answers with ids alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createEntries(db);
  await createTerms(db);
  for (const source of sources) await createIndexing(db, source);
  await createSearch(db);
}

async function createEntries(db: Kysely<unknown>): Promise<void> {
  await sql`create type search_noun as enum ('COMPANY', 'CONTACT', 'DEAL', 'CREATOR', 'CAMPAIGN', 'AD_ACCOUNT')`.execute(
    db,
  );
  await sql`
    create table search_entries (
      organization_id uuid not null references organizations (id) on delete cascade,
      noun search_noun not null,
      record_id uuid not null,
      title text collate "C" not null,
      terms text not null,
      brand_id uuid,
      owner_id uuid,
      created_by_id uuid,
      primary key (organization_id, noun, record_id)
    ) with (fillfactor = 85)`.execute(db);
  await sql`comment on table search_entries is 'The active records as the search finds them. Triggers of the records write it and app.search() reads it: no serving role reaches it.'`.execute(
    db,
  );
  await sql`comment on column search_entries.title is 'The record''s name, folded (see app.fold), as far as an index holds it.'`.execute(
    db,
  );
  await sql`comment on column search_entries.terms is 'Every word that it is found by, folded, a space before and after each: names, mail addresses and their domains, handles with and without @, the digits of phones, ids elsewhere.'`.execute(
    db,
  );
  await sql`create index search_entries_title on search_entries (organization_id, title, record_id)`.execute(
    db,
  );
  // A short list of what is not in the index yet: a bulk import fills it by batches, and a search reads it through.
  for (const column of ['terms', 'title']) {
    await sql`create index ${sql.id(`search_entries_${column}_like`)} on search_entries
      using gin (${sql.ref(column)} gin_trgm_ops) with (gin_pending_list_limit = 1024)`.execute(db);
  }
  await sql`alter table search_entries enable row level security`.execute(db);
  await sql`alter table search_entries force row level security`.execute(db);
}

/** The functions that fold a record's texts; each folds once, since a bulk import calls them for every row. */
async function createTerms(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function app.search_title(name text) returns text language sql immutable parallel safe
      return left(app.fold(coalesce(name, '')), 400)`.execute(db);
  await sql`comment on function app.search_title(text) is 'A name as search_entries keeps it.'`.execute(db);
  await sql`
    create function app.search_digits(phones text) returns text language sql immutable parallel safe
      return translate(regexp_replace(app.fold(phones), '[^0-9|]', '', 'g'), '|', ' ')`.execute(db);
  await sql`comment on function app.search_digits(text) is 'The digits of phone numbers that a bar divides.'`.execute(
    db,
  );
  await sql`
    create function app.search_terms(title text, others text) returns text language sql immutable parallel safe
      return ' ' || title || ' '
        || case when title ~ '[[:punct:]]' then regexp_replace(title, '[[:punct:]]+', ' ', 'g') || ' ' else '' end
        || case when others = '' then '' else app.fold(others) || ' ' end`.execute(db);
  await sql`comment on function app.search_terms(text, text) is 'The words of a folded title, also without its punctuation, and the other words that a record is found by.'`.execute(
    db,
  );
}

interface Source {
  noun: string;
  table: string;
  /** Besides owner, brand, author and is_active: what an entry is made of. */
  columns: readonly string[];
  /** SQL over the row r: the words beside the name's. */
  others: string;
}

const handle = (column: string) =>
  `case when r.${column} is null then null else '@' || ltrim(r.${column}, '@') || ' ' || ltrim(r.${column}, '@') end`;
const domainsOf = (mails: string) => `regexp_replace(${mails}, '[^ @]*@', '', 'g')`;

const sources: readonly Source[] = [
  {
    noun: 'COMPANY',
    table: 'companies',
    columns: ['name', 'legal_name', 'domains', 'email', 'phone', 'x_handle', 'external_id'],
    others: `concat_ws(' ', r.legal_name, array_to_string(r.domains, ' '), r.email, ${handle('x_handle')},
      app.search_digits(r.phone), r.external_id)`,
  },
  {
    noun: 'CONTACT',
    table: 'contacts',
    columns: ['name', 'emails', 'phones', 'mobile', 'x_handle', 'external_id'],
    others: `concat_ws(' ', array_to_string(r.emails, ' '), ${domainsOf(`array_to_string(r.emails, ' ')`)},
      ${handle('x_handle')}, app.search_digits(nullif(concat_ws('|', array_to_string(r.phones, '|'), r.mobile), '')),
      r.external_id)`,
  },
  { noun: 'DEAL', table: 'deals', columns: ['name', 'external_id'], others: `coalesce(r.external_id, '')` },
  {
    noun: 'CAMPAIGN',
    table: 'campaigns',
    columns: ['name', 'external_id'],
    others: `coalesce(r.external_id, '')`,
  },
  { noun: 'AD_ACCOUNT', table: 'ad_accounts', columns: ['name', 'native_id'], others: `r.native_id` },
];

/** Keeps the entries of one table: once a statement, however many rows it wrote. */
async function createIndexing(db: Kysely<unknown>, source: Source): Promise<void> {
  const { noun, table, columns } = source;
  const name = sql.raw(`app.index_${table}`);
  const watched = [...columns, 'brand_id', 'owner_id', 'created_by_id', 'is_active'];
  const of = (row: string) => `(${watched.map((column) => `${row}.${column}`).join(', ')})`;
  const entries = (from: string) => sql.raw(entriesOf(source, from));
  await sql`
    create function ${name}() returns trigger language plpgsql security definer
      set search_path = pg_catalog, pg_temp as $$
    begin
      if tg_op = 'INSERT' then
        ${entries('new_rows r where r.is_active')};
      elsif tg_op = 'DELETE' then
        delete from public.search_entries e using old_rows o
         where e.organization_id = o.organization_id and e.noun = ${sql.lit(noun)} and e.record_id = o.id;
      else
        delete from public.search_entries e using new_rows r join old_rows o using (organization_id, id)
         where o.is_active and not r.is_active
           and e.organization_id = r.organization_id and e.noun = ${sql.lit(noun)} and e.record_id = r.id;
        ${entries(`new_rows r join old_rows o using (organization_id, id)
           where r.is_active and ${of('r')} is distinct from ${of('o')}`)}
        on conflict (organization_id, noun, record_id) do update set title = excluded.title, terms = excluded.terms,
          brand_id = excluded.brand_id, owner_id = excluded.owner_id, created_by_id = excluded.created_by_id;
      end if;
      return null;
    end $$`.execute(db);
  await sql`revoke execute on function ${name}() from public`.execute(db);
  await sql`comment on function ${name}() is 'Trigger: keeps the search entries of the rows that a statement wrote. The serving roles cannot write there.'`.execute(
    db,
  );
  for (const [event, tables] of [
    ['insert', 'new table as new_rows'],
    ['update', 'old table as old_rows new table as new_rows'],
    ['delete', 'old table as old_rows'],
  ] as const) {
    await sql`create trigger ${sql.id(`index_${event}`)} after ${sql.raw(event)} on ${sql.table(table)}
      referencing ${sql.raw(tables)} for each statement execute function ${name}()`.execute(db);
  }
  await sql`${sql.raw(entriesOf(source, `public.${table} r where r.is_active`))}`.execute(db);
}

function entriesOf({ noun, others }: Source, from: string): string {
  return `insert into public.search_entries
      (organization_id, noun, record_id, title, terms, brand_id, owner_id, created_by_id)
    select s.organization_id, '${noun}', s.id, s.title, app.search_terms(s.title, s.others), s.brand_id, s.owner_id, s.created_by_id
      from (select organization_id, id, app.search_title(r.name) as title, ${others} as others,
                   r.brand_id, r.owner_id, r.created_by_id
              from ${from} offset 0) as s`;
}

async function createSearch(db: Kysely<unknown>): Promise<void> {
  const steps = 'app.search_steps(asked text)';
  await sql`create function ${sql.raw(steps)} returns table (kind text, patterns text[])
    language plpgsql immutable parallel safe as ${sql.raw(STEPS)}`.execute(db);
  await sql`comment on function ${sql.raw(steps)} is 'How a folded question is looked for, the surest way first. ID: a record''s own. BEGINNING: titles from the first to below the second. HOLDING: terms like all of these. LIKENESS: titles with words like these.'`.execute(
    db,
  );
  const search = 'app.search(sought text, nouns public.search_noun[], most integer)';
  await sql`create function ${sql.raw(search)} returns table (noun public.search_noun, record_id uuid)
    language plpgsql stable security definer rows 20
    set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan
    set pg_trgm.word_similarity_threshold = 0.45 as ${sql.raw(SEARCH)}`.execute(db);
  await sql`revoke execute on function ${sql.raw(search)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(search)} to spokestack_app, spokestack_jobs`.execute(db);
  await sql`comment on function ${sql.raw(search)} is 'The active records of the transaction''s agency that fit, the best first, of these nouns or (NULL) all. It asks of each entry what the policies ask of its record, and answers with ids alone: the caller reads titles under its own policies.'`.execute(
    db,
  );
}

/**
 * LIKE's own wildcards in the question are letters. A number is looked for by its digits as well, however it is
 * written: act_123, 123-456-7890, +971 50 123.
 */
const STEPS = String.raw`$$
declare
  literal text := regexp_replace(asked, '([\\%_])', '\\\1', 'g');
  words text[] := string_to_array(literal, ' ');
  digits text := regexp_replace(asked, '[^0-9]', '', 'g');
  bare text := ltrim(digits, '0');
  is_number boolean := asked ~ '^(act_)?[+(]*[0-9][0-9 ()+/.-]*$';
  is_token boolean := cardinality(words) = 1 and asked ~ '[0-9@._-]';
  long_words text[] := array(select w from unnest(words) with ordinality u (w, place) where length(w) >= 4 order by place);
begin
  if ltrim(asked, '#') ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    return query values ('ID', array[ltrim(asked, '#')]);
    return;
  end if;
  if is_number then
    return query values ('HOLDING', array['% ' || digits || ' %']);
  elsif is_token then
    return query values ('HOLDING', array['% ' || literal || ' %']);
  end if;
  return query values
    ('BEGINNING', array[asked, asked || chr(1114111)]),
    ('HOLDING', array(select '% ' || w || '%' from unnest(words) w));
  if is_number and digits <> asked then
    return query values ('HOLDING', array['% ' || digits || '%']);
  end if;
  if exists (select from unnest(words) w where length(w) >= 3) then
    return query values ('HOLDING',
      array(select case when length(w) >= 3 then '%' else '% ' end || w || '%' from unnest(words) w));
  end if;
  if is_number and length(bare) >= 3 and bare <> asked then
    return query values ('HOLDING', array['%' || bare || '%']);
  end if;
  if cardinality(long_words) > 0 and asked !~ '[0-9@]' then
    return query values ('LIKENESS', long_words);
  end if;
end $$`;

/** What the policies of companies, contacts, deals, campaigns and ad accounts let the transaction see. */
const SEEN = `e.organization_id = org and (nouns is null or e.noun = any (nouns)) and e.record_id <> all (found)
           and (sees_all or e.brand_id = any (brands) or e.owner_id = person or e.created_by_id = person
                or (e.noun = 'AD_ACCOUNT' and e.record_id = any (shared)))`;

/**
 * Each way adds what those before it did not find. An inner LIMIT bounds what is sorted where half an agency fits. Of
 * several words one may be written too badly to be like, where the others make up for it.
 */
const SEARCH = `$$
declare
  org uuid := app.organization_id();
  sees_all boolean := app.sees_all();
  brands uuid[] := app.brand_ids();
  person uuid := app.person_id();
  asked text := app.fold(left(sought, 200));
  shared uuid[] := '{}';
  found uuid[] := '{}';
  found_nouns public.search_noun[] := '{}';
  ids uuid[];
  kinds public.search_noun[];
  way record;
  p1 text;
  p2 text;
  p3 text;
begin
  if org is null or asked = '' then return; end if;
  if not sees_all then
    -- As the policy of ad_accounts: an account is also seen by those whose campaign runs in it.
    shared := array(select l.ad_account_id from public.campaign_ad_accounts l
      join public.campaigns c on c.organization_id = l.organization_id and c.id = l.campaign_id
     where l.organization_id = org
       and (c.brand_id = any (brands) or c.owner_id = person or c.created_by_id = person));
  end if;
  for way in select s.kind, s.patterns from app.search_steps(asked) s loop
    -- Likeness is a guess: it stands in where the rest found little.
    exit when cardinality(found) >= case when way.kind = 'LIKENESS' then least(most, 8) else most end;
    p1 := way.patterns[1];
    p2 := way.patterns[2];
    p3 := way.patterns[3];
    if way.kind = 'ID' then
      select array_agg(e.record_id), array_agg(e.noun) into ids, kinds
        from public.search_entries e where ${SEEN} and e.record_id = p1::uuid;
    elsif way.kind = 'BEGINNING' then
      select array_agg(h.record_id), array_agg(h.noun) into ids, kinds from (
        select e.record_id, e.noun from public.search_entries e
         where ${SEEN} and e.title >= p1 and e.title < p2
         order by e.title, e.record_id limit most - cardinality(found)) h;
    elsif way.kind = 'HOLDING' then
      select array_agg(h.record_id), array_agg(h.noun) into ids, kinds from (
        select * from (
          select e.record_id, e.noun, e.title from public.search_entries e
           where ${SEEN} and e.terms like p1 and (p2 is null or e.terms like p2) and (p3 is null or e.terms like p3)
             and e.terms like all (way.patterns) limit 2000) c
         order by c.title, c.record_id limit most - cardinality(found)) h;
    else
      select array_agg(h.record_id), array_agg(h.noun) into ids, kinds from (
        select * from (
          select l.* from (
            select e.record_id, e.noun, e.title, s.first + coalesce(s.second, 0) + coalesce(s.third, 0) as likeness,
                   least(s.first, s.second, s.third) as weakest
              from public.search_entries e cross join lateral (
                select public.word_similarity(p1, e.title) as first, public.word_similarity(p2, e.title) as second,
                       public.word_similarity(p3, e.title) as third) s
             where ${SEEN} and (e.title operator(public.%>) p1 or e.title operator(public.%>) p2
                                  or e.title operator(public.%>) p3)) l
           where (l.weakest >= 0.3 and l.likeness >= 0.45 * least(cardinality(way.patterns), 3))
              or l.likeness >= 0.6 * least(cardinality(way.patterns), 3)
           limit 300) c
         order by c.likeness desc, c.title, c.record_id limit most - cardinality(found)) h;
    end if;
    found := found || coalesce(ids, '{}');
    found_nouns := found_nouns || coalesce(kinds, '{}');
  end loop;
  return query select * from unnest(found_nouns, found);
end $$`;

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
