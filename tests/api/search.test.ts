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
    expect(await found('1C1I')).toEqual([]);
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
    expect(await search({ q: 'x', type: 'deal' })).toEqual(['invalid', 'type']);
    expect(await search({ q: 'x', limit: 51 })).toEqual(['invalid', 'limit']);
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
});
