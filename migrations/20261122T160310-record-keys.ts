import { type Kysely, sql } from 'kysely';

/**
 * What makes two records look like one: their mails, phones, handles, domains and names, each written in one way and
 * kept beside the record by triggers, so that whoever holds the same is found through an index.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createTable(db);
  await createReachKeys(db);
  await createHosts(db);
  await createNameKeys(db);
  await createKeysOf(db);
}

async function createTable(db: Kysely<unknown>): Promise<void> {
  await sql`create type record_key_kind as enum ('EMAIL', 'PHONE', 'HANDLE', 'DOMAIN', 'NAME', 'BLOCK')`.execute(
    db,
  );
  await sql`comment on type record_key_kind is 'BLOCK is no sign of its own: names are compared for likeness among those of a block alone.'`.execute(
    db,
  );
  // No foreign key to the records, whose triggers write and remove here: each would be looked for once more, and before
  // the statistics know a table that is being filled, through an index that reads the whole agency.
  await sql`
    create table record_keys (
      organization_id uuid not null references organizations (id) on delete cascade,
      id uuid not null default app.uuid_v7(),
      noun record_noun not null,
      company_id uuid,
      contact_id uuid,
      kind record_key_kind not null,
      value text collate "C" not null,
      created_at timestamptz not null default now(),
      primary key (organization_id, id),
      check (num_nonnulls(company_id, contact_id) = 1)
    )`.execute(db);
  await sql`comment on table record_keys is 'What may show that two records are one, as it is compared. Kept by triggers; nobody writes here.'`.execute(
    db,
  );
  // The value leads: comparing an enum is not leakproof, so under a policy it is no index condition.
  await sql`create index record_keys_value on record_keys (organization_id, value, kind, noun)`.execute(db);
  await sql`create index record_keys_company on record_keys (organization_id, company_id) where company_id is not null`.execute(
    db,
  );
  await sql`create index record_keys_contact on record_keys (organization_id, contact_id) where contact_id is not null`.execute(
    db,
  );
  await sql`call app.protect('record_keys',
    '(select app.sees_all()) or ' || app.visible_through('record_keys', '{company,contact}'), 'select')`.execute(
    db,
  );
}

async function createReachKeys(db: Kysely<unknown>): Promise<void> {
  await pure(db, {
    signature: 'app.email_key(value text)',
    comment: 'A mail address as it is compared.',
    body: `nullif(left(lower(btrim(value)), 254), '')`,
  });
  await pure(db, {
    signature: 'app.phone_key(value text)',
    comment:
      'The last nine digits of a phone number, so that a number is one with and without its country; fewer than seven are no number. An extension is left out.',
    body: `(select case when length(digits) >= 7 then right(digits, 9) end
      from regexp_replace(regexp_replace(regexp_replace(app.fold(value), '(x|ext|#).*$', ''), '[^0-9]', '', 'g'), '^00', '') digits)`,
  });
  await pure(db, {
    signature: 'app.handle_key(value text)',
    comment:
      'An X handle without its @ or address, or the part of a LinkedIn address that names somebody; each says whose network it is of.',
    body: `case when value ~* 'linkedin\\.com/'
      then 'linkedin:' || left(lower(substring(value from '(?i)linkedin\\.com/((?:in|pub|company|school|showcase)/[^/?#\\s]+)')), 200)
      else 'x:' || nullif(left(lower(substring(regexp_replace(btrim(value), '^(https?://)?(www\\.|mobile\\.)?(twitter|x)\\.com/', '', 'i')
        from '^@?([^/?#\\s]+)')), 200), '') end`,
  });
}

async function createHosts(db: Kysely<unknown>): Promise<void> {
  await pure(db, {
    signature: 'app.is_shared_host(host text)',
    returns: 'boolean',
    comment:
      'Whether many have their mail or their page at this host, so that it is a sign of nobody: free mail, social networks, builders of sites.',
    body: `lower(host) ~ ('(^|\\.)(' || concat_ws('|',
        '(gmail|googlemail|outlook|hotmail|live|msn|icloud|me|mac|aol|gmx|mail|email|zoho|protonmail|proton|pm|tutanota|fastmail|hey|yandex|rediffmail|inbox|maktoob|eim)\\.(com|net|me|de|ae|ru|eu|org)',
        '(yahoo|ymail|rocketmail|hotmail|live|outlook|gmx)\\.([a-z]{2}|co\\.[a-z]{2}|com\\.[a-z]{2}|com)',
        '(web|t-online|freenet)\\.de', '(orange|free|laposte|wanadoo|sfr)\\.fr', '(libero|virgilio|tiscali)\\.it',
        '(qq|163|126|sina|naver|daum|comcast|verizon|btinternet|emirates|etisalat)\\.(com|net|ae)',
        '(facebook|fb|instagram|linkedin|twitter|x|tiktok|youtube|snapchat|pinterest|threads|medium|behance|github|whatsapp|telegram)\\.(com|net|me|org)',
        '(t|wa|youtu|linktr|bit|beacons|bio)\\.(me|be|ee|ly|ai|link)',
        '(wixsite|wordpress|blogspot|weebly|squarespace|myshopify|godaddysites|webflow|notion|carrd)\\.(com|io|site|co)',
        '(sites|docs|drive|maps|forms)\\.google\\.com', '(example|localhost)\\.(invalid|local)') || ')$')`,
  });
  await pure(db, {
    signature: 'app.domain_key(value text)',
    comment: 'The host of a domain or an address, without www; NULL for one that many share.',
    body: `(select case when host ~ '\\.' and not app.is_shared_host(host) then left(host, 253) end
      from regexp_replace(btrim(substring(regexp_replace(lower(btrim(value)), '^[a-z][a-z0-9+.-]*://', '') from '^(?:[^@/?#]*@)?([^/?#:@]*)'), '. '),
        '^www[0-9]?\\.', '') host)`,
  });
}

async function createNameKeys(db: Kysely<unknown>): Promise<void> {
  await pure(db, {
    signature: 'app.words(value text)',
    comment: 'The words of a folded text, one space between; dots and apostrophes join, other marks part.',
    body: `btrim(regexp_replace(regexp_replace(app.fold(value), '[.''\\u2019\\u0060]', '', 'g'),
      '[\\s\\u0021-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u007e\\u00a1-\\u00bf\\u060c\\u061b\\u061f\\u2010-\\u205e]+', ' ', 'g'))`,
  });
  await pure(db, {
    signature: 'app.person_key(value text)',
    comment: 'A person’s name whichever of its words comes first.',
    body: `(select left(string_agg(word, ' ' order by word collate pg_catalog."C"), 200)
      from regexp_split_to_table(app.words(value), ' ') word where word <> '')`,
  });
  await pure(db, {
    signature: 'app.company_key(value text)',
    comment: 'A company’s name without its legal form, an article before it, or marks.',
    body: `(select left(coalesce(nullif(btrim(regexp_replace(regexp_replace(words, '^(the|شركه) ', ''),
        '( (and )?(ltd|limited|llc|llp|lp|inc|incorporated|corp|corporation|co|company|plc|gmbh|mbh|ag|kg|ug|se|sa|sas|sarl|srl|spa|bv|nv|ab|as|oy|aps|pty|pte|sdn|bhd|fz|fzc|fzco|fze|dmcc|difc|wll|psc|pjsc|jsc|saog|saoc|est|doo|kft|sro|ltda|eirl|pvt|private|ذمم|شمم|شمع|المحدوده|محدوده))+$', '')), ''), nullif(words, '')), 200)
      from app.words(replace(value, '&', ' and ')) words)`,
  });
}

async function createKeysOf(db: Kysely<unknown>): Promise<void> {
  const returns = 'table (kind public.record_key_kind, value text)';
  await pure(db, {
    signature:
      'app.keys_of_contact(first_name text, last_name text, emails text[], phones text[], linkedin_url text, x_handle text, company_id uuid)',
    returns,
    comment: 'The keys of a person with these fields, stored or only typed so far.',
    isStrict: false,
    body: `declare
        first text := app.words(first_name);
        last text := app.words(last_name);
      begin
        return query select distinct k.kind::public.record_key_kind, k.value from (
          select 'EMAIL' as kind, app.email_key(e) as value from unnest(emails) e
          union all select 'PHONE', app.phone_key(p) from unnest(phones) p
          union all select 'HANDLE', app.handle_key(h) from unnest(array[linkedin_url, x_handle]) h where h <> ''
          union all values
            ('NAME', app.person_key(concat_ws(' ', first, last))),
            ('BLOCK', 'last:' || nullif(left(split_part(last, ' ', -1), 100), '') || ':' || nullif(left(first, 1), '')),
            ('BLOCK', 'first:' || nullif(left(split_part(first, ' ', 1), 100), '') || ':' || nullif(left(last, 1), '')),
            ('BLOCK', 'company:' || company_id || ':' || nullif(left(first, 1), ''))) k
         where k.value <> '';
      end`,
  });
  await pure(db, {
    signature:
      'app.keys_of_company(name text, email text, phone text, website text, domains text[], linkedin_url text, x_handle text)',
    returns,
    comment: 'The keys of a company with these fields, stored or only typed so far.',
    isStrict: false,
    body: `declare
        plain text := app.company_key(name);
      begin
        return query select distinct k.kind::public.record_key_kind, k.value from (
          select 'HANDLE' as kind, app.handle_key(h) as value from unnest(array[linkedin_url, x_handle]) h where h <> ''
          union all select 'DOMAIN', app.domain_key(d) from unnest(domains || website) d
          union all values
            ('EMAIL', app.email_key(email)),
            ('PHONE', app.phone_key(phone)),
            ('NAME', plain),
            ('BLOCK', 'start:' || nullif(left(replace(plain, ' ', ''), 4), ''))) k
         where k.value <> '';
      end`,
  });
}

interface PureFunction {
  signature: string;
  comment: string;
  /** A body of PL/pgSQL: called once a row, it is several times as fast as one of SQL that cannot be inlined. */
  body: string;
  returns?: string;
  isStrict?: boolean;
}

/** A function of its arguments alone. */
async function pure(db: Kysely<unknown>, made: PureFunction): Promise<void> {
  const { signature, comment, body, returns = 'text', isStrict = true } = made;
  const written = /^(declare|begin)/.test(body) ? body : `begin return ${body}; end`;
  await sql`create function ${sql.raw(signature)} returns ${sql.raw(returns)} language plpgsql immutable parallel safe
    ${sql.raw(isStrict ? 'strict' : '')} as ${sql.lit(written)}`.execute(db);
  await sql`revoke execute on function ${sql.raw(signature)} from public`.execute(db);
  await sql`grant execute on function ${sql.raw(signature)} to spokestack_app, spokestack_jobs`.execute(db);
  await sql`comment on function ${sql.raw(signature)} is ${sql.lit(comment)}`.execute(db);
}

export function down(): Promise<void> {
  return Promise.reject(new Error('Not reversed: restore a backup instead.'));
}
