import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { matchPlatformCampaigns } from '../../jobs/tasks/match-platform-campaigns.ts';
import { campaignsOf } from '../../sandbox/world/world.ts';
import { runSync } from '../../server/domain/sync/run.ts';
import type { CampaignListing } from '../../server/integrations/ad-platform.ts';
import { useTestDatabase } from '../support/database.ts';
import { connectAgency, jobServices, TestClock, useMeta } from '../support/meta.ts';
import { caller, createWorld, type World } from '../support/world.ts';
import { bend } from './bent-platform.ts';

const database = useTestDatabase();
const clock = new TestClock();
const sandbox = useMeta(clock);
let world: World;
let services: ReturnType<typeof jobServices>;
let adAccountId: string;
let nativeId: string;
let brandId: string | null;

beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now });
  services = jobServices(world);
  const agency = await connectAgency(world, world.demo);
  const [account] = agency.adAccounts;
  const [syncRunId] = agency.syncRunIds;
  if (!account || !syncRunId) throw new Error('Dana sees no account in this world.');
  ({ id: adAccountId, nativeId, brandId } = account);
  await runSync(services, { organizationId: world.demo.organizationId, syncRunId });
});
afterAll(() => world.close());
beforeEach(() => world.ownerDb.pool.query('delete from graphile_worker._private_jobs'));

const owner = () => caller(world, world.demo.people.owner.principal);
const campaign = async (name: string) => (await owner().campaigns.create({ name, brandId })).id;
const match = () =>
  matchPlatformCampaigns(services, { organizationId: world.demo.organizationId, adAccountId });

/** Syncs the account, with its campaigns told otherwise. */
async function sync(change: (listing: CampaignListing) => CampaignListing = (listing) => listing) {
  clock.advanceHours(1);
  const { syncRunId } = await owner().adAccounts.sync({ adAccountId });
  const bent = bend(services, (platform) => ({
    async *listCampaigns(access, account) {
      for await (const page of platform.listCampaigns(access, account)) yield page.map(change);
    },
  }));
  const outcome = await runSync(bent, { organizationId: world.demo.organizationId, syncRunId });
  expect(outcome).toBe('succeeded');
}

async function waitingJobs(): Promise<string[]> {
  const { rows } = await world.ownerDb.pool.query<{ key: string }>(
    `select key from graphile_worker.jobs where task_identifier = 'match-platform-campaigns'`,
  );
  return rows.map(({ key }) => key);
}

const wanted = () => [`match-platform-campaigns:${world.demo.organizationId}:${adAccountId}`];
const all = async () => (await owner().platformCampaigns.list({ adAccountId })).items;

