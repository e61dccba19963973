import pg from 'pg';
import { openDatabase } from '../../db/client.ts';
import { seedRates } from '../../db/seed/fx-rates.ts';
import {
  provisionAgency,
  provisionBrand,
  provisionPerson,
} from '../../server/domain/organizations/provision.ts';
import { NEWEST_DAY, seedFigures } from './seed-figures.ts';

export const AGENCY = 'bench';
export const MEMBER = 'member@bench.test';
export const OWNER = 'owner@bench.test';

const BRANDS = 10;
const OTHER_AGENCIES = 39;

/**
 * Fills a migrated database as its owner: the agency that is measured, and others beside it, so that an agency is a part
 * of each table. At scale 1: 40 agencies, 20,000 companies, 119,500 contacts, 100,000 deals, a million daily figures.
 */
export async function seed(ownerUrl: string, scale: number): Promise<void> {
  const agency = await provision(ownerUrl);
  await seedRates(ownerUrl);
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'spokestack-bench' });
  await client.connect();
  try {
    await client.query(`set synchronous_commit = off`);
    await client.query('begin');
    await addAgencies(client, Math.max(1, Math.round(OTHER_AGENCIES * scale)));
    const of = { agency, scale };
    await addCompanies(client, of);
    await addContacts(client, of);
    await addTimeline(client, of);
    await addDeals(client, of);
    await seedFigures(client, of);
    await client.query('commit');
    await client.query('vacuum (analyze)');
  } finally {
    await client.end();
  }
}

export interface Seeded {
  agency: string;
  scale: number;
}

/** The measured agency with its brands, its owner, and a member who is assigned to half of them. */
async function provision(ownerUrl: string): Promise<string> {
  const db = openDatabase({ url: ownerUrl, name: 'bench', maxConnections: 1 });
  try {
    const { organizationId } = await provisionAgency(
      db,
      { name: 'Bench', slug: AGENCY, reportingCurrency: 'AED', timeZone: 'Asia/Dubai' },
      { email: OWNER, name: 'Bench Owner', passwordHash: null },
    );
    const brands: string[] = [];
    for (let index = 0; index < BRANDS; index += 1)
      brands.push(
        await provisionBrand(db, organizationId, { name: `Brand ${index}`, slug: `brand-${index}` }),
      );
    await provisionPerson(db, organizationId, {
      email: MEMBER,
      name: 'Bench Member',
      passwordHash: null,
      role: 'MEMBER',
      brandId: null,
      assignedBrandIds: brands.slice(0, BRANDS / 2),
    });
    return organizationId;
  } finally {
    await db.close();
  }
}

async function addAgencies(client: pg.Client, count: number): Promise<void> {
  await client.query(
    `insert into organizations (organization_id, id, type, name, slug, reporting_currency, time_zone)
     select id, id, 'AGENCY', 'Agency ' || n, 'agency-' || n, 'USD', 'UTC'
       from (select app.uuid_v7() as id, n from generate_series(1, $1::int) as n) as made`,
    [count],
  );
}

/** How many records each agency has: the measured one `own`, each other one `others`. */
function counts(own: number, others: number): string {
  return `(select o.id, n, array(select b.id from organizations b where b.organization_id = o.id and b.type = 'BRAND'
                                  order by b.slug) as brands,
                  (select m.user_id from memberships m where m.organization_id = o.id and m.role = 'OWNER') as owner
             from organizations o, generate_series(1, case when o.id = $1 then ${own} else ${others} end) as n
            where o.type = 'AGENCY') as o`;
}

const brandOf = 'o.brands[1 + o.n % greatest(1, cardinality(o.brands))]';

async function addCompanies(client: pg.Client, { agency, scale }: Seeded): Promise<void> {
  await client.query(
    `insert into companies (organization_id, brand_id, owner_id, created_by_id, name, legal_name, industry, website,
                            domains, size, type, email, phone, street, city, country, postal_code, tags)
     select o.id, ${brandOf}, o.owner, o.owner,
            (array['Northern','Atlas','Blue','Crescent','Delta','Ember','Falcon','Golden'])[1 + o.n % 8] || ' ' ||
            (array['Foods','Media','Motors','Retail','Studios','Travel','Ventures'])[1 + o.n % 7] || ' ' || o.n,
            'Company ' || o.n || ' FZ-LLC', (array['retail','software','medical','finance'])[1 + o.n % 4],
            'https://company-' || o.n || '.example', array['company-' || o.n || '.example'],
            (array['SOLO','SMALL','MEDIUM','LARGE'])[1 + o.n % 4]::company_size,
            (array['PROSPECT','CLIENT','PARTNER'])[1 + o.n % 3]::company_type, 'office@company-' || o.n || '.example',
            '+971 4 555 ' || lpad(o.n::text, 4, '0'), o.n || ' Harbour Street', 'Dubai', 'AE', '00000',
            array['imported']
       from ${counts(Math.ceil(5000 * scale), 385)}`,
    [agency],
  );
}

