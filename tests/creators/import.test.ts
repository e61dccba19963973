import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { importFile } from '../../server/domain/imports/import-file.ts';
import { listRefusals } from '../../server/domain/imports/queries.ts';
import { useTestDatabase } from '../support/database.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';
import { addAccount, assign, makeContact, makeCreator } from './made.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);

async function bringIn(csv: string, name: PersonName = 'owner') {
  const { principal } = world.demo.people[name];
  const done = await importFile(world.jobsDb, principal, {
    kind: 'creators',
    fileName: 'creators.csv',
    content: new TextEncoder().encode(csv),
    overrides: {},
  });
  const refusals = await withTenant(world.appDb, principal, 'read', (tx) =>
    listRefusals(tx, { importId: done.id, afterLine: 0, limit: 200 }),
  );
  const { rowsCreated, rowsUpdated, rowsUnchanged } = done;
  return {
    done,
    counts: [rowsCreated, rowsUpdated, rowsUnchanged],
    reasons: refusals.items.map(({ line, reasons }) => [line, ...reasons]),
  };
}

const creatorNamed = async (q: string) => {
  const { items } = await as('owner').creators.list({ q });
  expect(items).toHaveLength(1);
  const [creator] = items;
  if (!creator) throw new Error(`There is no creator ${q}.`);
  return creator;
};