describe('a sync', () => {
  test('keeps the labels that the platform tells', async () => {
    const account = [...sandbox.state.world.accounts].find(({ accountId }) => accountId === nativeId);
    if (!account) throw new Error('The account is none of the world’s.');
    const told = new Map(
      campaignsOf(sandbox.state.world, account, clock.now()).map(({ id, labels }) => [
        id,
        [...labels].sort(),
      ]),
    );
    const kept = await all();
    expect(kept.some(({ labels }) => labels.length > 0)).toBe(true);
    for (const item of kept) expect(item.labels).toEqual(told.get(item.nativeId));
    const [{ labels: [label = ''] = [] } = {}] = kept.filter(({ labels }) => labels.length > 0);
    const listed = await owner().platformCampaigns.list({ adAccountId, label: label.toUpperCase() });
    expect(listed.items.length).toBe(kept.filter(({ labels }) => labels.includes(label)).length);
    const { items } = await owner().platformCampaigns.labels({ adAccountId });
    expect(items).toContainEqual({ label, count: listed.items.length });
  });

  test('wakes no rule where there is none, and where nothing is new', async () => {
    await sync((listing) => ({ ...listing, labels: ['Of no rule', ...listing.labels] }));
    expect(await waitingJobs()).toEqual([]);
    const campaignId = await campaign('Never met');
    const rules = [{ adAccountId, namePattern: 'never to be met' }];
    await owner().campaignMatchRules.replace({ campaignId, rules });
    await sync((listing) => ({ ...listing, labels: ['Of no rule', ...listing.labels] }));
    await world.ownerDb.pool.query('delete from graphile_worker._private_jobs');
    await sync((listing) => ({ ...listing, labels: [...listing.labels, 'Of no rule'] }));
    expect(await waitingJobs()).toEqual([]);
  });

  test('has what is renamed or relabelled matched right after it, with one story a campaign', async () => {
    const [byName, byLabel] = [await campaign('By name'), await campaign('By label')];
    const replace = (campaignId: string, rule: object) =>
      owner().campaignMatchRules.replace({ campaignId, rules: [{ adAccountId, ...rule }] });
    await replace(byName, { namePattern: 'renamed', nameMatch: 'STARTS_WITH' });
    await replace(byLabel, { label: 'fresh', isBoost: true });
    await world.ownerDb.pool.query('delete from graphile_worker._private_jobs');
    const [one, two, three] = await all();
    await sync((listing) =>
      listing.nativeId === one?.nativeId || listing.nativeId === two?.nativeId
        ? { ...listing, name: `Renamed ${listing.name}` }
        : listing.nativeId === three?.nativeId
          ? { ...listing, labels: ['Fresh'] }
          : listing,
    );
    expect(await waitingJobs()).toEqual(wanted());
    // Twice at once: each is attached by one of the two.
    const counts = await Promise.all([match(), match()]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(3);
    expect(await match()).toBe(0);
    const attached = (await all()).filter((item) => item.campaignId !== null);
    expect(attached.map((item) => [item.id, item.campaignName, item.isBoost]).sort()).toEqual(
      [
        [one?.id, 'By name', false],
        [two?.id, 'By name', false],
        [three?.id, 'By label', true],
      ].sort(),
    );
    const stories = (await owner().activities.list({ campaignId: byName })).items;
    expect(
      stories.filter(({ actorKind }) => actorKind === 'JOB').map(({ description }) => description),
    ).toEqual(['2 platform campaigns attached to By name by its rules']);
  });

  test('does not bring back what somebody took off, until it is picked', async () => {
    const campaignId = await campaign('Taken off');
    const [one] = (await all()).filter((item) => item.campaignId === null);
    const platformCampaignIds = [one?.id ?? ''];
    const rules = [{ adAccountId, namePattern: one?.name ?? '', nameMatch: 'IS' as const }];
    const replaced = await owner().campaignMatchRules.replace({ campaignId, rules });
    expect(replaced.attached.count).toBe(1);
    await owner().platformCampaigns.detach({ campaignId, platformCampaignIds });
    expect(await match()).toBe(0);
    const again = await owner().campaignMatchRules.replace({ campaignId, rules });
    expect(again.attached.count).toBe(0);
    expect((await owner().campaignMatchRules.preview({ campaignId, rules })).refused.count).toBe(1);
    await owner().platformCampaigns.attach({ campaignId, platformCampaignIds });
    const { items } = await owner().platformCampaigns.list({ campaignId });
    expect(items).toMatchObject([{ attachedBy: 'PICKED' }]);
    const { refused, here } = await owner().campaignMatchRules.preview({ campaignId, rules });
    expect([refused.count, here.count]).toEqual([0, 1]);
  });

  test('matches nothing for a campaign that is over', async () => {
    const campaignId = await campaign('Over');
    const [one] = (await all()).filter((item) => item.campaignId === null);
    await world.ownerDb.pool.query(`update campaigns set status = 'COMPLETED' where id = $1`, [campaignId]);
    const rules = [{ adAccountId, namePattern: one?.name ?? '', nameMatch: 'IS' as const }];
    const replaced = await owner().campaignMatchRules.replace({ campaignId, rules });
    expect([replaced.isResting, replaced.attached.count]).toEqual([true, 0]);
    expect(await match()).toBe(0);
  });
});
