import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { watchContracts, watchWork, type Worked } from '../../server/domain/creator-contracts/watch.ts';
import { Contracted } from '../support/contracted.ts';
import { useTestDatabase } from '../support/database.ts';
import { TestClock } from '../support/meta.ts';
import { createWorld, type PersonName, type World } from '../support/world.ts';
import { openMortal } from './mortal-database.ts';

const database = useTestDatabase();
const clock = new TestClock();
let world: World;
let made: Contracted;
let creatorId: string;
beforeAll(async () => {
  clock.at = new Date('2026-01-01T08:00:00Z');
  world = await createWorld(database(), { now: clock.now });
  made = new Contracted(world);
});
afterAll(() => world.close());
/** Each test has the contracts to itself. */
beforeEach(async () => {
  clock.at = new Date('2026-01-01T08:00:00Z');
  for (const table of ['notifications', 'activities', 'creator_contracts'])
    await made.query(`delete from ${table}`);
  creatorId = (await made.creator({ ownerId: idOf('viewer') })).id;
});

const idOf = (name: PersonName) => world.demo.people[name].userId;
const sign = (change: object = {}) =>
  made.as('admin').creatorContracts.create({
    creatorId,
    title: 'Ambassador',
    brandId: made.brands.first,
    ownerId: idOf('member'),
    status: 'SIGNED',
    ...change,
  });
const watchOn = (jobsDb = world.jobsDb) =>
  watchContracts({ jobsDb, log: world.services.log, now: clock.now });
/** Noon in Dubai. */
const on = (day: string) => {
  clock.at = new Date(`${day}T08:00:00Z`);
  return watchOn();
};

async function toldTo(name: PersonName): Promise<[string, string | undefined][]> {
  const { items } = await made.as(name).notifications.list({ limit: 200 });
  return items.map(({ kind, subject }) => [kind, subject?.name]);
}

async function endings(name: PersonName = 'owner'): Promise<string[]> {
  const { items } = await made.as(name).activities.list({ creatorId, limit: 200, sort: 'createdAt' });
  return items.flatMap(({ type, description }) => (type === 'CONTRACT_ENDING' ? [description] : []));
}

