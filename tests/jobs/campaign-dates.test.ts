import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { moveCampaigns } from '../../jobs/tasks/move-campaigns.ts';
import { useTestDatabase } from '../support/database.ts';
import { TestClock } from '../support/meta.ts';
import { type Agency, caller, createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
const clock = new TestClock();
let world: World;
beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now });
});
afterAll(() => world.close());
/** Each test has the list to itself, in the zone of Dubai. */
afterEach(async () => {
  await world.ownerDb.pool.query('update campaigns set is_active = false');
  await setZone(world.demo, 'Asia/Dubai');
});

const owner = (agency: Agency = world.demo) => caller(world, agency.people.owner.principal);
const at = (iso: string) => {
  clock.at = new Date(iso);
  return moveCampaigns({ jobsDb: world.jobsDb, log: world.services.log, now: clock.now });
};

async function campaign(change: object, agency: Agency = world.demo): Promise<string> {
  const { id } = await owner(agency).campaigns.create({ name: `By date ${randomUUID()}`, ...change });
  return id;
}

async function statusOf(campaignId: string, agency: Agency = world.demo): Promise<string> {
  return (await owner(agency).campaigns.byId({ campaignId })).status;
}

async function setZone(agency: Agency, timeZone: string): Promise<void> {
  await world.ownerDb.pool.query('update organizations set time_zone = $2 where id = $1', [
    agency.organizationId,
    timeZone,
  ]);
}

async function moves(campaignId: string): Promise<string[]> {
  const { items } = await owner().activities.list({ campaignId, sort: 'createdAt' });
  return items.filter(({ actorKind }) => actorKind === 'JOB').map(({ type }) => type);
}

const flight = { startsOn: '2026-06-01', endsOn: '2026-06-10' };

describe('a campaign that was approved', () => {
  it('is launched on its first day by its agency’s clock, and completed after its last', async () => {
    const campaignId = await campaign({ ...flight, status: 'APPROVED' });
    expect(await at('2026-05-31T19:59:59Z')).toBe(0);
    expect(await statusOf(campaignId)).toBe('APPROVED');
    expect(await at('2026-05-31T20:00:00Z')).toBe(1);
    expect(await statusOf(campaignId)).toBe('ACTIVE');
    expect(await at('2026-06-10T19:59:59Z')).toBe(0);
    expect(await at('2026-06-10T20:00:00Z')).toBe(1);
    expect(await statusOf(campaignId)).toBe('COMPLETED');
    expect(await moves(campaignId)).toEqual(['CAMPAIGN_LAUNCHED', 'CAMPAIGN_COMPLETED']);
  });

  it('is launched at the first moment of a day that daylight saving begins or ends', async () => {
    await setZone(world.demo, 'America/New_York');
    const spring = await campaign({ startsOn: '2026-03-09', status: 'APPROVED' });
    expect(await at('2026-03-09T03:59:59Z')).toBe(0);
    expect(await at('2026-03-09T04:00:00Z')).toBe(1);
    const autumn = await campaign({ startsOn: '2026-11-02', status: 'APPROVED' });
    expect(await at('2026-11-02T04:59:59Z')).toBe(0);
    expect(await at('2026-11-02T05:00:00Z')).toBe(1);
    expect([await statusOf(spring), await statusOf(autumn)]).toEqual(['ACTIVE', 'ACTIVE']);
  });

  it('is launched where the day begins a day ahead of UTC', async () => {
    await setZone(world.demo, 'Pacific/Kiritimati');
    await campaign({ startsOn: '2026-06-02', status: 'APPROVED' });
    expect(await at('2026-06-01T09:59:59Z')).toBe(0);
    expect(await at('2026-06-01T10:00:00Z')).toBe(1);
  });

  it('catches up with what was missed, step by step', async () => {
    const campaignId = await campaign({ ...flight, status: 'APPROVED' });
    expect(await at('2026-07-01T00:00:00Z')).toBe(2);
    expect(await statusOf(campaignId)).toBe('COMPLETED');
    expect(await moves(campaignId)).toEqual(['CAMPAIGN_LAUNCHED', 'CAMPAIGN_COMPLETED']);
    const { items } = await owner().activities.list({ campaignId });
    expect(items.map(({ description }) => description).join()).toContain('launched by date');
  });

  it('stays where it is told to, and where it lies in the recycle bin', async () => {
    const still = await campaign({ ...flight, status: 'APPROVED', movesByDate: false });
    const binned = await campaign({ ...flight, status: 'APPROVED' });
    await owner().campaigns.archive({ campaignId: binned });
    expect(await at('2026-07-01T00:00:00Z')).toBe(0);
    expect(await statusOf(still)).toBe('APPROVED');
  });
});

