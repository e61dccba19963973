import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const asRival = (name: PersonName) => caller(world, world.rival.people[name].principal);

async function found(q: string, name: PersonName = 'owner'): Promise<string[]> {
  const { items, nextCursor } = await as(name).search.records({ q });
  expect(nextCursor).toBeNull();
  return items.map(({ type, title }) => `${type} ${title}`);
}

describe('searching', () => {
  test('finds every kind of record: what begins with the text first, then what holds it', async () => {
    const company = await as('owner').companies.create({ name: 'Zenith Media', industry: 'Advertising' });
    await as('owner').companies.create({ name: 'Old zenith' });
    await as('owner').contacts.create({
      firstName: 'Zeni',
      lastName: 'Thomas',
      emails: ['zt@zenith.example'],
    });
    await as('owner').deals.create({ name: 'Retainer for Zenith', companyId: company.id, stage: 'PROPOSAL' });
    await world.ownerDb.pool.query(
      `insert into campaigns (organization_id, name, brand_id, status) values ($1, 'Zenith Ramadan', $2, 'PENDING_APPROVAL')`,
      [world.demo.organizationId, world.demo.brands.second],
    );
    await world.ownerDb.pool.query(
      `insert into ad_accounts (organization_id, platform, native_id, name, currency, time_zone)
       values ($1, 'META', '1029384756', 'Zenith AE', 'AED', 'Asia/Dubai')`,
      [world.demo.organizationId],
    );
    const { items } = await as('owner').search.records({ q: 'zenith' });
    expect(items.map(({ type, title, subtitle }) => [type, title, subtitle])).toEqual([
      ['adAccount', 'Zenith AE', 'Meta · 1029384756'],
      ['company', 'Zenith Media', 'Advertising'],
      ['campaign', 'Zenith Ramadan', 'Pending Approval · Second of demo'],
      ['company', 'Old zenith', null],
      ['deal', 'Retainer for Zenith', 'Proposal · Zenith Media'],
      ['contact', 'Zeni Thomas', 'zt@zenith.example'],
    ]);
  });

  test('finds an ad account by its id however it is copied', async () => {
    await world.ownerDb.pool.query(
      `insert into ad_accounts (organization_id, platform, native_id, name, currency, time_zone)
       values ($1, 'GOOGLE', '1234567890', 'By its id', 'AED', 'Asia/Dubai')`,
      [world.demo.organizationId],
    );
    for (const q of ['act_1234567890', '123-456-7890', '1234567890', '12345']) {
      expect(await found(q)).toEqual(['adAccount By its id']);
    }
  });

  test('finds a person by mail address and last name, and a record by its id elsewhere', async () => {
    await as('owner').contacts.create({
      firstName: 'Omar',
      lastName: 'Quraishi',
      emails: ['first@one.example', 'omar@quill.example'],
    });
    await as('owner').deals.create({ name: 'Imported', externalId: '1C1I7A6R' });
    expect(await found('omar@quill')).toEqual(['contact Omar Quraishi']);
    expect(await found('quraishi')).toEqual(['contact Omar Quraishi']);
    expect(await found('1C1I7A6R')).toEqual(['deal Imported']);
    expect(await found('1c1i')).toEqual(['deal Imported']);
  });

  test('takes wildcards for letters and what is deleted for gone', async () => {
    const gone = await as('owner').companies.create({ name: '50% off_grid' });
    expect(await found('50%')).toEqual(['company 50% off_grid']);
    expect(await found('off_g')).toEqual(['company 50% off_grid']);
    expect(await found('5_%')).toEqual([]);
    await as('owner').companies.archive({ companyId: gone.id });
    expect(await found('50%')).toEqual([]);
  });

  test('answers twenty unless said, and refuses an empty text and an unknown field', async () => {
    for (let index = 0; index < 25; index += 1) await as('owner').companies.create({ name: `Many ${index}` });
    expect(await found('many')).toHaveLength(20);
    expect((await as('owner').search.records({ q: 'many', limit: 3 })).items).toHaveLength(3);
    const search = (sent: object) => refusedFields(as('owner').search.records(sent as { q: string }));
    expect(await search({ q: '' })).toEqual(['invalid', 'q']);
    expect(await search({ q: '   ' })).toEqual(['invalid', 'q']);
    expect(await search({})).toEqual(['invalid', 'q']);
    expect(await search({ q: 'x', type: 'task' })).toEqual(['invalid', 'type']);
    expect(await search({ q: 'x', noun: 'deal' })).toEqual(['invalid', 'noun']);
    expect(await search({ q: 'x', limit: 51 })).toEqual(['invalid', 'limit']);
  });

  test('finds a phone and a handle however they are written', async () => {
    await as('owner').contacts.create({
      firstName: 'Rana',
      lastName: 'Phones',
      phones: ['+971 (50) 765-4321'],
      xHandle: '@rana.reads',
    });
    for (const q of ['+971 50 765 4321', '00971507654321', '050 765 4321', '7654321', '+971 50 7'])
      expect(await found(q)).toContain('contact Rana Phones');
    expect(await found('@rana')).toEqual(['contact Rana Phones']);
    expect(await found('rana.reads')).toEqual(['contact Rana Phones']);
  });

  test('finds by the beginnings of words in any order, by parts of them, and through typos', async () => {
    await as('owner').contacts.create({ firstName: 'Jonathan', lastName: 'Wycliffe' });
    await as('owner').companies.create({ name: 'Al-Wahda Trading' });
    expect(await found('wyc jon')).toEqual(['contact Jonathan Wycliffe']);
    expect(await found('ycliff')).toEqual(['contact Jonathan Wycliffe']);
    expect(await found('jonathon wyclife')).toEqual(['contact Jonathan Wycliffe']);
    expect(await found('wahda')).toEqual(['company Al-Wahda Trading']);
    expect(await found('wy')).toEqual(['contact Jonathan Wycliffe']);
    expect(await found('zqxv')).toEqual([]);
  });

  test('finds through several typos, of which one may hide its word', async () => {
    await as('owner').companies.create({ name: 'Layanara Beauty' });
    expect(await found('layanara beuty')).toEqual(['company Layanara Beauty']);
    expect(await found('laynara beuty')).toEqual(['company Layanara Beauty']);
    expect(await found('layanara quixotic')).toEqual([]);
  });

  test('finds accents without them, and Arabic whichever way its letters are written', async () => {
    await as('owner').contacts.create({ firstName: 'Zoë', lastName: 'Çelik-Ñáñez' });
    await as('owner').contacts.create({ firstName: 'أحمد', lastName: 'الـهاشِمي' });
    expect(await found('zoe celik')).toEqual(['contact Zoë Çelik-Ñáñez']);
    expect(await found('nanez')).toEqual(['contact Zoë Çelik-Ñáñez']);
    expect(await found('احمد الهاشمى')).toEqual(['contact أحمد الـهاشِمي']);
    expect(await found('هاشم')).toEqual(['contact أحمد الـهاشِمي']);
  });

  test('looks among one type where the question or the field says so', async () => {
    const { id } = await as('owner').companies.create({ name: 'Scoped' });
    await as('owner').deals.create({ name: 'Scoped', companyId: id });
    expect(await found('deal: scoped')).toEqual(['deal Scoped']);
    expect(await found('client:scoped')).toEqual(['company Scoped']);
    expect(await found('COMPANY: scoped')).toEqual(['company Scoped']);
    expect(await found('contact:scoped')).toEqual([]);
    expect(await found('deal:')).toEqual([]);
    const { items } = await as('owner').search.records({ q: 'scoped', type: 'deal' });
    expect(items.map(({ type }) => type)).toEqual(['deal']);
    expect((await as('owner').search.records({ q: 'deal:scoped', type: 'company' })).items).toEqual([]);
  });

  test('finds a record by its own id, and follows each change of a name', async () => {
    const company = await as('owner').companies.create({ name: 'Before the change' });
    expect(await found(company.id)).toEqual(['company Before the change']);
    expect(await found(`#${company.id.toUpperCase()}`)).toEqual(['company Before the change']);
    await as('owner').companies.update({
      companyId: company.id,
      name: 'After it',
      domains: ['moved.example'],
    });
    expect(await found('before the')).toEqual([]);
    expect(await found('moved.example')).toEqual(['company After it']);
    await as('owner').companies.archive({ companyId: company.id });
    expect(await found(company.id)).toEqual([]);
    await as('owner').companies.restore({ companyId: company.id });
    expect(await found('after it')).toEqual(['company After it']);
  });

  test('finds for each only what they see', async () => {
    const { first, second } = world.demo.brands;
    await as('owner').companies.create({ name: 'Secret first', brandId: first });
    await as('owner').companies.create({ name: 'Secret second', brandId: second });
    await as('owner').deals.create({ name: 'Secret deal' });
    expect(await found('secret', 'viewer')).toEqual([
      'deal Secret deal',
      'company Secret first',
      'company Secret second',
    ]);
    expect(await found('secret', 'member')).toEqual(['company Secret first']);
    expect(await found('secret', 'client')).toEqual(['company Secret first']);
    expect(await found('secret', 'unassigned')).toEqual([]);
    expect((await asRival('owner').search.records({ q: 'secret' })).items).toEqual([]);
  });

  test('tells by no rank and no count of what is another’s', async () => {
    const { first, second } = world.demo.brands;
    const answer = async (name: PersonName, q: string) =>
      (await as(name).search.records({ q, limit: 5 })).items;
    await as('owner').companies.create({ name: 'Rankles own', brandId: first });
    const before = await answer('member', 'rankles');
    for (let index = 0; index < 8; index += 1) {
      await as('owner').companies.create({ name: `Rankles ${index}`, brandId: second });
      await asRival('owner').companies.create({ name: `Rankles ${index}` });
    }
    expect(await answer('member', 'rankles')).toEqual(before);
    expect(await answer('client', 'rankles')).toEqual(before);
    // Likeness stands in where little was found: of what this reader sees.
    expect(await answer('member', 'ranklez')).toEqual(before);
    expect(await answer('unassigned', 'rankles')).toEqual([]);
  });

  test('finds a member what they own and wrote, and no longer what was taken from them', async () => {
    const { unassigned } = world.demo.people;
    const owned = await as('owner').deals.create({ name: 'Handed over', ownerId: unassigned.userId });
    expect(await found('handed over', 'unassigned')).toEqual(['deal Handed over']);
    await as('owner').deals.update({ dealId: owned.id, ownerId: null });
    expect(await found('handed over', 'unassigned')).toEqual([]);
    await as('unassigned').companies.create({ name: 'Written here' });
    expect(await found('written here', 'unassigned')).toEqual(['company Written here']);
  });

  test('finds a client an account that their campaign runs in, and no other', async () => {
    const { ownerDb, demo } = world;
    const account = (nativeId: string, name: string) =>
      ownerDb.pool.query<{ id: string }>(
        `insert into ad_accounts (organization_id, platform, native_id, name, currency, time_zone)
         values ($1, 'META', $2, $3, 'AED', 'Asia/Dubai') returning id`,
        [demo.organizationId, nativeId, name],
      );
    const { rows } = await account('77001', 'Pooled account');
    await account('77002', 'Pooled apart');
    await ownerDb.pool.query(
      `with campaign as (insert into campaigns (organization_id, name, brand_id) values ($1, 'Of the client', $2) returning id)
       insert into campaign_ad_accounts (organization_id, campaign_id, ad_account_id) select $1, id, $3 from campaign`,
      [demo.organizationId, demo.brands.first, rows[0]?.id],
    );
    expect(await found('pooled', 'owner')).toEqual(['adAccount Pooled account', 'adAccount Pooled apart']);
    expect(await found('pooled', 'client')).toEqual(['adAccount Pooled account']);
    expect(await found('pooled', 'unassigned')).toEqual([]);
  });

  test('answers nothing where nobody is said to ask, whatever is asked of the index', async () => {
    await as('owner').companies.create({ name: 'Unasked' });
    const { rows } = await world.appDb.pool.query(`select * from app.search('unasked', null, 50)`);
    expect(rows).toEqual([]);
    await expect(world.appDb.pool.query('select * from search_entries')).rejects.toThrow(/permission denied/);
  });
});
