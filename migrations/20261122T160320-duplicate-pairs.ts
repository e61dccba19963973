import { type Kysely, sql } from 'kysely';

/**
 * Which records may be one: found when a key is written, among those that hold the same value and those of the same
 * block, so that neither a page nor a write ever compares all with all. What people said of a pair stands apart.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createPairs(db);
  await createDismissals(db);
  await createVerdict(db);
  for (const noun of nouns) {
    await createRefreshPairs(db, noun);
    await createTriggers(db, noun);
    await backfill(db, noun);
  }
}

interface Noun {
  table: 'companies' | 'contacts';
  column: 'company_id' | 'contact_id';
  name: 'COMPANY' | 'CONTACT';
  /** The keys of a row named r. */
  keys: string;
  /** What the keys are made from: a change of these alone is looked at. */
  fields: readonly string[];
}

const nouns: readonly Noun[] = [
  {
    table: 'companies',
    column: 'company_id',
    name: 'COMPANY',
    keys: 'app.keys_of_company(r.name, r.email, r.phone, r.website, r.domains, r.linkedin_url, r.x_handle)',
    fields: ['name', 'email', 'phone', 'website', 'domains', 'linkedin_url', 'x_handle'],
  },
  {
    table: 'contacts',
    column: 'contact_id',
    name: 'CONTACT',
    keys: 'app.keys_of_contact(r.first_name, r.last_name, r.emails, r.phones || r.mobile, r.linkedin_url, r.x_handle, r.company_id)',
    fields: [
      'first_name',
      'last_name',
      'emails',
      'phones',
      'mobile',
      'linkedin_url',
      'x_handle',
      'company_id',
    ],
  },
];

const pair = `
  id uuid not null default app.uuid_v7(),
  company_id uuid,
  other_company_id uuid,
  contact_id uuid,
  other_contact_id uuid,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  check (num_nonnulls(company_id, contact_id) = 1),
  check (num_nulls(company_id, other_company_id) <> 1 and num_nulls(contact_id, other_contact_id) <> 1),
  unique (organization_id, company_id, other_company_id),
  unique (organization_id, contact_id, other_contact_id)`;

/** A pair is seen by who sees both. */
const bothVisible = (table: string) =>
  `(select app.sees_all()) or ${[
    ['companies', 'company_id'],
    ['contacts', 'contact_id'],
  ]
    .map(
      ([of, column]) =>
        `(${column} is not null and ${[column, `other_${column}`]
          .map(
            (name) =>
              `exists (select from ${of} r where r.organization_id = ${table}.organization_id and r.id = ${table}.${name})`,
          )
          .join(' and ')})`,
    )
    .join(' or ')}`;

async function createPairs(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table duplicate_pairs (
      organization_id uuid not null references organizations (id) on delete cascade, ${sql.raw(pair)},
      score smallint not null check (score between 0 and 100),
      reasons text[] not null
    )`.execute(db);
  await sql`comment on table duplicate_pairs is 'Two records that may be one, the elder first, with how likely (of 100) and why. Kept by triggers; nobody writes here.'`.execute(
    db,
  );
  await indexOthers(db, 'duplicate_pairs');
  await sql`call app.protect('duplicate_pairs', ${sql.lit(bothVisible('duplicate_pairs'))}, 'select')`.execute(
    db,
  );
}

async function createDismissals(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table duplicate_dismissals (
      organization_id uuid not null, ${sql.raw(pair)},
      created_by_id uuid references users (id) on delete set null,
      check (company_id <> other_company_id and contact_id <> other_contact_id),
      foreign key (organization_id, company_id) references companies (organization_id, id) on delete cascade,
      foreign key (organization_id, other_company_id) references companies (organization_id, id) on delete cascade,
      foreign key (organization_id, contact_id) references contacts (organization_id, id) on delete cascade,
      foreign key (organization_id, other_contact_id) references contacts (organization_id, id) on delete cascade
    )`.execute(db);
  await sql`comment on table duplicate_dismissals is 'Two records that somebody said are not one. A merge of either carries it on, so the order of the two says nothing.'`.execute(
    db,
  );
  await indexOthers(db, 'duplicate_dismissals');
  await sql`create index duplicate_dismissals_author on duplicate_dismissals (created_by_id)`.execute(db);
  await sql`call app.protect('duplicate_dismissals', ${sql.lit(bothVisible('duplicate_dismissals'))}, 'select, insert, delete')`.execute(
    db,
  );
}