describe('a campaign that waits for an approval', () => {
  it('is not launched by its day', async () => {
    const campaignId = await campaign({ ...flight, status: 'PENDING_APPROVAL' });
    expect(await at('2026-07-01T00:00:00Z')).toBe(0);
    expect(await statusOf(campaignId)).toBe('PENDING_APPROVAL');
  });
});

describe('a pause by date', () => {
  const pausing = { ...flight, pausesOn: '2026-06-03', resumesOn: '2026-06-06', status: 'ACTIVE' as const };

  it('comes on its day and ends on its other', async () => {
    const campaignId = await campaign(pausing);
    expect(await at('2026-06-02T12:00:00Z')).toBe(0);
    expect(await at('2026-06-03T12:00:00Z')).toBe(1);
    expect(await statusOf(campaignId)).toBe('PAUSED');
    expect(await at('2026-06-05T12:00:00Z')).toBe(0);
    expect(await at('2026-06-06T12:00:00Z')).toBe(1);
    expect(await at('2026-06-07T12:00:00Z')).toBe(0);
    expect(await moves(campaignId)).toEqual(['CAMPAIGN_PAUSED', 'CAMPAIGN_LAUNCHED']);
  });

  it('does not come back once somebody went on by hand', async () => {
    const campaignId = await campaign(pausing);
    await at('2026-06-03T12:00:00Z');
    await owner().campaigns.move({ campaignId, status: 'ACTIVE' });
    expect(await at('2026-06-03T12:10:00Z')).toBe(0);
    expect(await statusOf(campaignId)).toBe('ACTIVE');
  });

  it('does not end a pause by hand', async () => {
    const campaignId = await campaign(pausing);
    await owner().campaigns.move({ campaignId, status: 'PAUSED' });
    expect(await at('2026-06-06T12:00:00Z')).toBe(0);
    expect(await statusOf(campaignId)).toBe('PAUSED');
    expect(await at('2026-06-11T12:00:00Z'), 'its last day is over').toBe(1);
  });
});

describe('two job processes at once', () => {
  it('move a campaign once', async () => {
    const campaignId = await campaign({ startsOn: '2026-06-01', status: 'APPROVED' });
    const both = await Promise.all([at('2026-06-02T00:00:00Z'), at('2026-06-02T00:00:00Z')]);
    expect(both.reduce((a, b) => a + b)).toBe(1);
    expect(await moves(campaignId)).toEqual(['CAMPAIGN_LAUNCHED']);
  });

  it('move each agency’s campaigns by its own clock', async () => {
    await setZone(world.rival, 'America/Los_Angeles');
    const ours = await campaign({ startsOn: '2026-06-01', status: 'APPROVED' });
    const theirs = await campaign({ startsOn: '2026-06-01', status: 'APPROVED' }, world.rival);
    await at('2026-06-01T00:00:00Z');
    expect([await statusOf(ours), await statusOf(theirs, world.rival)]).toEqual(['ACTIVE', 'APPROVED']);
    await at('2026-06-01T07:00:00Z');
    expect(await statusOf(theirs, world.rival)).toBe('ACTIVE');
  });
});