describe('an end of a contract', () => {
  test('is told of 30, 7 and 1 days before, each once, to its owner and the creator’s', async () => {
    await sign({ endsOn: '2026-03-31' });
    const told = [];
    for (const day of [
      '2026-02-28',
      '2026-03-01',
      '2026-03-02',
      '2026-03-23',
      '2026-03-24',
      '2026-03-30',
      '2026-03-31',
      '2026-04-01',
    ])
      told.push((await on(day)).warnings);
    expect(told).toEqual([0, 1, 0, 0, 1, 1, 0, 0]);
    expect(await endings()).toEqual([
      'The term of contract Ambassador ends on 31 March 2026, in 30 days',
      'The term of contract Ambassador ends on 31 March 2026, in 7 days',
      'The term of contract Ambassador ends on 31 March 2026, tomorrow',
    ]);
    const notices = Array.from({ length: 3 }, () => ['CONTRACT_ENDING', 'Ambassador']);
    expect([await toldTo('member'), await toldTo('viewer'), await toldTo('admin')]).toEqual([
      notices,
      notices,
      [],
    ]);
  });

  test('that nobody looked at in time is told of once, by what is nearest', async () => {
    await sign({ endsOn: '2026-03-31' });
    expect((await on('2026-03-26')).warnings).toBe(1);
    expect(await endings()).toEqual(['The term of contract Ambassador ends on 31 March 2026, in 5 days']);
    expect((await on('2026-03-31')).warnings).toBe(1);
    expect((await endings()).at(-1)).toBe('The term of contract Ambassador ends on 31 March 2026, today');
  });

  test('is told of from seven in the morning of the agency’s own day', async () => {
    await sign({ endsOn: '2026-03-31' });
    clock.at = new Date('2026-03-01T02:59:00Z');
    expect((await watchOn()).warnings).toBe(0);
    clock.at = new Date('2026-03-01T03:00:00Z');
    expect((await watchOn()).warnings).toBe(1);
  });

  test('is told of for exclusivity and for usage rights by their own days', async () => {
    await sign({
      endsOn: '2026-12-31',
      exclusivity: 'FULL',
      exclusivityEndsOn: '2026-03-10',
      usageRights: [
        { channel: 'PAID_SOCIAL', adPermission: 'SPARK_CODE', endsOn: '2026-03-05' },
        { channel: 'WEBSITE', endsOn: '2026-06-01' },
        { channel: 'PRINT' },
      ],
    });
    expect((await on('2026-03-03')).warnings).toBe(2);
    expect((await endings()).sort()).toEqual([
      'The exclusivity of contract Ambassador ends on 10 March 2026, in 7 days',
      'The right to use content in paid social by a Spark code of contract Ambassador ends on 5 March 2026, in 2 days',
    ]);
    // However much ends, one notification says so.
    expect(await toldTo('member')).toHaveLength(1);
  });

  test('that is moved is told of anew, and exclusivity that ends with the contract is told of with it', async () => {
    const { id: creatorContractId } = await sign({ endsOn: '2026-03-31', exclusivity: 'FULL' });
    expect((await on('2026-03-25')).warnings).toBe(1);
    await made.as('admin').creatorContracts.amend({ creatorContractId, endsOn: '2026-04-30' });
    expect((await on('2026-03-31')).warnings).toBe(1);
    expect((await endings()).at(-1)).toBe(
      'The term of contract Ambassador ends on 30 April 2026, in 30 days',
    );
  });

  test('is not told of a draft, of what was ended, and of what lies in the recycle bin', async () => {
    const draft = await sign({ status: 'DRAFT', endsOn: '2026-01-05' });
    const ended = await sign({ endsOn: '2026-01-05' });
    await made
      .as('admin')
      .creatorContracts.changeStatus({ creatorContractId: ended.id, status: 'TERMINATED' });
    await made.as('admin').creatorContracts.archive({ creatorContractId: draft.id });
    expect(await on('2026-01-04')).toEqual({ warnings: 0, conflicts: 0 });
  });

  test('is not told to who does not read the contract, though the creator is theirs', async () => {
    await made.query('update creators set owner_id = $1 where id = $2', [idOf('unassigned'), creatorId]);
    await sign({ endsOn: '2026-01-05' });
    await on('2026-01-04');
    expect([(await toldTo('member')).length, await toldTo('unassigned')]).toEqual([1, []]);
    expect(await endings('unassigned')).toEqual([]);
  });
});