async function indexOthers(db: Kysely<unknown>, table: string): Promise<void> {
  for (const noun of ['company', 'contact']) {
    await sql`create index ${sql.id(`${table}_${noun}`)} on ${sql.table(table)} (organization_id, ${sql.id(`${noun}_id`)})
      where ${sql.id(`${noun}_id`)} is not null`.execute(db);
    await sql`create index ${sql.id(`${table}_other_${noun}`)} on ${sql.table(table)} (organization_id, ${sql.id(`other_${noun}_id`)})
      where ${sql.id(`other_${noun}_id`)} is not null`.execute(db);
  }
}

async function createVerdict(db: Kysely<unknown>): Promise<void> {
  const signature =
    'app.duplicate_verdict(noun public.record_noun, kinds public.record_key_kind[], likeness real, same_company boolean)';
  // Signs are taken as independent: what none of them proves is what they leave open together. Below a likeness of
  // 0.3 names share next to nothing, and a shared phone or mailbox is the likelier story.
  await sql`
    create function ${sql.raw(signature)} returns table (score smallint, reasons text[])
      language sql immutable parallel safe begin atomic
      with signs as (
        select * from (values
          ('SAME_EMAIL', 'EMAIL' = any (kinds), case noun when 'CONTACT' then 0.9 else 0.8 end),
          ('SAME_HANDLE', 'HANDLE' = any (kinds), 0.85),
          ('SAME_DOMAIN', 'DOMAIN' = any (kinds), 0.8),
          ('SAME_PHONE', 'PHONE' = any (kinds), case noun when 'CONTACT' then 0.7 else 0.6 end),
          ('SAME_NAME', 'NAME' = any (kinds), case when noun = 'COMPANY' then 0.75 when same_company then 0.85 else 0.6 end),
          ('SIMILAR_NAME', 'NAME' <> all (kinds) and likeness >= 0.6,
            likeness * case when noun = 'COMPANY' then 0.7 when same_company then 0.8 else 0.6 end)
        ) as s (reason, holds, weight) where holds)
      select round(100 * (1 - coalesce(exp(sum(ln(1 - weight::numeric))), 1))
               * case when 'NAME' <> all (kinds) and likeness < 0.3 then 0.7 else 1 end)::smallint,
             array_agg(reason order by weight desc, reason)
               || case when same_company and 'NAME' = any (kinds) or same_company and likeness >= 0.6 then array['SAME_COMPANY'] else '{}' end
               || case when 'NAME' <> all (kinds) and likeness < 0.3 then array['OTHER_NAME'] else '{}' end
        from signs having count(*) > 0; end`.execute(db);
  await sql`revoke execute on function ${sql.raw(signature)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(signature)} to spokestack_app, spokestack_jobs`.execute(db);
  await sql`comment on function ${sql.raw(signature)} is 'How likely (of 100) and why two records with these keys in common and names this alike are one; no row where nothing speaks for it.'`.execute(
    db,
  );
}

/** A value that many hold (a switchboard, info@) shows nothing, and a crowded block is not looked through. */
const MOST_HOLDERS = 20;
const MOST_IN_BLOCK = 200;

async function createRefreshPairs(db: Kysely<unknown>, noun: Noun): Promise<void> {
  const { table, column, name } = noun;
  const holders = (kinds: string, most: number) => `
    select least(k.${column}, o.${column}) as elder, greatest(k.${column}, o.${column}) as younger, k.kind
      from mine k cross join lateral (
        select t.${column}, count(*) over () as held from (
          select t.${column} from public.record_keys t
           where t.organization_id = agency and t.value = k.value and t.kind = k.kind and t.noun = '${name}'
           limit ${most + 1}) t) o
     where k.kind ${kinds} 'BLOCK' and o.held <= ${most} and o.${column} <> k.${column}`;
  // The records themselves are not read: their keys tell the name and the company.
  const told = (whose: string) => `(
    select max(k.value) filter (where k.kind = 'NAME') as name,
           max(split_part(k.value, ':', 2)) filter (where k.kind = 'BLOCK' and starts_with(k.value, 'company:')) as company
      from public.record_keys k where k.organization_id = agency and k.${column} = m.${whose})`;
  await privileged(db, {
    signature: `app.refresh_pairs_of_${table}(agency uuid, ids uuid[])`,
    returns: 'void language plpgsql',
    comment: 'Writes anew which others these records may be one with.',
    body: `begin
      with mine as (select k.${column}, k.kind, k.value from public.record_keys k
                     where k.organization_id = agency and k.${column} = any (ids)),
      met as (${holders('<>', MOST_HOLDERS)} union ${holders('=', MOST_IN_BLOCK)}),
      pairs as (
        select m.elder, m.younger, v.score, v.reasons
          from (select elder, younger, array_agg(kind) as kinds from met group by elder, younger) m
         cross join lateral ${told('elder')} a cross join lateral ${told('younger')} b
         cross join lateral app.duplicate_verdict('${name}', m.kinds,
           coalesce(public.similarity(a.name, b.name), 0), coalesce(a.company = b.company, false)) v),
      gone as (
        delete from public.duplicate_pairs p
         where p.organization_id = agency and (p.${column} = any (ids) or p.other_${column} = any (ids))
           and not exists (select from pairs n where n.elder = p.${column} and n.younger = p.other_${column}))
      insert into public.duplicate_pairs as p (organization_id, ${column}, other_${column}, score, reasons)
        select agency, elder, younger, score, reasons from pairs
        on conflict (organization_id, ${column}, other_${column}) do update
          set score = excluded.score, reasons = excluded.reasons
          where (p.score, p.reasons) is distinct from (excluded.score, excluded.reasons);
    end`,
  });
}