const FIRST_NAMES =
  'Mohammed,Ahmed,Fatima,Omar,Layla,Jonathan,Maria,José,Zeynep,Hassan,Noura,Khalid,Priya,Rahul,Anna,Peter,Sofia,Lucas';
const SYLLABLES = 'al,ra,men,to,ki,sha,bel,dor,vin,qua,zen,mar,lo,fin,ghar,tes,bur,nak,hel,wis';

/** 18 first names by 8,000 last names, made of syllables. What keeps duplicates apart is not measured here and waits. */
async function addContacts(client: pg.Client, { agency, scale }: Seeded): Promise<void> {
  await client.query('alter table contacts disable trigger keep_keys_of_added');
  await client.query(
    `insert into contacts (organization_id, brand_id, owner_id, created_by_id, first_name, last_name, emails, phones, x_handle)
     select o.id, ${brandOf}, o.owner, o.owner, w.first[1 + o.n * 31 % 18],
            initcap(w.part[1 + o.n % 20] || w.part[1 + o.n / 20 % 20] || w.part[1 + o.n / 400 % 20]),
            array['person' || o.n || '@company-' || o.n % 5000 || '.example'],
            array['+971 50 ' || lpad((o.n::bigint * 7919 % 10000000)::text, 7, '0')], 'person' || o.n
       from ${counts(Math.ceil(100_000 * scale), 500)},
            (select string_to_array($2, ',') as first, string_to_array($3, ',') as part) as w`,
    [agency, FIRST_NAMES, SYLLABLES],
  );
  await client.query('alter table contacts enable trigger keep_keys_of_added');
}

/** One company of the measured agency has a long history. */
async function addTimeline(client: pg.Client, { agency }: Seeded): Promise<void> {
  await client.query(
    `insert into activities (organization_id, type, description, actor_kind, company_id, brand_id, created_at)
     select c.organization_id, 'COMPANY_UPDATED', 'Company ' || c.name || ' changed', 'JOB', c.id, c.brand_id,
            $2::date - n * interval '1 hour'
       from (select * from companies where organization_id = $1 order by name_key limit 1) c, generate_series(1, 500) n`,
    [agency, NEWEST_DAY],
  );
}

/** Half of the deals are open, spread over the stages; three of four have an amount in one of three currencies. */
async function addDeals(client: pg.Client, { agency, scale }: Seeded): Promise<void> {
  await client.query(
    `with places as (select organization_id, id, row_number() over (partition by organization_id order by id) as place,
                            count(*) over (partition by organization_id) as total from companies)
     insert into deals (organization_id, brand_id, owner_id, created_by_id, company_id, name, stage, status, probability,
                        amount, currency, opened_on, expected_close_on, closed_on, rank)
     select o.id, ${brandOf}, o.owner, o.owner, c.id, 'Deal ' || o.n,
            (case when o.n % 2 = 1 then 'CLOSED'
                  else (array['LEAD','QUALIFIED','PROPOSAL','NEGOTIATION'])[1 + (o.n / 2) % 4] end)::deal_stage,
            (case when o.n % 2 = 0 then 'OPEN' when o.n % 3 = 0 then 'LOST' else 'WON' end)::deal_status, 10 * (o.n % 10),
            case when o.n % 4 > 0 then (o.n * 37 % 100000) + 0.25 end, (array['USD','AED','EUR'])[1 + o.n % 3],
            $2::date - o.n % 400, $2::date + o.n % 90, case when o.n % 2 = 1 then $2::date - o.n % 200 end,
            'a' || lpad((o.n * 7919 % 1000003)::text, 8, '0')
       from ${counts(Math.ceil(20_000 * scale), 2051)}
       join places c on c.organization_id = o.id and c.place = 1 + o.n % c.total`,
    [agency, NEWEST_DAY],
  );
}