describe('a conflict', () => {
  const conflictsTold = async (name: PersonName) => {
    const { items } = await made.as(name).activities.list({ creatorId, limit: 200 });
    return items.flatMap(({ type, description }) => (type === 'CONTRACT_CONFLICT' ? [description] : []));
  };

  async function disagree() {
    const campaignId = await made.campaign(made.brands.second, {
      name: 'Launch',
      ownerId: idOf('admin'),
      categories: ['beauty'],
    });
    const contract = await sign({
      exclusivity: 'CATEGORY',
      exclusivityCategories: ['beauty'],
      exclusivityCompetitors: ['Glow'],
    });
    return { campaignId, contract };
  }

  test('is told once to both sides, and to neither of the other', async () => {
    const { campaignId } = await disagree();
    expect((await on('2026-01-02')).conflicts).toBe(0);
    await made.assign(creatorId, campaignId);
    // The first brand's people see the creator by a campaign of theirs.
    await made.assign(creatorId, await made.campaign(made.brands.first, { name: 'Own' }));
    expect([(await on('2026-01-02')).conflicts, (await on('2026-01-03')).conflicts]).toEqual([1, 0]);
    expect(await toldTo('member')).toEqual([['CONTRACT_CONFLICT', 'Ambassador']]);
    expect(await toldTo('admin')).toEqual([['WORK_CONFLICT', 'Launch']]);
    const ofContract =
      'Contract Ambassador stands against an assignment for another client: Exclusive for beauty and against Glow, without an end';
    const ofCampaign =
      'The work of Noor Haddad for campaign Launch goes against an exclusivity for another client: Exclusive for beauty and against certain competitors, without an end';
    expect(await conflictsTold('member')).toEqual([ofContract]);
    expect((await conflictsTold('owner')).sort()).toEqual([ofContract, ofCampaign].sort());
    await made.query(
      'insert into brand_assignments (organization_id, user_id, brand_id) values ($1, $2, $3)',
      [made.agency.organizationId, idOf('unassigned'), made.brands.second],
    );
    const { principal } = world.demo.people.unassigned;
    world.demo.people.unassigned.principal = { ...principal, brandIds: [made.brands.second] };
    try {
      expect(await conflictsTold('unassigned')).toEqual([ofCampaign]);
    } finally {
      world.demo.people.unassigned.principal = principal;
      await made.query('delete from brand_assignments where user_id = $1', [idOf('unassigned')]);
    }
  });

  test('is said as what it is: of the contract to who reads it, of the work alone to the others', async () => {
    const { campaignId } = await disagree();
    await made.assign(creatorId, campaignId);
    await sign({ title: 'Quiet deal', brandId: made.brands.second, ownerId: idOf('admin') });
    await on('2026-01-02');
    const words = async (name: PersonName) =>
      (await made.as(name).notifications.list({ limit: 200 })).items.map(({ text }) => text);
    expect(await words('member')).toEqual(['Work stands against the exclusivity of “Ambassador”']);
    expect(await words('admin')).toEqual(['“Launch” stands against an exclusivity']);
  });

  test('of two contracts names to each side its own', async () => {
    await sign({ exclusivity: 'FULL' });
    await sign({ title: 'Other', brandId: made.brands.second, ownerId: idOf('admin') });
    await on('2026-01-02');
    const words = async (name: PersonName) =>
      (await made.as(name).notifications.list({ limit: 200 })).items.map(({ text }) => text);
    expect(await words('member')).toEqual(['Work stands against the exclusivity of “Ambassador”']);
    expect(await words('admin')).toEqual(['“Other” stands against an exclusivity']);
  });

  test('is told to who assigned the creator and to the creator’s owner where the campaign’s brand is theirs', async () => {
    const assigned = async (name: PersonName) => {
      const { campaignId } = await disagree();
      const assignmentId = await made.assign(creatorId, campaignId);
      await made.query('update campaign_creators set created_by_id = $1 where id = $2', [
        idOf(name),
        assignmentId,
      ]);
    };
    await made.query('update creators set owner_id = $1 where id = $2', [idOf('unassigned'), creatorId]);
    await assigned('owner');
    await on('2026-01-02');
    expect([await toldTo('owner'), await toldTo('unassigned')]).toEqual([[['WORK_CONFLICT', 'Launch']], []]);
    await made.query(
      'insert into brand_assignments (organization_id, user_id, brand_id) values ($1, $2, $3)',
      [made.agency.organizationId, idOf('unassigned'), made.brands.second],
    );
    const { principal } = world.demo.people.unassigned;
    world.demo.people.unassigned.principal = { ...principal, brandIds: [made.brands.second] };
    try {
      await made.query('delete from creator_contract_notices');
      await on('2026-01-02');
      expect(await toldTo('unassigned')).toEqual([['WORK_CONFLICT', 'Launch']]);
      expect(await toldTo('client')).toEqual([]);
    } finally {
      world.demo.people.unassigned.principal = principal;
      await made.query('delete from brand_assignments where user_id = $1', [idOf('unassigned')]);
    }
  });

  test('of content is told once a campaign, however much is published', async () => {
    const { campaignId } = await disagree();
    await made.publish(creatorId, campaignId, { at: '2026-01-02T10:00:00Z' });
    await made.publish(creatorId, campaignId, { at: '2026-01-03T10:00:00Z', platform: 'YOUTUBE' });
    expect((await on('2026-01-04')).conflicts).toBe(1);
    await made.publish(creatorId, campaignId, { at: '2026-01-05T10:00:00Z', platform: 'INSTAGRAM' });
    expect((await on('2026-01-06')).conflicts).toBe(0);
  });

  test('that was only possible is told of again once it is sure', async () => {
    const { campaignId } = await disagree();
    await made.query(`update campaigns set categories = '{}' where id = $1`, [campaignId]);
    await made.assign(creatorId, campaignId);
    expect((await on('2026-01-02')).conflicts).toBe(1);
    expect((await conflictsTold('owner')).join(' ')).toContain('may stand against');
    await made.query(`update campaigns set categories = '{beauty}' where id = $1`, [campaignId]);
    expect((await on('2026-01-02')).conflicts).toBe(1);
    expect((await on('2026-01-02')).conflicts).toBe(0);
  });

  test('is told of as soon as content is out, at night too, to those alone whom a clause binds', async () => {
    const { campaignId } = await disagree();
    const creatorContentId = await made.publish(creatorId, campaignId, { at: '2026-01-02T10:00:00Z' });
    const other = await made.creator();
    const elsewhere = await made.publish(other.id, campaignId, { at: '2026-01-02T10:00:00Z' });
    clock.at = new Date('2026-01-02T23:00:00Z');
    const { jobsDb, services } = world;
    const { organizationId } = world.demo;
    const work = (of: Worked) =>
      watchWork({ jobsDb, log: services.log, now: clock.now }, { organizationId, of });
    expect(await work({ creatorContentId: elsewhere })).toBe(0);
    expect(await work({ creatorContentId })).toBe(1);
    expect(await work({ creatorContentId })).toBe(0);
    await made.assign(creatorId, campaignId);
    expect(await work({ campaignId })).toBe(1);
    const { rows } = await made.query<{ id: string }>(
      `insert into creator_sync_runs (organization_id, creator_id, kind, trigger) values ($1, $2, 'CONTENTS', 'POLL') returning id`,
      [organizationId, creatorId],
    );
    expect(await work({ creatorSyncRunId: rows[0]?.id ?? '' })).toBe(0);
    expect((await watchOn()).conflicts).toBe(0);
  });

  test('is not told to a client, though the campaign is theirs', async () => {
    const { campaignId } = await disagree();
    await made.query('update campaigns set owner_id = $1, brand_id = $2 where id = $3', [
      idOf('client'),
      made.brands.second,
      campaignId,
    ]);
    await made.assign(creatorId, campaignId);
    expect((await on('2026-01-02')).conflicts).toBe(1);
    expect(await toldTo('client')).toEqual([]);
  });
});