async function createTriggers(db: Kysely<unknown>, noun: Noun): Promise<void> {
  const { table } = noun;
  await privileged(db, {
    signature: `app.keep_keys_of_${table}()`,
    returns: 'trigger language plpgsql',
    comment:
      'Trigger: keeps what may show that two records are one, whichever way a record is written. The serving roles cannot write there.',
    body: keepKeys(noun),
  });
  const keep = sql.raw(`app.keep_keys_of_${table}()`);
  const on = sql.table(table);
  await sql`create trigger keep_keys_of_added after insert on ${on}
    referencing new table as added for each statement execute function ${keep}`.execute(db);
  await sql`create trigger keep_keys_of_changed after update on ${on}
    referencing new table as added old table as removed for each statement execute function ${keep}`.execute(
    db,
  );
  await sql`create trigger keep_keys_of_removed after delete on ${on}
    referencing old table as removed for each statement execute function ${keep}`.execute(db);
}

/** The body of the trigger, for rows as they come: before the statement ends no statistics know them. */
function keepKeys({ table, column, name, keys, fields }: Noun): string {
  const of = (row: string) => `(${fields.map((field) => `${row}.${field}`).join(', ')})`;
  const forget = (from: string) => `
    delete from public.record_keys k using ${from}
     where k.organization_id = r.organization_id and k.${column} = r.id`;
  const write = `insert into public.record_keys (organization_id, noun, ${column}, kind, value)
    select r.organization_id, '${name}', r.id, k.kind, k.value from added r cross join lateral ${keys} k`;
  return `
    declare
      agency uuid;
      changed uuid[];
    begin
      if tg_op = 'DELETE' then
        ${forget('removed r')};
        delete from public.duplicate_pairs p using removed r
         where p.organization_id = r.organization_id and (p.${column} = r.id or p.other_${column} = r.id);
      elsif tg_op = 'INSERT' then
        ${write};
        for agency, changed in select r.organization_id, array_agg(r.id) from added r group by r.organization_id loop
          perform app.refresh_pairs_of_${table}(agency, changed);
        end loop;
      else
        for agency, changed in
          select r.organization_id, array_agg(r.id) from added r
            join removed o on o.organization_id = r.organization_id and o.id = r.id
           where ${of('r')} is distinct from ${of('o')} group by r.organization_id
        loop
          delete from public.record_keys k where k.organization_id = agency and k.${column} = any (changed);
          ${write} where r.organization_id = agency and r.id = any (changed);
          perform app.refresh_pairs_of_${table}(agency, changed);
        end loop;
      end if;
      return null;
    end`;
}

/** What stands already, as if each were written now. */
async function backfill(db: Kysely<unknown>, { table, column, name, keys }: Noun): Promise<void> {
  await sql`insert into record_keys (organization_id, noun, ${sql.id(column)}, kind, value)
    select r.organization_id, ${sql.lit(name)}, r.id, k.kind, k.value
      from ${sql.table(table)} r cross join lateral ${sql.raw(keys)} k`.execute(db);
  await sql`select ${sql.raw(`app.refresh_pairs_of_${table}`)}(organization_id, array_agg(id))
    from ${sql.table(table)} group by organization_id`.execute(db);
}

interface PrivilegedFunction {
  signature: string;
  returns: string;
  comment: string;
  body: string;
}

/** A function with its owner's rights that the triggers call and nobody else may. */
async function privileged(db: Kysely<unknown>, made: PrivilegedFunction): Promise<void> {
  const { signature, returns, comment, body } = made;
  await sql`create function ${sql.raw(signature)} returns ${sql.raw(returns)}
    security definer set search_path = pg_catalog, pg_temp as ${sql.lit(body)}`.execute(db);
  await sql`revoke execute on function ${sql.raw(signature)} from public`.execute(db);
  await sql`comment on function ${sql.raw(signature)} is ${sql.lit(comment)}`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
