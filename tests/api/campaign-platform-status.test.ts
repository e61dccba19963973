import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRunning } from '../../server/domain/campaigns/platform-status-rules.ts';
import { type PlatformData, platformData } from '../metrics/platform-data.ts';
import { useTestDatabase } from '../support/database.ts';
import { TestClock } from '../support/meta.ts';
import { refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
const clock = new TestClock();
let world: World;
let data: PlatformData;
beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now });
  data = platformData(world, world.demo);
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const first = () => world.demo.brands.first;
const statusOf = (campaignId: string, name: PersonName = 'owner') =>
  as(name).campaigns.platformStatus({ campaignId });

interface Scene {
  campaignId: string;
  platformCampaignId: string;
}

/** A campaign that came to its status on 1 June, with one platform campaign; it is noon of 10 June in Dubai. */
async function scene(status: string, theirs: object = {}, account: object = {}): Promise<Scene> {
  clock.at = new Date('2026-06-10T08:00:00Z');
  const days = { startsOn: '2026-06-01', endsOn: '2026-06-30' };
  const { id: campaignId } = await as('owner').campaigns.create({
    ...{ name: `Beside ${randomUUID()}`, brandId: first(), status: status as 'ACTIVE', ...days },
  });
  await world.ownerDb.pool.query(
    `update campaigns set status_changed_at = '2026-06-01T08:00:00Z' where id = $1`,
    [campaignId],
  );
  const accountId = await data.account({ brandId: first(), newest: '2026-06-10', ...account });
  const platformCampaignId = await data.platformCampaign(accountId, { name: 'Reels', campaignId });
  const { native = 'ACTIVE', starts = '2026-06-01', ends = null } = theirs as Record<string, string | null>;
  await world.ownerDb.pool.query(
    'update platform_campaigns set native_status = $2, starts_on = $3, ends_on = $4 where id = $1',
    [platformCampaignId, native, starts, ends],
  );
  return { campaignId, platformCampaignId };
}

async function spend(platformCampaignId: string, byDay: Readonly<Record<string, string>>): Promise<void> {
  for (const [date, amount] of Object.entries(byDay))
    await data.day(platformCampaignId, { date, spend: amount });
}

const kinds = async (campaignId: string) =>
  (await statusOf(campaignId)).disagreements.map(({ kind }) => kind);

describe('what a platform says', () => {
  test('stands beside ours with the spend of its newest whole days', async () => {
    const { campaignId, platformCampaignId } = await scene('ACTIVE');
    await spend(platformCampaignId, {
      ...{
        '2026-06-06': '1',
        '2026-06-07': '10.5',
        '2026-06-08': '20',
        '2026-06-09': '30',
        '2026-06-10': '5',
      },
    });
    const { status, platformCampaigns, disagreements } = await statusOf(campaignId);
    expect([status, disagreements]).toEqual(['ACTIVE', []]);
    expect(platformCampaigns).toMatchObject([
      {
        ...{ platformCampaignId, name: 'Reels', platform: 'META', nativeStatus: 'ACTIVE', isRunning: true },
        recent: { from: '2026-06-07', to: '2026-06-09', spend: { amount: '60.50', currency: 'AED' } },
      },
    ]);
  });

  test('is running or stopped by its own word, and unknown by others', () => {
    const words = { true: ['ACTIVE', 'ENABLED', 'CAMPAIGN_STATUS_ENABLE', 'ENABLE'] };
    const stopped = [
      'PAUSED',
      'CAMPAIGN_PAUSED',
      'REMOVED',
      'ARCHIVED',
      'DELETED',
      'CAMPAIGN_STATUS_DISABLE',
    ];
    expect(words.true.map(isRunning)).toEqual(words.true.map(() => true));
    expect(stopped.map(isRunning)).toEqual(stopped.map(() => false));
    expect([null, 'IN_PROCESS', 'UNSPECIFIED'].map(isRunning)).toEqual([null, null, null]);
  });

  test('is nothing while its account has no figures', async () => {
    const { campaignId } = await scene('PAUSED', { native: 'PAUSED' }, { newest: null });
    const { platformCampaigns, disagreements } = await statusOf(campaignId);
    expect([platformCampaigns[0]?.recent, disagreements]).toEqual([null, []]);
  });
});