describe('a file of creators', () => {
  const file = [
    'Name,Email,Category,Instagram,IG followers,Instagram engagement rate,TikTok handle,TikTok followers,Tags',
    'Huda Alami,huda@creators.test,Beauty; Food,@huda.alami,13.8M,3.4%,https://www.tiktok.com/@huda.tok,845.8K,ramadan',
    'Omar Nasser,,Cars,omar.drives,"12 345",-,,,',
    'Layla,,,layla.one,n/a,,,,',
  ].join('\n');

  test('becomes people, creators and accounts, and says that short counts are rounded', async () => {
    const { done, counts, reasons } = await bringIn(file);
    expect([done.status, counts, reasons]).toEqual(['DONE', [3, 0, 0], []]);
    expect(done.notes).toContainEqual({
      kind: 'rounded',
      text: 'Counts that are written short, such as 13.8M, are rounded: the true ones are near them.',
      count: 2,
    });
    const huda = await creatorNamed('huda.tok');
    expect(huda).toMatchObject({
      name: 'Huda Alami',
      contact: { emails: ['huda@creators.test'] },
      categories: ['beauty', 'food'],
      tags: ['ramadan'],
      totalFollowers: 14_645_800,
      platforms: [
        {
          platform: 'INSTAGRAM',
          handle: 'huda.alami',
          followers: 13_800_000,
          engagementRate: '0.034',
          engagementBasis: 'UNSTATED',
          source: 'FILE',
        },
        { platform: 'TIKTOK', handle: 'huda.tok', profileUrl: 'https://www.tiktok.com/@huda.tok' },
      ],
    });
    expect((await creatorNamed('omar.drives')).platforms).toMatchObject([
      { followers: 12_345, engagementRate: null },
    ]);
    expect(await creatorNamed('layla.one')).toMatchObject({ name: 'Layla @layla.one', totalFollowers: null });
    const contact = await as('owner').contacts.byId({ contactId: huda.contactId });
    expect(contact.type).toBe('CREATOR');
    const told = await as('owner').activities.list({ creatorId: huda.id });
    expect(told.items.map(({ type }) => type)).toEqual(['CREATOR_CREATED']);
  });

  test('that comes again changes nothing', async () => {
    const { counts, reasons } = await bringIn(file);
    expect([counts, reasons]).toEqual([[0, 0, 3], []]);
  });

  test('lists categories and tags with commas, semicolons or Arabic commas', async () => {
    const { reasons } = await bringIn(
      'name,instagram handle,categories,tags,emails\nSara Comma,sara.comma,"Beauty, fashion","ramadan، eid; vip",sara@creators.test;s@creators.test',
    );
    expect(reasons).toEqual([]);
    expect(await creatorNamed('sara.comma')).toMatchObject({
      categories: ['beauty', 'fashion'],
      tags: ['ramadan', 'eid', 'vip'],
      contact: { emails: ['sara@creators.test', 's@creators.test'] },
    });
  });

  test('that comes again with other figures changes those, and adds to lists', async () => {
    const { counts } = await bringIn(
      'name,instagram handle,instagram followers,categories,status\nOmar Nasser,omar.drives,20K,Travel,Signed',
    );
    expect(counts).toEqual([0, 1, 0]);
    const omar = await creatorNamed('omar.drives');
    expect(omar).toMatchObject({ totalFollowers: 20_000, categories: ['cars', 'travel'], status: 'SIGNED' });
    const told = await as('owner').activities.list({ creatorId: omar.id });
    expect(told.items.map(({ type }) => type)).toEqual([
      'CREATOR_UPDATED',
      'CREATOR_STATUS_CHANGED',
      'CREATOR_CREATED',
    ]);
  });

  test('may name a person in several rows, an account each', async () => {
    const { counts, reasons } = await bringIn(
      [
        'creator,email,platform,username,followers,er',
        'Rami Said,rami@creators.test,Instagram,@rami.said,1.2m,2%',
        'Rami Said,rami@creators.test,YouTube,https://www.youtube.com/@ramisaid,"1,2 Mio",',
        'Rami Said,rami@creators.test,X,ramisaid,90K,',
        'Rami Said,rami@creators.test,X,ramisaid,90K,',
      ].join('\n'),
    );
    expect(counts).toEqual([1, 2, 0]);
    expect(reasons).toEqual([[5, 'Line 4 of this file stands for the same record ("twitter @ramisaid").']]);
    const rami = await creatorNamed('rami.said');
    expect(rami.platforms.map(({ platform }) => platform)).toEqual(['INSTAGRAM', 'YOUTUBE', 'TWITTER']);
  });

  test('makes a creator of a contact who is there, never a second person', async () => {
    const person = await makeContact(as('owner'), {
      firstName: 'Salma',
      lastName: 'Aziz',
      emails: ['Salma@creators.test'],
    });
    const { counts } = await bringIn('name,email,instagram\nSalma A.,salma@creators.test,salma.aziz');
    expect(counts).toEqual([1, 0, 0]);
    expect(await creatorNamed('salma.aziz')).toMatchObject({ contactId: person.id, name: 'Salma Aziz' });
    expect((await as('owner').contacts.list({ q: 'salma' })).items).toHaveLength(1);
  });

  test('does not overwrite what the network told later', async () => {
    const made = await makeCreator(as('owner'), { externalId: 'ph-1' });
    await addAccount(world, made.id, {
      platform: 'INSTAGRAM',
      handle: 'of.phyllo',
      followers: 1000,
      source: 'PHYLLO',
      figures_at: new Date('2026-11-10T00:00:00Z'),
    });
    const rows = (day: string) =>
      `external id,instagram,instagram followers,as of\nph-1,of.phyllo,500,${day}`;
    expect((await bringIn(rows('2026-11-09'))).counts).toEqual([0, 0, 1]);
    expect((await bringIn('external id,instagram,instagram followers\nph-1,of.phyllo,500')).counts).toEqual([
      0, 0, 1,
    ]);
    expect((await bringIn(rows('2026-11-12'))).counts).toEqual([0, 1, 0]);
    const { platforms } = await as('owner').creators.byId({ creatorId: made.id });
    expect(platforms).toMatchObject([
      { followers: 500, source: 'FILE', figuresAt: '2026-11-12T00:00:00.000Z' },
    ]);
  });

  test('refuses rows with what does not fit, by their columns', async () => {
    await bringIn('name,email,instagram\nFirst Holder,holder@creators.test,held.here');
    const { counts, reasons } = await bringIn(
      [
        'name,email,instagram,instagram followers,instagram er,platform,handle,status',
        'Bad Count,a@creators.test,bad.count,12 lakh,,,,',
        'Bad Rate,b@creators.test,bad.rate,10,3.4,,,',
        'No Handle,c@creators.test,,900K,,,,',
        'A Post,d@creators.test,https://www.instagram.com/p/Cx/,,,,,',
        'Someone Else,,held.here,,,,,',
        'Nobody Known,,,,,,,',
        'No Platform,e@creators.test,,,,,just.handle,',
        'Bad Status,f@creators.test,bad.status,,,,,Famous',
      ].join('\n'),
    );
    expect(counts).toEqual([0, 0, 0]);
    expect(reasons.map(([line, reason]) => [line, String(reason).split(/[:;]/)[0]])).toEqual([
      [2, 'instagram followers'],
      [3, 'instagram er'],
      [4, 'instagram followers'],
      [5, 'instagram'],
      [6, 'The account is First Holder’s here already, and the row says Someone Else.'],
      [7, 'The row has no account, mail address or external id to be matched by.'],
      [8, 'handle'],
      [9, 'status'],
    ]);
  });

  test('of a member is theirs, changes nobody whom they see through a campaign alone, and tells of nobody else', async () => {
    const { first, second } = world.demo.brands;
    const shared = await makeCreator(as('owner'), { brandId: second });
    await addAccount(world, shared.id, { platform: 'INSTAGRAM', handle: 'shared.one' });
    const hidden = await makeCreator(as('owner'), { brandId: second });
    await addAccount(world, hidden.id, { platform: 'INSTAGRAM', handle: 'hidden.one' });
    const campaign = await as('owner').campaigns.create({ name: 'Of the first', brandId: first });
    await assign(world, { campaignId: campaign.id, creatorId: shared.id });
    const { counts, reasons } = await bringIn(
      `name,instagram,instagram followers\n${shared.name},shared.one,10\n${hidden.name},hidden.one,10\nMine Own,mine.own,10`,
      'member',
    );
    expect(counts).toEqual([1, 0, 0]);
    expect(reasons).toEqual([
      [2, `You see ${shared.name} through a campaign alone; changing them is for their own people.`],
      [3, 'Another creator holds its external id, or its account.'],
    ]);
    expect((await as('member').creators.list({ q: 'mine.own' })).items).toHaveLength(1);
    expect((await as('member').contacts.list({ q: hidden.name })).items).toEqual([]);
  });
});

