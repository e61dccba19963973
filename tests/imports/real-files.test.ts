import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TenantTx, withTenant } from '../../db/tenant.ts';
import type { Principal } from '../../server/auth/principal.ts';
import { importFile } from '../../server/domain/imports/import-file.ts';
import type { ImportKind } from '../../server/domain/imports/fields.ts';
import { type MappingInput, mapping } from '../../server/domain/imports/mapping.ts';
import { useTestDatabase } from '../support/database.ts';
import { type Agency, caller, createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
let demo: Agency;

beforeAll(async () => {
  world = await createWorld(database());
  demo = world.demo;
});
afterAll(() => world.close());

const as = (principal: Principal) => caller(world, principal);
const read = <T>(principal: Principal, work: (tx: TenantTx) => Promise<T>) =>
  withTenant(world.appDb, principal, 'read', work);

function file(kind: ImportKind, text: string, document?: MappingInput) {
  const content = Buffer.from(text);
  const given = document ? { mapping: mapping.parse(document) } : {};
  return { kind, fileName: `${kind}.csv`, content, overrides: {}, ...given };
}

function bringIn(principal: Principal, kind: ImportKind, text: string, document?: MappingInput) {
  return importFile(world.jobsDb, principal, file(kind, text, document));
}

async function maven(name: 'accounts' | 'sales_pipeline') {
  const content = await readFile(new URL(`../../db/seed/data/crm/maven-mdy/${name}.csv`, import.meta.url));
  return { fileName: `${name}.csv`, content, overrides: {} };
}

describe('the sales pipeline of Maven Analytics', () => {
  const owner = () => demo.people.owner.principal;

  it('comes in whole, with the right sums', async () => {
    const companies = await importFile(world.jobsDb, owner(), await maven('accounts'));
    expect(companies).toMatchObject({ status: 'DONE', kind: 'companies', rowsCreated: 85, rowsRefused: 0 });
    const begun = performance.now();
    const deals = await importFile(world.jobsDb, owner(), await maven('sales_pipeline'));
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(deals).toMatchObject({
      status: 'DONE',
      kind: 'deals',
      rowsTotal: 8800,
      rowsDone: 8800,
      rowsCreated: 8800,
    });
    const { rows } = await read(owner(), (tx) =>
      sql`select stage, status, count(*) as deals, sum(amount) filter (where amount > 0) as value, min(currency) as currency
            from deals group by stage, status order by deals`.execute(tx),
    );
    expect(rows).toEqual([
      { stage: 'LEAD', status: 'OPEN', deals: 500, value: null, currency: null },
      { stage: 'QUALIFIED', status: 'OPEN', deals: 1589, value: null, currency: null },
      { stage: 'CLOSED', status: 'LOST', deals: 2473, value: null, currency: 'USD' },
      { stage: 'CLOSED', status: 'WON', deals: 4238, value: '10005534.0000', currency: 'USD' },
    ]);
    const facts = await read(owner(), (tx) =>
      sql`select count(*) filter (where company_id is null) as alone, count(distinct rank) as ranks,
                 count(*) filter (where custom_fields->>'product' = 'GTX Pro') as pro,
                 count(*) filter (where custom_fields->>'product' = 'GTXPro') as misspelt,
                 count(*) filter (where closed_on < opened_on) as backwards,
                 count(*) filter (where amount is null) as without_amount from deals`.execute(tx),
    );
    expect(facts.rows).toEqual([
      {
        alone: 1425,
        ranks: expect.any(Number) as number,
        pro: 1480,
        misspelt: 0,
        backwards: 0,
        without_amount: 2089,
      },
    ]);
    const industries = await read(owner(), (tx) =>
      sql`select count(*) filter (where industry = 'technology') as right, count(*) filter (where industry = 'technolgy') as wrong
            from companies`.execute(tx),
    );
    expect(industries.rows).toEqual([{ right: 12, wrong: 0 }]);
  });

  it('keeps each field of a row', async () => {
    const { items } = await as(owner()).deals.list({ q: 'GTX Plus Basic for Cancity', limit: 200 });
    expect(items.find(({ externalId }) => externalId === '1C1I7A6R')).toMatchObject({
      name: 'GTX Plus Basic for Cancity',
      companyName: 'Cancity',
      stage: 'CLOSED',
      status: 'WON',
      probability: 100,
      amount: { amount: '1054.00', currency: 'USD' },
      openedOn: '2016-10-20',
      closedOn: '2017-03-01',
      customFields: { sales_agent: 'Moses Frase', product: 'GTX Plus Basic' },
      ownerId: demo.people.owner.userId,
      createdById: demo.people.owner.userId,
    });
    const companies = await as(owner()).companies.list({ q: 'Acme Corporation', limit: 10 });
    expect(companies.items[0]).toMatchObject({
      industry: 'technology',
      size: 'ENTERPRISE',
      country: 'United States',
      customFields: { employees: 2822, revenue_millions_usd: 1100.04, year_established: 1996 },
    });
  });

  it('tells of every deal once', async () => {
    const { rows } = await read(owner(), (tx) =>
      sql`select type, count(*) as count, count(distinct deal_id) as deals from activities where deal_id is not null group by type`.execute(
        tx,
      ),
    );
    expect(rows).toEqual([{ type: 'DEAL_CREATED', count: 8800, deals: 8800 }]);
  });

  it('imported again changes nothing', async () => {
    const state = () =>
      read(owner(), (tx) =>
        sql`select (select md5(string_agg(d::text, '' order by id)) from deals d) as deals,
                   (select md5(string_agg(c::text, '' order by id)) from companies c) as companies,
                   (select count(*) from activities where type <> 'IMPORT_COMPLETED') as activities`.execute(
          tx,
        ),
      );
    const before = await state();
    const companies = await importFile(world.jobsDb, owner(), await maven('accounts'));
    const deals = await importFile(world.jobsDb, owner(), await maven('sales_pipeline'));
    expect(companies).toMatchObject({ rowsCreated: 0, rowsUpdated: 0, rowsUnchanged: 85 });
    expect(deals).toMatchObject({ rowsCreated: 0, rowsUpdated: 0, rowsUnchanged: 8800 });
    expect((await state()).rows).toEqual(before.rows);
  });

  it('says which aliases it applied', async () => {
    const { items } = await as(owner()).imports.list({ limit: 10 });
    const texts = items.flatMap(({ notes }) => notes.map(({ text, count }) => [text, count]));
    expect(texts).toContainEqual(['product: "GTXPro" is read as "GTX Pro".', 1480]);
    expect(texts).toContainEqual(['industry: "technolgy" is read as "technology".', 12]);
  });
});

describe('another file', () => {
  const document: MappingInput = {
    kind: 'deals',
    encoding: 'windows-1252',
    delimiter: ';',
    dateOrder: 'D/M/Y',
    decimal: ',',
    currency: 'EUR',
    columns: {
      Vorgang: 'externalId',
      Bezeichnung: 'name',
      Kunde: 'company',
      Phase: 'stage',
      Eröffnet: 'openedOn',
      Abschluss: 'closeOn',
      Wert: 'amount',
      Ort: 'custom:city',
    },
    values: {
      stage: {
        Erstkontakt: 'LEAD',
        'Angebot läuft': 'PROPOSAL',
        'Gewonnen!': { stage: 'CLOSED', status: 'WON' },
      },
    },
    aliases: { company: { 'Grün GmbH': 'Grün & Söhne' } },
  };
  const lines = [
    'Vorgang;Bezeichnung;Kunde;Phase;Eröffnet;Abschluss;Wert;Ort',
    'V-1;Frühjahr;Grün GmbH;Gewonnen!;03.04.2026;05.06.2026;1.234,50;Köln',
    'V-2;Sommer;Grün & Söhne;Angebot läuft;04.03.2026;31.12.2026;99,9;',
  ];
  const content = Buffer.from(lines.join('\r\n'), 'latin1');

  it('with other headers, dates and words comes in by its mapping alone', async () => {
    const { principal } = world.rival.people.owner;
    await bringIn(principal, 'companies', 'Name\nGrün & Söhne\n');
    const given = { ...file('deals', '', document), content };
    expect(await importFile(world.jobsDb, principal, given)).toMatchObject({
      status: 'DONE',
      rowsCreated: 2,
    });
    const { items } = await as(principal).deals.list({ sort: 'name', limit: 10 });
    expect(items).toMatchObject([
      {
        name: 'Frühjahr',
        companyName: 'Grün & Söhne',
        stage: 'CLOSED',
        status: 'WON',
        openedOn: '2026-04-03',
        closedOn: '2026-06-05',
        expectedCloseOn: null,
        amount: { amount: '1234.50', currency: 'EUR' },
        customFields: { city: 'Köln' },
      },
      {
        name: 'Sommer',
        stage: 'PROPOSAL',
        status: 'OPEN',
        probability: 50,
        openedOn: '2026-03-04',
        closedOn: null,
        expectedCloseOn: '2026-12-31',
        amount: { amount: '99.90', currency: 'EUR' },
      },
    ]);
  });
});