describe('a disagreement', () => {
  test('is what spends after it was paused here, with the amount and the day', async () => {
    const { campaignId, platformCampaignId } = await scene('PAUSED');
    await spend(platformCampaignId, {
      ...{
        '2026-05-31': '500',
        '2026-06-01': '70',
        '2026-06-02': '1000.5',
        '2026-06-09': '204',
        '2026-06-10': '9',
      },
    });
    expect((await statusOf(campaignId)).disagreements).toEqual([
      {
        kind: 'PAUSED_BUT_SPENDING',
        text: 'The campaign was paused here on 2026-06-01, and “Reels” spent 1,204.50 AED on the days after. Nothing is written to a platform: stop it there.',
        platformCampaignIds: [platformCampaignId],
      },
    ]);
  });

  test('of several currencies adds none to another', async () => {
    const { campaignId, platformCampaignId } = await scene('COMPLETED');
    await spend(platformCampaignId, { '2026-06-03': '10' });
    const dollars = await data.account({ brandId: first(), currency: 'USD', newest: '2026-06-10' });
    const other = await data.platformCampaign(dollars, { name: 'Search', campaignId });
    await data.day(other, { date: '2026-06-03', spend: '2.5', currency: 'USD' });
    const [found] = (await statusOf(campaignId)).disagreements;
    expect(found?.text).toContain('2 platform campaigns spent 10.00 AED and 2.50 USD');
  });

  test('is none where what was paused here and there spent until that day alone', async () => {
    const { campaignId, platformCampaignId } = await scene('CANCELLED', { native: 'PAUSED' });
    await spend(platformCampaignId, { '2026-05-31': '500', '2026-06-01': '70' });
    expect(await kinds(campaignId)).toEqual([]);
  });

  test('is what was paused here and is switched on there, before a day has shown what it spends', async () => {
    const { campaignId, platformCampaignId } = await scene('CANCELLED');
    await spend(platformCampaignId, { '2026-05-31': '500', '2026-06-01': '70' });
    expect((await statusOf(campaignId)).disagreements).toEqual([
      {
        kind: 'PAUSED_BUT_RUNNING',
        text: 'The campaign is cancelled here, and “Reels” is still switched on there. Nothing is written to a platform: switch it off there.',
        platformCampaignIds: [platformCampaignId],
      },
    ]);
  });

  test('is what runs here and is stopped there', async () => {
    const { campaignId, platformCampaignId } = await scene('ACTIVE', { native: 'PAUSED' });
    await spend(platformCampaignId, { '2026-06-09': '10' });
    expect((await statusOf(campaignId)).disagreements).toMatchObject([
      {
        kind: 'ACTIVE_BUT_STOPPED',
        text: expect.stringContaining('“Reels” is stopped on the platform') as string,
      },
    ]);
  });

  test('is what runs here and spent nothing on two whole days, as long as the figures are fresh', async () => {
    const silent = await scene('ACTIVE');
    await spend(silent.platformCampaignId, { '2026-06-07': '10', '2026-06-10': '1' });
    expect((await statusOf(silent.campaignId)).disagreements).toMatchObject([
      {
        kind: 'ACTIVE_BUT_STOPPED',
        text: expect.stringContaining('spent nothing on the two newest') as string,
      },
    ]);
    const stale = await scene('ACTIVE', {}, { newest: '2026-06-08' });
    expect(await kinds(stale.campaignId)).toEqual([]);
    const spending = await scene('ACTIVE');
    await spend(spending.platformCampaignId, { '2026-06-08': '0.01' });
    expect(await kinds(spending.campaignId)).toEqual([]);
  });

  test('is a last day that is earlier there, and a first that is later', async () => {
    const days = { starts: '2026-06-02', ends: '2026-06-20' };
    const { campaignId } = await scene('PAUSED', { ...days, native: 'PAUSED' });
    expect((await statusOf(campaignId)).disagreements.map(({ kind, text }) => [kind, text])).toEqual([
      [
        'ENDS_EARLIER',
        'The campaign ends on 2026-06-30, and on the platform the last of it ends on 2026-06-20, 10 days earlier.',
      ],
      [
        'STARTS_LATER',
        'The campaign starts on 2026-06-01, and on the platform the first of it starts on 2026-06-02, a day later.',
      ],
    ]);
    const account = await data.account({ brandId: first() });
    await data.platformCampaign(account, { campaignId });
    expect(await kinds(campaignId), 'another has no days').not.toContain('ENDS_EARLIER');
  });

  test('is a campaign that runs with nothing attached to it', async () => {
    const of = async (status: 'ACTIVE' | 'DRAFT') => {
      const made = await as('owner').campaigns.create({ name: 'Alone', brandId: first(), status });
      return kinds(made.id);
    };
    expect([await of('ACTIVE'), await of('DRAFT')]).toEqual([['NOTHING_ATTACHED'], []]);
  });

  test('is for those who see the campaign', async () => {
    const { campaignId } = await scene('ACTIVE');
    for (const name of ['viewer', 'client', 'member'] as const)
      expect((await statusOf(campaignId, name)).platformCampaigns).toHaveLength(1);
    const rival = caller(world, world.rival.people.owner.principal).campaigns;
    for (const id of [campaignId, randomUUID()])
      expect(await refusedFields(rival.platformStatus({ campaignId: id }))).toEqual(['not_found']);
    expect(await refusedFields(statusOf(campaignId, 'unassigned'))).toEqual(['not_found']);
  });
});