describe('the accounts of 519 members of a congress', () => {
  interface Member {
    id: { bioguide: string };
    social: Partial<Record<'twitter' | 'facebook' | 'youtube' | 'youtube_id' | 'instagram', string>>;
  }

  async function asCsv(): Promise<{ csv: string; handles: number; members: number }> {
    const folder = new URL('../fixtures/creators/congress-social-cc0/', import.meta.url);
    const text = await readFile(new URL('legislators-social-media.json', folder), 'utf8');
    const members = JSON.parse(text) as Member[];
    const rows = members.map(
      ({ id, social: { twitter, facebook, youtube, youtube_id: channel, instagram } }) =>
        [
          id.bioguide,
          'Member',
          id.bioguide,
          twitter ? `https://twitter.com/${twitter}` : '',
          facebook ?? '',
          youtube ?? (channel ? `https://www.youtube.com/channel/${channel}` : ''),
          instagram ? `@${instagram}` : '',
        ].join(','),
    );
    const handles = members.flatMap(
      ({ social: { twitter, facebook, youtube, youtube_id: channel, instagram } }) =>
        [twitter, facebook, youtube ?? channel, instagram].filter((handle) => handle !== undefined),
    ).length;
    const header = 'external id,first name,last name,x,facebook,youtube,instagram';
    return { csv: [header, ...rows].join('\n'), handles, members: members.length };
  }

  test('all come in but for the one that two people name, and come again as they are', async () => {
    const { csv, handles, members } = await asCsv();
    expect([members, handles]).toEqual([519, 1_721]);
    const first = await bringIn(csv);
    expect(first.reasons).toHaveLength(1);
    expect(first.counts).toEqual([518, 0, 0]);
    expect((await bringIn(csv)).counts).toEqual([0, 0, 518]);
    const kept = await withTenant(world.appDb, jobPrincipal(world.demo.organizationId), 'read', (tx) =>
      tx
        .selectFrom('creator_platforms')
        .innerJoin('creators', 'creators.id', 'creator_platforms.creator_id')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('creators.external_id', 'is not', null)
        .where('creators.external_id', '<>', 'ph-1')
        .executeTakeFirstOrThrow(),
    );
    expect(kept.count).toBeGreaterThan(1_600);
  });
});