describe('the watch', () => {
  test('tells everything once, wherever it is killed and however many look', async () => {
    await sign({ endsOn: '2026-03-31', usageRights: [{ channel: 'EMAIL', endsOn: '2026-03-30' }] });
    await sign({ title: 'Second', endsOn: '2026-03-29', exclusivity: 'FULL' });
    await made.assign(creatorId, await made.campaign(made.brands.second, { ownerId: idOf('admin') }));
    clock.at = new Date('2026-03-25T08:00:00Z');
    let life = 1;
    for (let isDone = false; !isDone; life += 3) {
      const mortal = openMortal(database().jobsUrl, life);
      isDone = await watchOn(mortal).then(
        async ({ warnings, conflicts }) => warnings + conflicts === 0 && (await endings()).length === 3,
        () => false,
      );
      await mortal.close().catch(() => undefined);
    }
    const pools = Array.from({ length: 3 }, () =>
      openDatabase({ url: database().jobsUrl, name: 'jobs', maxConnections: 2, pipeline: false }),
    );
    await Promise.all(pools.map((pool) => watchOn(pool)));
    await Promise.all(pools.map((pool) => pool.close()));
    expect(await endings()).toHaveLength(3);
    expect((await toldTo('member')).map(([kind, name]) => `${kind} ${name}`).sort()).toEqual([
      'CONTRACT_CONFLICT Second',
      'CONTRACT_ENDING Ambassador',
      'CONTRACT_ENDING Second',
    ]);
    expect(await toldTo('admin')).toEqual([['WORK_CONFLICT', 'Campaign']]);
  });

  test('by many at once tells each thing once', async () => {
    await sign({ endsOn: '2026-03-31' });
    clock.at = new Date('2026-03-25T08:00:00Z');
    const told = await Promise.all([watchOn(), watchOn(), watchOn()]);
    expect(told.reduce((sum, { warnings }) => sum + warnings, 0)).toBe(1);
    expect(await toldTo('member')).toHaveLength(1);
  });

  test('goes on with the others where one fails', async () => {
    const broken = await sign({ endsOn: '2026-03-31' });
    await sign({ title: 'Whole', endsOn: '2026-03-31' });
    await made.query(
      `create function refuse_notice() returns trigger language plpgsql as $$ begin
         if new.creator_contract_id = '${broken.id}' then raise 'no'; end if; return new; end $$;
       create trigger refuse before insert on creator_contract_notices for each row execute function refuse_notice()`,
    );
    try {
      expect((await on('2026-03-25')).warnings).toBe(1);
    } finally {
      await made.query('drop function refuse_notice() cascade');
    }
    expect((await on('2026-03-25')).warnings).toBe(1);
  });
});
